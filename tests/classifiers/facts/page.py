"""Pages to look at, made from plain text, and what was found there in short."""

from __future__ import annotations

from classifiers.facts import Finder
from consumers.transcript import Line, Page


def page(text: str, number: int = 1) -> Page:
    """A page with this text, one Line a line."""
    return Page(number, tuple(Line(line) for line in text.split("\n")), "ocr", "made-up")


def values(finder: Finder, text: str) -> list[str]:
    """The values found in the text."""
    return [fact.value for fact in finder(page(text))]


def told(finder: Finder, text: str) -> list[tuple[str, str]]:
    """The values with their roles."""
    return [(fact.value, fact.role) for fact in finder(page(text))]
