"""The object of `dossier explain --json`: a contract with other programs."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from classifiers.labels import Reason
from plugins.archiving.card import dossier_doubt, review_reasons
from plugins.archiving.standing import place_in_batch
from plugins.masking import mask_id_numbers
from plugins.teaching.explaining import Explained
from plugins.wiring import Rules


def explained_json(one: Explained, rules: Rules, sure: float) -> dict[str, Any]:
    """The object of `explain --json`, ID numbers masked."""
    found, labels = one.explanation, one.verdict.labels
    rule = rules.schedule.rules.get(labels.retention_rule)
    doubts = review_reasons(labels, one.verdict.choice)
    return {
        "document": one.name,
        "category": labels.category,
        "kind": labels.kind,
        "confidence": labels.confidence,
        "threshold": sure,
        "needs_review": bool(doubts),
        "review_reasons": [mask_id_numbers(reason) for reason in doubts],
        "dossier_doubt": mask_id_numbers(dossier_doubt(labels, one.verdict.choice)),
        "rules": _reasons_json(found.rules),
        "grams_for": _reasons_json(found.grams_for),
        "grams_against": _reasons_json(found.grams_against),
        "rivals": [
            {
                "kind": rival.kind.zh,
                "category": rival.kind.category,
                "chance": None if rival.chance is None else round(rival.chance, 4),
                "rules": _reasons_json(rival.rules),
            }
            for rival in found.rivals
        ],
        "confidentiality": labels.confidentiality,
        "confidentiality_of_kind": found.judgement.kind.confidentiality,
        "raised_by": _reasons_json(one.level_reasons),
        "personal_data": labels.personal_data,
        "personal_data_found": [
            {"sort": each.row.zh, "authority": each.row.authority, "reasons": _reasons_json(each.reasons)}
            for each in one.people
        ],
        "retention": rule and {"rule": rule.id, "period": rule.period_iso, "cutoff_event": rule.cutoff, "authority": rule.authority},
        "model": {"file": rules.model.note.file if rules.model.note else "shipped", "date": rules.model.model.about.date},
        "filed_as": None if one.card is None else {
            "category": one.card.category,
            "kind": one.card.kind,
            "confidence": one.card.confidence,
            "confidentiality": one.card.confidentiality,
            "dossier": mask_id_numbers(one.card.dossier),
            "needs_review": one.card.needs_review,
            "review_reasons": [mask_id_numbers(reason) for reason in one.card.review_reasons],
            **place_in_batch(one.card),
            "dossier_doubt": mask_id_numbers(one.card.dossier_doubt),
        },
        "corrections": [
            {"what": each.what, "was": each.was, "became": each.became, "who": each.who, "at": each.at, "reason": mask_id_numbers(each.reason)}
            for each in one.corrections
        ],
    }  # fmt: skip


def _reasons_json(reasons: Iterable[Reason]) -> list[dict[str, Any]]:
    return [
        {
            "rule": one.rule,
            "quote": mask_id_numbers(one.quote),
            "page": one.page,
            "weight": round(one.weight, 3),
        }
        for one in reasons
    ]
