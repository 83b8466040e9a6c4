"""The objects of `dossier dossiers ... --json`: a contract with other programs. ID numbers are masked."""

from __future__ import annotations

from typing import Any

from plugins.households.completeness import Checked
from plugins.households.dossiers import Listed, Shown
from plugins.households.merging import Merged
from plugins.households.unassigned import Assigned, Unassigned
from plugins.masking import mask_id_numbers
from plugins.teaching.correction_json import correction_json
from retention.households.completeness import Finding, Verdict
from retention.households.dossiers import OpenDossier
from retention.record import Record


def listed_json(one: Listed) -> dict[str, Any]:
    """A line of `dossiers list --json`."""
    return {
        **_dossier_json(one.dossier, one.level),
        "records": one.records,
        "to_check": one.to_check,
        "unassigned": one.unassigned,
        "merging": one.merging,
    }


def shown_json(one: Shown) -> dict[str, Any]:
    """The object of `dossiers show --json`."""
    return {
        **_dossier_json(one.dossier, one.level),
        "records": [_record_json(record) for record in one.records],
        "numbers": [{"name": name, "value": value, "id": dms_id} for name, value, dms_id in one.numbers],
        "related": [
            {"dossier": mask_id_numbers(key), "reason": mask_id_numbers(why)}
            for key, why in zip(one.related, one.reasons, strict=True)
        ],
        "merged_from": [mask_id_numbers(key) for key in one.merged_from],
        "merging": bool(one.merge and not one.merge.done_at),
    }


def checked_json(one: Checked) -> dict[str, Any]:
    """A line of `dossiers check --json`."""
    names: tuple[Verdict, ...] = ("missing", "perhaps", "not-yet", "handed-over", "destroyed")
    told = {name.replace("-", "_"): [_finding_json(each) for each in one.those(name)] for name in names}
    return {**_dossier_json(one.dossier, one.dossier.level), "records": one.records, **told}


def unassigned_json(one: Unassigned) -> dict[str, Any]:
    """A line of `dossiers unassigned --json`."""
    card = one.record.card
    return {
        **_record_json(one.record),
        "dossier": mask_id_numbers(card.dossier),
        "evidence": [mask_id_numbers(sentence) for sentence in card.dossier_evidence],
        "proposals": [
            {"dossier": mask_id_numbers(each.key), "reasons": [mask_id_numbers(why) for why in each.reasons]}
            for each in one.proposals
        ],
    }


def assigned_json(done: Assigned) -> list[dict[str, Any]]:
    """The lines of `dossiers assign --json`: first what was assigned, then what could not be."""
    lines = [correction_json(one) for one in done.done]
    return [
        *lines,
        *({"id": number, "error": {"message": why}} for number, why in done.failed),
    ]


def merged_json(done: Merged) -> dict[str, Any]:
    """The object of `dossiers merge --json`."""
    return {
        "from": mask_id_numbers(done.merge.source),
        "into": mask_id_numbers(done.merge.target),
        "by": done.merge.who,
        "reason": mask_id_numbers(done.merge.reason),
        "done": bool(done.merge.done_at) and not done.failed,
        "moved": list(done.moved),
        "failed": [{"id": number, "message": why} for number, why in done.failed],
    }


def _dossier_json(one: OpenDossier, level: str) -> dict[str, Any]:
    return {
        "key": mask_id_numbers(one.key),
        "title": mask_id_numbers(one.title),
        "unit": one.unit,
        "project": one.project,
        "customer": mask_id_numbers(one.customer),
        "opened_on": one.opened_on.isoformat(),
        "confidentiality": level,
        "provisional": one.provisional,
        "merged_into": mask_id_numbers(one.merged_into) or None,
    }


def _finding_json(one: Finding) -> dict[str, Any]:
    return {
        "id": one.requirement.id,
        "name": one.requirement.name_zh,
        "any_of": list(one.requirement.any_of),
        "because": one.because_zh,
        "authority": one.requirement.authority,
        "due": one.due.isoformat() if one.due else None,
        "destroyed_on": one.gone_on.isoformat() if one.gone_on else None,
        "records": list(one.papers),
    }


def _record_json(record: Record) -> dict[str, Any]:
    card = record.card
    return {
        "id": record.dms_id,
        "title": mask_id_numbers(card.title),
        "category": card.category,
        "kind": card.kind,
        "confidentiality": card.confidentiality,
        "document_date": card.document_date.isoformat() if card.document_date else None,
        "needs_review": card.needs_review,
        "dossier_doubt": mask_id_numbers(card.dossier_doubt),
    }
