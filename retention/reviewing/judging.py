"""Judging one record: what the rule that it is kept under says of it, with all reasons. Plain, and the only place where
the reasons are made; `sifting` gives the same day without them, for many at once.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from retention.frozen import frozen
from retention.periods.cutoff import Cutoff, NoCutoff, cutoff, retain_until
from retention.periods.event import Event
from retention.record import Record
from retention.reviewed import DueItem, UnruledItem, WaitingItem
from retention.reviewing.span import Span
from retention.schedule.kept_rules import Noted
from retention.schedule.rule import Rule, Schedule

Listed = DueItem | WaitingItem | UnruledItem


class Under(NamedTuple):
    """What a record is kept under: the version of the schedule, its row (None: none), and what was noted, if anything.
    `present` is the SHA-256 of the schedule in use."""

    schedule: Schedule
    rule: Rule | None
    noted: Noted | None
    present: str


def judge(record: Record, under: Under, about: Sequence[Event], span: Span) -> Listed | None:
    """The item for the one list that the record belongs to, without blocks; None: kept for ever, or not listed.

    Where the record was filed with a later last day than the schedule gives now (a longer period of an older schedule, an
    extension), that later day stands: a changed schedule shortens nothing silently.
    """
    rule = under.rule
    if rule is None:
        return _unruled(record, under.schedule, under.noted)
    if rule.permanent:
        return None
    found = cutoff(rule, record.card, about, record.dms_id)
    if isinstance(found, NoCutoff):
        return WaitingItem(record, rule, found)
    item = _due_item(record, rule, found, span)
    if item is None or under.noted is None or under.noted.schedule == under.present:
        return item
    told_zh = f"{item.why_zh}（按 {under.schedule.version} 版保管期限表）"
    return replace(item, why_zh=told_zh, why_en=f"{item.why_en} (version {under.schedule.version})")


def _unruled(record: Record, schedule: Schedule, own: Noted | None) -> UnruledItem:
    named = own.rule if own else record.card.retention_rule
    if own and not named:
        return UnruledItem(
            record, own.why, f"no row of version {schedule.version} of the schedule is meant for it"
        )
    if not named:
        return UnruledItem(record, "尚无保管期限规则", "no retention rule yet")
    zh = f"规则 {named} 不在保管期限表 {schedule.version} 版内"
    return UnruledItem(record, zh, f"rule {named} is not in version {schedule.version} of the schedule")


def _due_item(record: Record, rule: Rule, found: Cutoff, span: Span) -> DueItem | None:
    """The item where it ends in the span or is overdue, else None."""
    end = _end(rule, found.on)
    if end is None:
        return None
    filed_end = record.card.retain_until
    last = max(end, filed_end) if filed_end else end
    state = span.state(last)
    if state is None:
        return None
    kept_zh, kept_en = _kept(rule, last)
    why_zh, why_en = f"{found.evidence_zh}，{kept_zh}", f"{found.evidence_en}; {kept_en}"
    if last != end:
        why_zh += f"（现行保管期限表计算为 {end}，从归档时所定的较晚日期）"
        why_en += f" (the present schedule gives {end}; the later day set at filing stands)"
    return frozen(
        DueItem,
        {
            "record": record,
            "rule": rule,
            "cutoff": found,
            "retain_until": last,
            "state": state,
            "why_zh": why_zh,
            "why_en": why_en,
            "blocks": (),
        },
    )


# Of a million records a few rules and some thousand days are all that differ.
_end = lru_cache(maxsize=32_768)(retain_until)


@lru_cache(maxsize=32_768)
def _kept(rule: Rule, last: date) -> tuple[str, str]:
    return f"保管{rule.period_zh}，至 {last}", f"kept {rule.period_en}, until {last}"
