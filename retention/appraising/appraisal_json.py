"""An appraisal batch as plain dicts, for programs and for the appraisal report: what `appraisal --json` prints."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from retention.appraising.appraisal import SIDES, Appraisal, Item, Opinion, counts, decisions_digest


def appraisal_json(batch: Appraisal, *, items: bool = True) -> dict[str, Any]:
    """The batch; without `items` only what a list shows. Days are YYYY-MM-DD, times UTC, null until then."""
    told: dict[str, Any] = {
        "appraisal": batch.id,
        "state": "approved" if batch.approved_at else "withdrawn" if batch.withdrawn_at else "open",
        "as_of": batch.as_of.isoformat(),
        "schedule": batch.schedule,
        "proposed": _act(batch.proposed_by, batch.proposed_at),
        "approved": _act(batch.approved_by, batch.approved_at),
        "withdrawn": _act(batch.withdrawn_by, batch.withdrawn_at),
        "note": batch.note,
    }
    if not items:
        return told
    return told | {
        "digest": decisions_digest(batch.items),
        "decisions": counts(batch.items),
        "items": [item_json(one) for one in batch.items],
        "opinions": {side: _opinion(batch, batch.opinion_of(side)) for side in SIDES},
    }


def item_json(one: Item) -> dict[str, Any]:
    """A record as it was proposed, and what was decided: null while nothing is."""
    return {
        "id": one.dms_id,
        "sha256": one.sha256,
        "title": one.title,
        "category": one.category,
        "kind": one.kind,
        "dossier": one.dossier,
        "confidentiality": one.confidentiality,
        "pages": one.pages,
        "retention": {
            "rule": one.rule,
            "name": one.rule_name,
            "period": one.period,
            "disposition": one.disposition,
            "authority": one.authority,
            "schedule": one.schedule,
        },
        "cutoff": {"event": one.cutoff_event, "on": one.cutoff_on.isoformat()},
        "retain_until": one.retain_until.isoformat(),
        "why": {"zh": one.why_zh, "en": one.why_en},
        "blocks": [{"code": each.code, "zh": each.reason_zh, "en": each.reason_en} for each in one.blocks],
        "decision": one.decision,
        "kept_until": one.kept_until.isoformat() if one.kept_until else None,
        "decided": _act(one.decided_by, one.decided_at),
        "reason": one.reason,
    }


def _opinion(batch: Appraisal, one: Opinion | None) -> dict[str, Any] | None:
    if one is None:
        return None
    return {**asdict(one), "valid": one.digest == decisions_digest(batch.items)}


def _act(who: str, at: str) -> dict[str, str] | None:
    return {"who": who, "at": at} if at else None
