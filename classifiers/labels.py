"""Labels: what a document is, who may see it and how long it is kept, each with its reason."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

PersonalData = Literal["none", "personal", "sensitive"]

CATEGORIES = ("sales", "contract", "title", "repair", "litigation", "other")
"""The category ids in their fixed order; their Chinese names stand in the taxonomy."""


def in_percent(confidence: float) -> str:
    """A confidence (0.0 to 1.0) as people read it, rounded down: nobody is wholly sure, and what falls short of a bar
    must not look as if it reached it."""
    return f"{int(confidence * 100 + 1e-9)}%"


@dataclass(frozen=True)
class Reason:
    """Why a label was given: the rule that spoke, what it saw and where, and how much it weighed.

    `page` counts from 1; a negative `weight` speaks against the label.
    """

    rule: str
    quote: str
    page: int
    weight: float


@dataclass(frozen=True)
class Labels:
    """The verdict on one document.

    `kind` is the Chinese name of a row of the taxonomy, `category` the id that the row belongs to,
    `confidentiality` the name of a level of the ladder, `retention_rule` the id of a row of the
    disposition schedule. `confidence` is 0.0 to 1.0 and speaks of the category. `review_reasons`
    holds one sentence (Chinese) for everything that a person should look at; empty means: file it.
    """

    category: str
    kind: str
    confidence: float
    reasons: tuple[Reason, ...]
    confidentiality: str
    personal_data: PersonalData
    retention_rule: str
    review_reasons: tuple[str, ...] = ()

    @property
    def needs_review(self) -> bool:
        """Whether a person must look before anyone relies on this."""
        return bool(self.review_reasons)
