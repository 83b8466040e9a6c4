"""The review as plain dicts, for programs: the shape that `report retention --json` prints."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from typing import Any

from retention.periods.event import EVENT_NAMES
from retention.record import Record
from retention.reviewed import DueItem, Review, Tally, UnruledItem, WaitingItem
from retention.schedule.rule import Rule

Mask = Callable[[str], str]


def review_json(review: Review, *, mask: Mask = str) -> dict[str, Any]:
    """The whole review: only dicts, lists, text, numbers, booleans and None; days as YYYY-MM-DD.

    `mask` is laid over every text that came from a document or was told by a person.
    """
    schedule = review.schedule
    return {
        "schedule": {
            "name_zh": schedule.name_zh,
            "name_en": schedule.name_en,
            "version": schedule.version,
            "dated": schedule.dated.isoformat(),
            "example": schedule.example,
            "sha256": schedule.sha256,
        },
        "span": {"start": review.span_start.isoformat(), "end": review.span_end.isoformat()},
        "today": review.today.isoformat(),
        "totals": asdict(review.totals),
        "due": [_due(item, mask) for item in review.due],
        "no_cutoff": [_waiting(item, mask) for item in review.no_cutoff],
        "permanent": [_tally(item) for item in review.permanent],
        "no_rule": [_unruled(item, mask) for item in review.no_rule],
    }


def _record(record: Record, mask: Mask) -> dict[str, Any]:
    card = record.card
    return {
        "id": record.dms_id,
        "sha256": card.sha256,
        "title": mask(card.title),
        "category": card.category,
        "kind": card.kind,
        "dossier": mask(card.dossier),
        "confidentiality": card.confidentiality,
        "personal_data": card.personal_data,
        "document_date": card.document_date.isoformat() if card.document_date else None,
        "filed_on": card.filed_on.isoformat(),
    }


def _rule(rule: Rule) -> dict[str, Any]:
    return {
        "rule": rule.id,
        "period": rule.period_iso,
        "cutoff_event": rule.cutoff,
        "disposition": rule.disposition,
        "authority": rule.authority,
    }


def _due(item: DueItem, mask: Mask) -> dict[str, Any]:
    cutoff = item.cutoff
    return {
        **_record(item.record, mask),
        "retention": _rule(item.rule),
        "cutoff": {"event": cutoff.event, "on": cutoff.on.isoformat()},
        "retain_until": item.retain_until.isoformat(),
        "due_on": item.due_on.isoformat(),
        "state": item.state,
        "why": {"zh": mask(item.why_zh), "en": mask(item.why_en)},
        "blocks": [
            {"code": one.code, "zh": mask(one.reason_zh), "en": mask(one.reason_en)} for one in item.blocks
        ],
    }


def _waiting(item: WaitingItem, mask: Mask) -> dict[str, Any]:
    event = item.missing.event
    return {
        **_record(item.record, mask),
        "retention": _rule(item.rule),
        "missing_event": event,
        "missing_event_name": dict(zip(("zh", "en"), EVENT_NAMES[event], strict=True)) if event else None,
        "why": {"zh": mask(item.missing.why_zh), "en": mask(item.missing.why_en)},
    }


def _tally(item: Tally) -> dict[str, Any]:
    return {"category": item.category, "retention": _rule(item.rule), "count": item.count}


def _unruled(item: UnruledItem, mask: Mask) -> dict[str, Any]:
    return {
        **_record(item.record, mask),
        "rule": item.record.card.retention_rule,
        "why": {"zh": mask(item.why_zh), "en": mask(item.why_en)},
    }
