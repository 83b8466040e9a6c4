"""The home a paper is about, or somebody's address: building, unit, room as `3-2-1201` (GB/T 23705)."""

from __future__ import annotations

from classifiers.fact import Fact
from classifiers.facts.finding import facts
from classifiers.facts.homes import homes
from classifiers.glyphs import even
from consumers.transcript import Page


def find(page: Page) -> tuple[Fact, ...]:
    """All units, each once a role: `property`, `address` or nothing where the text doesn't say."""
    evened = even(page)
    return facts("unit", page, evened, homes(evened))
