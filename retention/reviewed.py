"""What a retention review gives back: its lists, their items, and the figures."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from classifiers.labels import CATEGORIES
from retention.blocking.block import Block
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
class Review:
    """What the schedule says about all records for the span, both days inclusive, as of `today`.

    `due` holds overdue, due and upcoming items in the order category, rule, dossier, last day, title;
    the other lists are in the same order as far as they know these.
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


def category_place(category: str) -> tuple[int, str]:
    """Where a category stands among the others: the known ones in their fixed order, then by name."""
    return (CATEGORIES.index(category) if category in CATEGORIES else len(CATEGORIES), category)
