"""How the labelling of one document ended."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from plugins.masking import mask_id_numbers
from plugins.paperless.existing.plan import Plan, as_text

How = Literal["labelled", "proposed", "unchanged", "refused", "failed", "waiting", "gone"]


@dataclass(frozen=True)
class Swept:
    """`sets` are the labels that were set, or with a dry run would be; `kept` those that somebody else has set, with what
    would have been set; `given_back` those that were written over for a moment and put back."""

    dms_id: str
    title: str
    how: How
    sets: Mapping[str, str] = field(default_factory=dict)
    kept: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    given_back: tuple[str, ...] = ()
    needs_review: bool = False
    reason: str = ""


def as_words(plan: Plan) -> dict[str, str]:
    """The labels of a plan as they are told, without what is of no use to a person."""
    return {name: mask_id_numbers(as_text(value)) for name, value in plan.sets.items()}
