"""Which kind the rules alone prefer for a text."""

from __future__ import annotations

from classifiers.evidence import evidence
from classifiers.taxonomy import Kind, Taxonomy
from tests.classifiers.pages import transcript


def sums(text: str, taxonomy: Taxonomy) -> dict[str, float]:
    """Kind id -> what its reasons weigh together."""
    found = evidence(transcript(text), taxonomy)
    return {kind: sum(reason.weight for reason in reasons) for kind, reasons in found.items()}


def best_kind(text: str, taxonomy: Taxonomy) -> Kind:
    """The kind for which most speaks; that of the rest where nothing does."""
    weights = sums(text, taxonomy)
    best = max(weights, key=lambda kind: weights[kind], default="other")
    return next(kind for kind in taxonomy.kind if kind.id == best)
