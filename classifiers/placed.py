"""Evidence that has to stand in a certain place: the title line, the head, a seal, a table's header; and cautions."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from classifiers.labels import Reason
from classifiers.taxonomy import Caution, Kind, Place, Taxonomy

_SORTS = {"title": "head", "head": "head", "body": "strong", "seal": "strong", "table": "strong"}
"""The sort of rule that a place counts as: the statistical model knows the short keys of a row only."""
_AROUND = 6


@dataclass(frozen=True)
class Spot:
    """Text as rules see it, the page that it stands on and the words as they are printed."""

    page: int
    text: str
    said: str


Seen = dict[Place, tuple[Spot, ...]]
"""A document by the places that evidence may ask for."""


def placed_reasons(kind: Kind, seen: Seen) -> list[Reason]:
    """What the `evidence` of a row finds, each entry once."""
    reasons = []
    for entry in kind.evidence:
        hits = _hits(entry.any, seen[entry.place])
        if hits:
            sort = _SORTS[entry.place] if entry.weight >= 0 else "against"
            page, quote = next(iter(hits.values()))
            reasons.append(Reason(f"{sort}:{entry.place}:{entry.any[0]}", quote, page, entry.weight))
    return reasons


def caution_reasons(taxonomy: Taxonomy, seen: Seen, spoken_for: Iterable[str]) -> dict[str, list[Reason]]:
    """What the cautions say for the kinds that they mean, and against those of other categories.

    Only kinds that something speaks for (`spoken_for`) need to be spoken against.
    """
    kinds = {kind.id: kind for kind in taxonomy.kind}
    suspects = set(spoken_for)
    found: dict[str, list[Reason]] = {}
    for caution in taxonomy.caution:
        hit = _fires(caution, seen)
        if hit is None:
            continue
        page, quote = hit
        meant = kinds[caution.toward]
        found.setdefault(meant.id, []).append(
            Reason(f"head:caution:{caution.id}", quote, page, caution.weight)
        )
        for kind in suspects - {meant.id, *caution.spares}:
            if kinds[kind].category != meant.category:
                reason = Reason(f"against:caution:{caution.id}", quote, page, -caution.weight)
                found.setdefault(kind, []).append(reason)
    return found


def _fires(caution: Caution, seen: Seen) -> tuple[int, str] | None:
    """Page and quote of what fired it; None where it is silent."""
    asked: tuple[tuple[Place, tuple[str, ...], int], ...] = (
        ("title", caution.title, 1),
        ("head", caution.head, 1),
        ("body", caution.body, caution.least),
    )
    first = None
    for place, patterns, least in asked:
        hits = _hits(patterns, seen[place])
        if patterns and len(hits) < least:
            return None
        first = first or next(iter(hits.values()), None)
    return None if _hits(caution.without, seen["body"]) else first


def _hits(patterns: tuple[str, ...], spots: tuple[Spot, ...]) -> dict[str, tuple[int, str]]:
    """Every different text that a pattern matches, with page and quote."""
    found: dict[str, tuple[int, str]] = {}
    for pattern in _compiled(patterns):
        for spot in spots:
            for match in pattern.finditer(spot.text):
                quote = spot.text[max(0, match.start() - _AROUND) : match.end() + _AROUND]
                found.setdefault(match.group(), (spot.page, quote))
    return found


@cache
def _compiled(patterns: tuple[str, ...]) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(pattern) for pattern in patterns)
