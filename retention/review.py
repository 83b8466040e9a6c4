"""The retention review 到期鉴定审查: what falls due in a span of days, why, and what can not be said yet.

It reads and lists. Nothing is destroyed, changed or proposed for good by it; a record that no rule
fits, or whose period has not begun, is listed and never taken as due.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Literal

from classifiers.labels import CATEGORIES
from retention.block import Block, OpenCases, blocks_on
from retention.cutoff import Cutoff, NoCutoff, cutoff, retain_until
from retention.errors import BadSpan
from retention.event import Event, Scope
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


@dataclass
class _Sorting:
    """What one pass over the records has put where so far."""

    due: list[DueItem] = field(default_factory=list)
    no_cutoff: list[WaitingItem] = field(default_factory=list)
    no_rule: list[UnruledItem] = field(default_factory=list)
    permanent: dict[tuple[str, str], int] = field(default_factory=lambda: defaultdict(int))
    records: int = 0


def review(
    records: Iterable[Record],
    schedule: Schedule,
    events: Iterable[Event],
    span_start: date,
    span_end: date,
    today: date,
) -> Review:
    """The review of all `records`, read once and in any order; the span's days are both inclusive.

    A record is listed where its last day lies in the span, and where it lies before the span and
    before today (overdue). Raises BadSpan where the span ends before it begins.
    """
    if span_end < span_start:
        raise BadSpan(f"the span ends on {span_end}, before it begins on {span_start}: swap the two days")
    heard = _by_scope(events)
    cases = OpenCases(today)
    lists = _Sorting()
    for record in records:
        about = _about(record, heard)
        cases.look_at(record, about)
        _put(lists, record, schedule, about, (span_start, span_end, today))
    return _finish(lists, cases, schedule, (span_start, span_end, today))


def _by_scope(events: Iterable[Event]) -> dict[Scope, list[Event]]:
    heard: dict[Scope, list[Event]] = defaultdict(list)
    for event in events:
        heard[event.scope].append(event)
    return dict(heard)


def _about(record: Record, heard: dict[Scope, list[Event]]) -> Sequence[Event]:
    own = heard.get(Scope("record", record.dms_id), [])
    return own + heard.get(Scope("dossier", record.card.dossier), []) if record.card.dossier else own


def _put(
    lists: _Sorting, record: Record, schedule: Schedule, about: Sequence[Event], days: tuple[date, date, date]
) -> None:
    """Put the record into the one list that it belongs to, or into none: then it ends later."""
    lists.records += 1
    card = record.card
    rule = schedule.rules.get(card.retention_rule)
    if rule is None:
        lists.no_rule.append(_unruled(record, schedule))
        return
    if rule.permanent:
        lists.permanent[card.category, rule.id] += 1
        return
    found = cutoff(rule, card, about, record.dms_id)
    if isinstance(found, NoCutoff):
        lists.no_cutoff.append(WaitingItem(record, rule, found))
        return
    item = _due_item(record, rule, found, days)
    if item is not None:
        lists.due.append(item)


def _unruled(record: Record, schedule: Schedule) -> UnruledItem:
    named = record.card.retention_rule
    if not named:
        return UnruledItem(record, "尚无保管期限规则", "no retention rule yet")
    zh = f"规则 {named} 不在保管期限表 {schedule.version} 版内"
    return UnruledItem(record, zh, f"rule {named} is not in version {schedule.version} of the schedule")


def _due_item(record: Record, rule: Rule, found: Cutoff, days: tuple[date, date, date]) -> DueItem | None:
    """The item where it ends in the span or is overdue, else None.

    Where the record was filed with a later last day than the schedule gives now (a longer period of
    an older schedule, an extension), that later day stands: a changed schedule shortens nothing
    silently.
    """
    span_start, span_end, today = days
    end = retain_until(rule, found.on)
    if end is None:
        return None
    filed_end = record.card.retain_until
    last = max(end, filed_end) if filed_end else end
    if last > span_end or (last < span_start and last >= today):
        return None
    state: DueState = "overdue" if last < span_start else "due" if last < today else "upcoming"
    why_zh = f"{found.evidence_zh}，保管{rule.period_zh}，至 {last}"
    why_en = f"{found.evidence_en}; kept {rule.period_en}, until {last}"
    if last != end:
        why_zh += f"（现行保管期限表计算为 {end}，从归档时所定的较晚日期）"
        why_en += f" (the present schedule gives {end}; the later day set at filing stands)"
    return DueItem(record, rule, found, last, state, why_zh, why_en)


def _finish(lists: _Sorting, cases: OpenCases, schedule: Schedule, days: tuple[date, date, date]) -> Review:
    span_start, span_end, today = days
    due = sorted((_blocked(item, cases) for item in lists.due), key=_due_order)
    permanent = [
        Tally(category, schedule.rules[rule], count) for (category, rule), count in lists.permanent.items()
    ]
    return Review(
        schedule=schedule,
        span_start=span_start,
        span_end=span_end,
        today=today,
        due=tuple(due),
        no_cutoff=tuple(sorted(lists.no_cutoff, key=lambda one: (one.rule.order, *_place(one.record)))),
        permanent=tuple(sorted(permanent, key=lambda one: (category_place(one.category), one.rule.order))),
        no_rule=tuple(sorted(lists.no_rule, key=lambda one: _place(one.record))),
        totals=_totals(lists, due, sum(lists.permanent.values())),
    )


def _blocked(item: DueItem, cases: OpenCases) -> DueItem:
    blocks = blocks_on(item.record, cases)
    if not blocks:
        return item
    return DueItem(
        item.record, item.rule, item.cutoff, item.retain_until, item.state, item.why_zh, item.why_en, blocks
    )


def _totals(lists: _Sorting, due: list[DueItem], permanent: int) -> Totals:
    listed = len(due) + len(lists.no_cutoff) + len(lists.no_rule) + permanent
    return Totals(
        records=lists.records,
        overdue=sum(item.state == "overdue" for item in due),
        due=sum(item.state == "due" for item in due),
        upcoming=sum(item.state == "upcoming" for item in due),
        blocked=sum(bool(item.blocks) for item in due),
        no_cutoff=len(lists.no_cutoff),
        permanent=permanent,
        no_rule=len(lists.no_rule),
        later=lists.records - listed,
    )


def category_place(category: str) -> tuple[int, str]:
    """Where a category stands among the others: the known ones in their fixed order, then by name."""
    return (CATEGORIES.index(category) if category in CATEGORIES else len(CATEGORIES), category)


def _place(record: Record) -> tuple[tuple[int, str], str, str, str]:
    card = record.card
    return category_place(card.category), card.dossier, card.title, record.dms_id


def _due_order(item: DueItem) -> tuple[object, ...]:
    card = item.record.card
    return (
        category_place(card.category),
        item.rule.order,
        card.dossier,
        item.retain_until,
        card.title,
        item.record.dms_id,
    )
