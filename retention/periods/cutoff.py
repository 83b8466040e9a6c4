"""The cutoff: the day from which a retention period runs, and the last day that it makes one keep.

Nothing here destroys anything. A cutoff in the past is due, never skipped; a missing one is told with
the event that is missing, and needs a person.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Protocol

from retention.periods.event import EVENT_NAMES, CutoffEvent, Event, Scope
from retention.schedule.rule import Rule


@dataclass(frozen=True)
class Cutoff:
    """The period runs from the day `on`, because of `event`; the evidence says how one knows."""

    event: CutoffEvent
    on: date
    evidence_zh: str
    evidence_en: str


@dataclass(frozen=True)
class NoCutoff:
    """No period runs: `event` is what is missing (None: the rule keeps for ever, nothing is missing)."""

    event: CutoffEvent | None
    why_zh: str
    why_en: str


class Dated(Protocol):
    """What of a card a cutoff may be taken from."""

    @property
    def filed_on(self) -> date:
        """The day it was taken in."""
        ...

    @property
    def document_date(self) -> date | None:
        """The day on the paper; None: not found."""
        ...

    @property
    def dossier(self) -> str:
        """The dossier it lies in; empty: none."""
        ...


def cutoff(rule: Rule, card: Dated, events: Iterable[Event], dms_id: str = "") -> Cutoff | NoCutoff:
    """The cutoff that `rule` gives to the document with this card, or why there is none.

    Of `events` only those about the card's dossier, or about the record `dms_id` itself, are heard.
    An event of the record beats one of its dossier; among equals the latest day counts, so that
    nothing is held to be free before the last of several contracts, loans or cases has ended.
    """
    if rule.cutoff is None:
        return NoCutoff(None, "永久保管，不起算", "kept for ever: no period runs")
    if rule.cutoff == "filed":
        on = card.filed_on
        return Cutoff("filed", on, f"自归档之日 {on} 起算", f"counted from the day of filing, {on}")
    if rule.cutoff in ("document_date", "year_end"):
        return _from_paper(rule.cutoff, card.document_date)
    return _from_event(rule.cutoff, card.dossier, events, dms_id)


def cutoff_day(rule: Rule, card: Dated, happened: date | None) -> date | None:
    """The day of `cutoff` without its evidence, for many at once; None where there is none. `happened` is the day of the
    event that decides: the latest about the record itself, else about its dossier."""
    if rule.cutoff is None:
        return None
    if rule.cutoff == "filed":
        return card.filed_on
    if rule.cutoff == "document_date":
        return card.document_date
    if rule.cutoff == "year_end":
        return date(card.document_date.year, 12, 31) if card.document_date else None
    return happened


def retain_until(rule: Rule, cutoff_on: date) -> date | None:
    """The LAST day on which the document must be kept; None where the rule keeps for ever.

    The cutoff day is not counted, the day given back is: it is the anniversary of the cutoff (29
    February: 28 February in a year without one), moved to 31 December of its year where the rule
    says so. The document is due on the day after, that is as soon as `retain_until < today`; a day
    in the past means due now.
    """
    if rule.period is None:
        return None
    end = rule.period.last_day(cutoff_on)
    return date(end.year, 12, 31) if rule.roll_to_year_end else end


@lru_cache(maxsize=16_384)
def _from_paper(event: CutoffEvent, document_date: date | None) -> Cutoff | NoCutoff:
    """Counted from the day on the paper, or from 31 December of its year (会计档案管理办法 art. 14:
    the period counts from the first day after the accounting year)."""
    if document_date is None:
        return NoCutoff(
            event,
            "文件上未找到日期，须由人工补录后方可起算",
            "no date was found on the paper: a person must enter it",
        )
    if event == "document_date":
        zh, en = f"自文件日期 {document_date} 起算", f"counted from the date on the paper, {document_date}"
        return Cutoff(event, document_date, zh, en)
    year_end = date(document_date.year, 12, 31)
    zh = f"文件日期 {document_date}，自该年度终了 {year_end} 起算"
    return Cutoff(
        event, year_end, zh, f"dated {document_date}, counted from the end of that year, {year_end}"
    )


def _from_event(event: CutoffEvent, dossier: str, events: Iterable[Event], dms_id: str) -> Cutoff | NoCutoff:
    found = _heard(event, dossier, events, dms_id)
    if found:
        return _told_by(found, event)
    name_zh, name_en = EVENT_NAMES[event]
    where_zh = f"（客户档案 {dossier}）" if dossier else "，且文件尚未归入客户档案"
    where_en = f" for dossier {dossier}" if dossier else ", and the record is in no dossier yet"
    return NoCutoff(
        event, f"尚未登记事件“{name_zh}”{where_zh}", f"the event '{name_en}' is not known{where_en}"
    )


def _heard(event: CutoffEvent, dossier: str, events: Iterable[Event], dms_id: str) -> Event | None:
    """The event that decides, of those that were told; None where none was."""
    ours = [one for one in events if one.kind == event]
    for scope in (Scope("record", dms_id), Scope("dossier", dossier)):
        heard = [one for one in ours if scope.key and one.scope == scope]
        if heard:
            return max(heard, key=lambda one: (one.on, one.evidence))
    return None


def _told_by(found: Event, event: CutoffEvent) -> Cutoff:
    name_zh, name_en = EVENT_NAMES[event]
    zh, en = f"“{name_zh}”于 {found.on}", f"{name_en} on {found.on}"
    if found.evidence:
        zh, en = f"{zh}（依据：{found.evidence}）", f"{en} ({found.evidence})"
    return Cutoff(event, found.on, zh, en)
