"""The object of `dossier correct --json`: a contract with other programs."""

from __future__ import annotations

from plugins.teaching.correcting import Corrected


def correction_json(done: Corrected) -> dict[str, object]:
    """The object of `correct --json`."""
    return {
        "id": done.dms_id,
        "corrections": [{"what": one.what, "was": one.was, "became": one.became} for one in done.corrections],
        "category": done.card.category,
        "kind": done.card.kind,
        "confidentiality": done.card.confidentiality,
        "dossier": done.card.dossier,
        "dossier_doubt": done.card.dossier_doubt,
        "needs_review": done.card.needs_review,
        "review_reasons": list(done.card.review_reasons),
    }
