"""How a file's way ended, as a row for people and as an object for programs."""

from __future__ import annotations

from typing import Any

from classifiers.labels import in_percent
from classifiers.taxonomy import Taxonomy
from plugins.intake.outcome import Outcome
from plugins.masking import mask_id_numbers


def outcome_json(outcome: Outcome, file: str) -> dict[str, Any]:
    """The object for one file, called `file`: filed with its labels, or refused with the reason and place."""
    told: dict[str, Any] = {"file": file, "intake": outcome.intake_id}
    if outcome.part_of:
        place = {"first_page": outcome.first_page, "last_page": outcome.last_page}
        told |= {"name": outcome.name, "part_of": outcome.part_of, **place}
    if outcome.record is not None:
        card = outcome.record.card
        return told | {
            "state": "review" if card.needs_review else "confirmed",
            "id": outcome.record.dms_id,
            "sha256": card.sha256,
            "title": card.title,
            "category": card.category,
            "kind": card.kind,
            "confidence": card.confidence,
            "confidentiality": card.confidentiality,
            "dossier": card.dossier,
            "dossier_doubt": card.dossier_doubt,
            "retain_until": card.retain_until.isoformat() if card.retain_until else None,
            "review_reasons": list(card.review_reasons),
            "batch": card.batch,
            "asn": card.asn,
            "asn_taken": card.asn_taken,
            "duplicate_of": card.duplicate_of,
        }
    assert outcome.refused is not None
    return told | {
        "state": "quarantined",
        "error": {
            "code": outcome.refused.code,
            "message": outcome.refused.en,
            "message_zh": outcome.refused.zh,
        },
        "place": str(outcome.place) if outcome.place else None,
    }


def outcome_row(outcome: Outcome, taxonomy: Taxonomy) -> tuple[str, ...]:
    """The row for one file, ID numbers masked."""
    name = ("└ " if outcome.part_of else "") + mask_id_numbers(outcome.name)
    if outcome.record is not None:
        card = outcome.record.card
        until = card.retain_until.isoformat() if card.retain_until else "—"
        last = in_percent(card.confidence)
        if card.review_reasons:
            last += " 待核：" + mask_id_numbers("；".join(card.review_reasons))
        if card.batch:
            last += " 整批，已分件"
        if card.dossier_doubt:
            last += " 待归户"
        return (
            name,
            taxonomy.categories[card.category],
            card.kind,
            card.confidentiality,
            mask_id_numbers(card.dossier) or "—",
            until,
            last,
        )
    if outcome.refused is not None:
        return (name, "—", "—", "—", "—", "—", mask_id_numbers(outcome.refused.zh))
    return (name, "—", "—", "—", "—", "—", f"等待 {outcome.waiting}")
