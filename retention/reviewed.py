"""What a retention review gives back: its lists, their items, and the figures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Literal

from classifiers.labels import CATEGORIES
from retention.blocking.block import Block, BlockCode
from retention.periods.cutoff import Cutoff, NoCutoff
from retention.record import Record
from retention.schedule.rule import Rule, Schedule

DueState = Literal["overdue", "due", "upcoming"]
"""`overdue`: ended before the span and before today. `due`: ended in the span and before today.
`upcoming`: ends in the span, today or later."""


@dataclass(frozen=True)
class DueItem:
    """A record that falls due: under which rule, from which cutoff, and what stands in the way.

    `retain_until` is the last day it must be kept. `blocks` is empty where nothing stands in the way.
    """

    record: Record
    rule: Rule
    cutoff: Cutoff
    retain_until: date
    state: DueState
    why_zh: str
    why_en: str
    blocks: tuple[Block, ...] = ()

    @property
    def due_on(self) -> date:
        """The first day on which it need no longer be kept."""
        return self.retain_until if self.retain_until == date.max else self.retain_until + timedelta(days=1)


@dataclass(frozen=True)
class WaitingItem:
    """A record whose period has not begun, and the event that is missing."""

    record: Record
    rule: Rule
    missing: NoCutoff


@dataclass(frozen=True)
class UnruledItem:
    """A record that no rule of the schedule fits: listed, never destroyed."""

    record: Record
    why_zh: str
    why_en: str


@dataclass(frozen=True)
class Tally:
    """How many records of a category a rule keeps for ever."""

    category: str
    rule: Rule
    count: int


@dataclass(frozen=True)
class Totals:
    """The figures: `records` is the sum of `overdue, due, upcoming, no_cutoff, permanent, no_rule, later`.

    `later` counts what ends after the span, or between today and a span that has not begun; `blocked`
    counts those of overdue, due and upcoming in whose way something stands.
    """

    records: int = 0
    overdue: int = 0
    due: int = 0
    upcoming: int = 0
    blocked: int = 0
    no_cutoff: int = 0
    permanent: int = 0
    no_rule: int = 0
    later: int = 0


@dataclass(frozen=True)
class Figures:
    """What can be counted of all that is listed: what falls due by the year of its last day and its category, and by
    category and rule; what waits by the event that is missing; what is blocked by the code, each code once a record;
    and every rule that is spoken of, in the schedule's order."""

    due_by_year: Mapping[tuple[int, str], int] = field(default_factory=dict)
    due_by_rule: Mapping[tuple[str, Rule], int] = field(default_factory=dict)
    waiting_by_event: Mapping[str, int] = field(default_factory=dict)
    blocked_by_code: Mapping[BlockCode, int] = field(default_factory=dict)
    rules: tuple[Rule, ...] = ()


@dataclass(frozen=True)
class Review:
    """What the schedule says about all records for the span, both days inclusive, as of `today`.

    `due` holds overdue, due and upcoming items in the order category, rule, dossier, last day, title;
    the other lists are in the same order as far as they know these. Lists may hold the first of many items only; `totals`
    and `figures` count all.
    """

    schedule: Schedule
    span_start: date
    span_end: date
    today: date
    due: tuple[DueItem, ...]
    no_cutoff: tuple[WaitingItem, ...]
    permanent: tuple[Tally, ...]
    no_rule: tuple[UnruledItem, ...]
    totals: Totals
    figures: Figures = Figures()

    @property
    def whole(self) -> bool:
        """Whether the lists hold everything that is counted."""
        totals = self.totals
        counted = totals.overdue + totals.due + totals.upcoming, totals.no_cutoff, totals.no_rule
        return counted == (len(self.due), len(self.no_cutoff), len(self.no_rule))


def category_place(category: str) -> tuple[int, str]:
    """Where a category stands among the others: the known ones in their fixed order, then by name."""
    return (CATEGORIES.index(category) if category in CATEGORIES else len(CATEGORIES), category)
