"""The socket for fact finders: each looks at one page and gives back what it found, with the place.

A finder is a module with a `find(page)`; it is plugged in by one row of `FINDERS`. Finders do not
know each other, read nothing but the page, and are sure of what they say: no fact without page and
quote, and a wrong value is worse than none.
"""

from __future__ import annotations

from collections.abc import Callable

from classifiers.fact import Fact
from consumers.transcript import Page, Transcript

Finder = Callable[[Page], tuple[Fact, ...]]
"""Looks at one page; gives the facts in the order they stand there, each value at most once a role."""

FINDERS: dict[str, Finder] = {}
"""What is plugged in: fact name -> finder."""


def find(transcript: Transcript, finders: dict[str, Finder] | None = None) -> tuple[Fact, ...]:
    """Every fact of the document, page by page, finder by finder."""
    table = FINDERS if finders is None else finders
    return tuple(fact for page in transcript.pages for finder in table.values() for fact in finder(page))
