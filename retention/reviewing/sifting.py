"""The first look at a whole archive: of every outline its rule and its last day, some thousand with a few statements.

It gives for each record what `judging` would give, without the reasons; what is listed is looked at again, one by one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from typing import Literal, NamedTuple, TypeVar

from sqlalchemy import Connection

from retention.outline import Outline
from retention.periods import events
from retention.periods.cutoff import cutoff_day, retain_until
from retention.periods.event import HAPPENINGS
from retention.reviewed import DueState
from retention.reviewing.day import Day, day_for
from retention.reviewing.span import Span
from retention.schedule.kept_rules import noted_rules, versions
from retention.schedule.rule import Rule, Schedule

Begin = Callable[[], AbstractContextManager[Connection]]
"""Begins a transaction on our database: a short one for some hundred records at a time, so that filing goes on."""
Place = DueState | Literal["later", "no_cutoff", "permanent", "no_rule"]
_AT_ONCE = 5_000
_Item = TypeVar("_Item")


class Sifted(NamedTuple):
    """An outline with the rule that it is kept under (None: none), the last day (None: no period runs), and the list
    that it belongs to; a tuple like the Outline."""

    outline: Outline
    place: Place
    rule: Rule | None
    last: date | None


def sift(begin: Begin, outlines: Iterable[Outline], schedule: Schedule, span: Span) -> Iterator[Sifted]:
    """Every outline with what the rule that it is kept under says of it, in the order in which they come.

    One that nobody has noted yet is judged by the rule on its card in `schedule`.
    """
    rules = _Rules(schedule)
    for some in in_turn(outlines, _AT_ONCE):
        with begin() as connection:
            under = rules.of(connection, some)
            waiting = [one for one, row in zip(some, under, strict=True) if row and row.waits]
            happened = _Happened(connection, waiting)
        for one, row in zip(some, under, strict=True):
            if row is None:
                yield Sifted(one, "no_rule", None, None)
            elif row.permanent:
                yield Sifted(one, "permanent", row.rule, None)
            else:
                yield _dated(one, row, happened.to(one, row.rule) if row.waits else row.day(one), span)


def in_turn(items: Iterable[_Item], at_once: int) -> Iterator[list[_Item]]:
    """The items, so many at a time."""
    rest = iter(items)
    while some := list(islice(rest, at_once)):
        yield some


class _Happened:
    """The latest events about some thousand records that wait for one, and about their dossiers."""

    def __init__(self, connection: Connection, waiting: Sequence[Outline]) -> None:
        self._records = events.last_days(connection, "record", [one.dms_id for one in waiting])
        dossiers = {one.dossier for one in waiting if one.dossier}
        self._dossiers = events.last_days(connection, "dossier", list(dossiers))

    def to(self, one: Outline, rule: Rule) -> date | None:
        """The day of the event that the rule counts from: of one of the record itself, else of one of its dossier."""
        kind = rule.cutoff or ""
        return self._records.get((one.dms_id, kind)) or self._dossiers.get((one.dossier, kind))


@dataclass(frozen=True, slots=True)
class _Row:
    """A rule, whether it keeps for ever, whether it waits for an event, else which day of a card it counts from; and the last
    days, with the lists, that it gave before, by that day."""

    rule: Rule
    permanent: bool
    waits: bool
    day: Callable[[Outline], date | None]
    ends: dict[date | None, tuple[Place, date | None]] = field(default_factory=dict)


class _Rules:
    """The rows of all versions, each looked up once."""

    def __init__(self, schedule: Schedule) -> None:
        self._schedule = schedule
        self._known: dict[tuple[str, str], _Row | None] = {}

    def of(self, connection: Connection, some: Sequence[Outline]) -> list[_Row | None]:
        """The row that each record is kept under, as `kept_rules.rule_of` says."""
        noted = noted_rules(connection, [one.dms_id for one in some])
        known, present, found = self._known, self._schedule.sha256, []
        for one in some:
            own = noted.get(one.dms_id)
            place = own[1:] if own and own[0] == one.sha256 else (present, one.retention_rule)
            if place not in known:
                known[place] = self._look_up(connection, *place)
            found.append(known[place])
        return found

    def _look_up(self, connection: Connection, sha256: str, rule_id: str) -> _Row | None:
        of = self._schedule if sha256 == self._schedule.sha256 else versions(connection)(sha256)
        rule = of.rules.get(rule_id)
        return _Row(rule, rule.permanent, rule.cutoff in HAPPENINGS, day_for(rule)) if rule else None


def _dated(one: Outline, row: _Row, day: date | None, span: Span) -> Sifted:
    found = row.ends.get(day)
    if found is None:
        found = row.ends[day] = _ended(row.rule, day, span)
    place, last = found
    later = one.retain_until
    if later is None or last is None or later <= last:
        return Sifted(one, place, row.rule, last)
    return Sifted(one, span.state(later) or "later", row.rule, later)


def _ended(rule: Rule, day: date | None, span: Span) -> tuple[Place, date | None]:
    on = cutoff_day(rule, Day.alone(day), day)
    last = retain_until(rule, on) if on else None
    return ("no_cutoff", None) if last is None else (span.state(last) or "later", last)
