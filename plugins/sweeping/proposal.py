"""A proposal of labels in words, as the note that is put on a document says it."""

from __future__ import annotations

from plugins.masking import mask_id_numbers
from plugins.paperless.custom_fields import CONFIDENCE, SHA256
from plugins.paperless.existing.plan import Plan, as_text
from plugins.paperless.existing.seen import CATEGORY, FIELD, KIND, LEVEL

_NAMES = {KIND: "文种", CATEGORY: "类别", LEVEL: "密级"}
_NOT_TOLD = {f"{FIELD}{SHA256}"}
HEAD = "建议标注（paperless-dossier）"


def proposal(plan: Plan, review_reasons: tuple[str, ...]) -> str:
    """The note; the same plan gives the same words. Empty where there is nothing to propose."""
    lines = [
        f"{_NAMES.get(name, name.removeprefix(FIELD))}：{as_text(value)}"
        for name, value in plan.sets.items()
        if name not in _NOT_TOLD
    ]
    lines += [
        f"{_NAMES.get(name, name.removeprefix(FIELD))}：现为“{there}”，建议“{wanted}”"
        for name, (there, wanted) in plan.kept.items()
        if name not in (*_NOT_TOLD, f"{FIELD}{CONFIDENCE}")
    ]
    lines += [f"待核：{reason}" for reason in review_reasons]
    return mask_id_numbers("\n".join([HEAD, *lines])) if lines else ""
