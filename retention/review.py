"""The retention review 到期鉴定审查: what falls due in a span of days, why, and what can not be said yet.

It reads and lists. Nothing is destroyed, changed or proposed for good by it; a record that no rule
fits, or whose period has not begun, is listed and never taken as due.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import islice
from typing import TypeVar

from sqlalchemy import Connection

from retention.blocking.block import KeptParts, Obstruction, of_parts
from retention.blocking.blocks import OBSTRUCTIONS, blocks_of
from retention.errors import BadSpan
from retention.periods import events
from retention.periods.cutoff import Cutoff, NoCutoff, cutoff, retain_until
from retention.periods.event import Event
from retention.record import Record
from retention.reviewed import (
    DueItem,
    DueState,
    Review,
    Tally,
    Totals,
    UnruledItem,
    WaitingItem,
    category_place,
)
from retention.schedule.kept_rules import KeptRule, kept, rule_of, versions
from retention.schedule.rule import Rule, Schedule
from retention.schedule.schedule_changes import scopes_of

_AT_ONCE = 500


@dataclass
class _Sorting:
    """What one pass over the records has put where so far."""

    due: list[DueItem] = field(default_factory=list)
    no_cutoff: list[WaitingItem] = field(default_factory=list)
    no_rule: list[UnruledItem] = field(default_factory=list)
    permanent: dict[tuple[str, Rule], int] = field(default_factory=lambda: defaultdict(int))
    records: int = 0
    schedule: str = ""


Begin = Callable[[], AbstractContextManager[Connection]]
"""Begins a transaction on our database: a short one for some hundred records at a time, so that filing goes on."""


def review(
    begin: Begin,
    records: Iterable[Record],
    schedule: Schedule,
    span_start: date,
    span_end: date,
    today: date,
    obstructions: Sequence[Obstruction] = OBSTRUCTIONS,
) -> Review:
    """The review of all `records`, read once and in any order; the span's days are both inclusive.

    Each is judged by the rule that it is kept under, of whichever version of the schedule; one that nobody has noted
    yet by the rule on its card in `schedule`. A record is listed where its last day lies in the span, and where it
    lies before the span and before today (overdue). Raises BadSpan where the span ends before it begins.
    """
    if span_end < span_start:
        raise BadSpan(f"the span ends on {span_end}, before it begins on {span_start}: swap the two days")
    parts, lists, days = KeptParts(), _Sorting(schedule=schedule.sha256), (span_start, span_end, today)
    for some in _in_turn(records):
        with begin() as connection:
            known, version = kept(connection, (record.dms_id for record in some)), versions(connection)
            told = events.about(connection, (scope for record in some for scope in scopes_of(record)))
            for record in some:
                parts.look_at(record)
                about = [one.event for scope in scopes_of(record) for one in told.get(scope, ())]
                own = known.get(record.dms_id)
                own_schedule, rule = rule_of(own, record, version, schedule)
                _put(lists, record, (own_schedule, rule, own), about, days)
    due = [item for some in _in_turn(lists.due) for item in _blocked(begin, some, parts, today, obstructions)]
    return _finish(lists, due, schedule, days)


_Item = TypeVar("_Item")


def _in_turn(items: Iterable[_Item]) -> Iterator[list[_Item]]:
    rest = iter(items)
    while some := list(islice(rest, _AT_ONCE)):
        yield some


def _put(
    lists: _Sorting,
    record: Record,
    under: tuple[Schedule, Rule | None, KeptRule | None],
    about: Sequence[Event],
    days: tuple[date, date, date],
) -> None:
    """Put the record into the one list that it belongs to, or into none: then it ends later."""
    lists.records += 1
    card = record.card
    schedule, rule, own = under
    if rule is None:
        lists.no_rule.append(_unruled(record, schedule, own))
        return
    if rule.permanent:
        lists.permanent[card.category, rule] += 1
        return
    found = cutoff(rule, card, about, record.dms_id)
    if isinstance(found, NoCutoff):
        lists.no_cutoff.append(WaitingItem(record, rule, found))
        return
    item = _due_item(record, rule, found, days)
    if item is not None and own is not None and own.schedule != lists.schedule:
        told = (
            f"{item.why_zh}（按 {schedule.version} 版保管期限表）",
            f"{item.why_en} (version {schedule.version})",
        )
        item = replace(item, why_zh=told[0], why_en=told[1])
    if item is not None:
        lists.due.append(item)


def _unruled(record: Record, schedule: Schedule, own: KeptRule | None) -> UnruledItem:
    named = own.rule if own else record.card.retention_rule
    if own and not named:
        return UnruledItem(
            record, own.why, f"no row of version {schedule.version} of the schedule is meant for it"
        )
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


def _finish(lists: _Sorting, due: list[DueItem], schedule: Schedule, days: tuple[date, date, date]) -> Review:
    span_start, span_end, today = days
    due.sort(key=_due_order)
    permanent = [Tally(category, rule, count) for (category, rule), count in lists.permanent.items()]
    return Review(
        schedule=schedule,
        span_start=span_start,
        span_end=span_end,
        today=today,
        due=tuple(due),
        no_cutoff=tuple(
            sorted(lists.no_cutoff, key=lambda one: (*_rule_place(one.rule), *_place(one.record)))
        ),
        permanent=tuple(
            sorted(permanent, key=lambda one: (category_place(one.category), *_rule_place(one.rule)))
        ),
        no_rule=tuple(sorted(lists.no_rule, key=lambda one: _place(one.record))),
        totals=_totals(lists, due, sum(lists.permanent.values())),
    )


def _blocked(
    begin: Begin, items: list[DueItem], parts: KeptParts, today: date, obstructions: Sequence[Obstruction]
) -> Iterator[DueItem]:
    with begin() as connection:
        found = blocks_of(connection, [item.record for item in items], today, obstructions)
    for item in items:
        those = found[item.record.dms_id]
        pieces = parts.kept_of(item.record)
        if pieces and all(block.code != "parts-kept" for block in those):
            those = (*those, of_parts(pieces))
        yield replace(item, blocks=those)


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


def _rule_place(rule: Rule) -> tuple[int, str, str, str]:
    """Where a rule stands among others; of several versions of one, each by itself."""
    return rule.order, rule.id, rule.period_iso, rule.cutoff or ""


def _place(record: Record) -> tuple[tuple[int, str], str, str, str]:
    card = record.card
    return category_place(card.category), card.dossier, card.title, record.dms_id


def _due_order(item: DueItem) -> tuple[object, ...]:
    card = item.record.card
    return (
        category_place(card.category),
        *_rule_place(item.rule),
        card.dossier,
        item.retain_until,
        card.title,
        item.record.dms_id,
    )
