"""The rows of the printed review: plain text, grouped as it is printed, already masked."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TypeVar

from retention.periods.event import EVENT_NAMES
from retention.record import Record
from retention.reports.words import CATEGORY_NAMES, STATE_NAMES, CategoryNames, category_name
from retention.reviewed import DueItem, Review, UnruledItem, WaitingItem
from retention.schedule.rule import DISPOSITION_NAMES, Rule

Mask = Callable[[str], str]
_Item = TypeVar("_Item")
_Key = TypeVar("_Key")


@dataclass(frozen=True)
class Row:
    """One record as it is printed; what does not apply is empty."""

    dms_id: str
    title: str
    kind: str
    level: str
    dossier: str
    why_zh: str
    why_en: str
    cutoff_on: str = ""
    retain_until: str = ""
    state: str = ""
    state_zh: str = ""
    state_en: str = ""
    blocks: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class DossierGroup:
    """The rows of one dossier; `key` is empty for records that are in none."""

    key: str
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class RuleGroup:
    """What one rule makes due in one category."""

    rule: Rule
    disposition: tuple[str, str]
    count: int
    dossiers: tuple[DossierGroup, ...]


@dataclass(frozen=True)
class CategoryGroup:
    """Everything of one category that is due."""

    name: tuple[str, str]
    count: int
    rules: tuple[RuleGroup, ...]


@dataclass(frozen=True)
class WaitingGroup:
    """The records that wait for one and the same event."""

    event: tuple[str, str]
    rows: tuple[Row, ...]


def due_groups(
    items: Sequence[DueItem], mask: Mask, names: CategoryNames = CATEGORY_NAMES
) -> tuple[CategoryGroup, ...]:
    """The due items by category, rule and dossier; they must come in the review's own order."""
    return tuple(
        CategoryGroup(category_name(category, names), len(members), tuple(_rule_groups(members, mask)))
        for category, members in _runs(items, lambda item: item.record.card.category)
    )


def blocked_rows(items: Sequence[DueItem], mask: Mask) -> tuple[Row, ...]:
    """Those of the due items in whose way something stands."""
    return tuple(due_row(item, mask) for item in items if item.blocks)


def waiting_groups(items: Sequence[WaitingItem], mask: Mask) -> tuple[WaitingGroup, ...]:
    """The items without cutoff by the event that is missing."""

    def missing(item: WaitingItem) -> str:
        return item.missing.event or ""

    in_order = sorted(items, key=missing)
    return tuple(
        WaitingGroup(_event_name(members[0]), tuple(_waiting_row(one, mask) for one in members))
        for _, members in _runs(in_order, missing)
    )


def unruled_rows(items: Sequence[UnruledItem], mask: Mask) -> tuple[Row, ...]:
    """The records that no rule fits."""
    return tuple(_row(item.record, mask, item.why_zh, item.why_en) for item in items)


def rules_in(review: Review) -> tuple[Rule, ...]:
    """The rules that the report speaks of, in the schedule's order."""
    used = {item.rule for item in review.due}
    used |= {item.rule for item in review.no_cutoff}
    used |= {item.rule for item in review.permanent}
    return tuple(sorted(used, key=lambda rule: (rule.order, rule.id, rule.period_iso)))


def due_row(item: DueItem, mask: Mask) -> Row:
    """One due item as it is printed."""
    state_zh, state_en = STATE_NAMES[item.state]
    return _row(
        item.record,
        mask,
        item.why_zh,
        item.why_en,
        cutoff_on=item.cutoff.on.isoformat(),
        retain_until=item.retain_until.isoformat(),
        state=item.state,
        state_zh=state_zh,
        state_en=state_en,
        blocks=tuple((mask(one.reason_zh), mask(one.reason_en)) for one in item.blocks),
    )


def _rule_groups(items: Sequence[DueItem], mask: Mask) -> Iterator[RuleGroup]:
    for _, members in _runs(items, lambda item: item.rule):
        rule = members[0].rule
        dossiers = tuple(
            DossierGroup(mask(key), tuple(due_row(one, mask) for one in rows))
            for key, rows in _runs(members, lambda item: item.record.card.dossier)
        )
        yield RuleGroup(rule, DISPOSITION_NAMES[rule.disposition], len(members), dossiers)


def _waiting_row(item: WaitingItem, mask: Mask) -> Row:
    return _row(item.record, mask, item.missing.why_zh, item.missing.why_en)


def _event_name(item: WaitingItem) -> tuple[str, str]:
    return EVENT_NAMES[item.missing.event] if item.missing.event else ("", "")


def _row(  # noqa: PLR0913 - a row has as many cells as its sheet has columns
    record: Record,
    mask: Mask,
    why_zh: str,
    why_en: str,
    *,
    cutoff_on: str = "",
    retain_until: str = "",
    state: str = "",
    state_zh: str = "",
    state_en: str = "",
    blocks: tuple[tuple[str, str], ...] = (),
) -> Row:
    card = record.card
    return Row(
        dms_id=record.dms_id,
        title=mask(card.title),
        kind=card.kind,
        level=card.confidentiality,
        dossier=mask(card.dossier),
        why_zh=mask(why_zh),
        why_en=mask(why_en),
        cutoff_on=cutoff_on,
        retain_until=retain_until,
        state=state,
        state_zh=state_zh,
        state_en=state_en,
        blocks=blocks,
    )


def _runs(items: Sequence[_Item], key: Callable[[_Item], _Key]) -> Iterator[tuple[_Key, list[_Item]]]:
    """Neighbouring items with the same key together."""
    for name, members in groupby(items, key=key):
        yield name, list(members)
