"""Cases made of a text, and answers to them."""

from __future__ import annotations

from benchmarks.verdicts.case import Answer, Case, Judged
from tests.classifiers.pages import transcript


def case(
    category: str, text: str = "", *, name: str = "a", kinds: tuple[str, ...] = (), hard: bool = False
) -> Case:
    """A case of that category."""
    return Case(name, name, transcript(text), category, frozenset(kinds), hard, "clean")


def judged(*rows: tuple[str, str, float, bool]) -> Judged:
    """Pairs of what a document is, what was said, how surely, and whether a person must look."""
    return [(case(true), Answer(said, sure, review=review, asks=review)) for true, said, sure, review in rows]
