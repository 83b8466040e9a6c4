"""The days that a text or a file's name bears, the day of the paper first; and what is left when they are taken out."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import PurePath

from classifiers.facts import document_date
from classifiers.glyphs import Evened, even_text
from consumers.transcript import Line, Page
from plugins.archiving.card import document_date as day_of_paper

MOST_CHARACTERS = 200_000
"""A longer text is looked at in its first and last half of that: the day stands on the first page or the last."""

_NUMBERED = re.compile(r"(?<!\d)\d{1,2}[./-]\d{1,2}[./-]\d{2}(?!\d)")
"""Clauses, sizes and shelf marks in a Chinese text; nobody writes a date so there."""
_YEAR_FIRST = re.compile(r"(?<!\d)\d{4} ?[./-] ?\d{1,2} ?[./-] ?\d{1,2}(?!\d)")
"""The beginning of a span of days, which the finder of dates leaves alone."""
_HAN = re.compile(r"[\u4e00-\u9fff]")
_MOSTLY = 0.2


def days_of_text(text: str, allowed: Callable[[date], bool], today: date) -> Iterator[date]:
    """The day of the paper as it would be filed, then the others in their order, none twice.

    Pages are parted by form feeds. Birthdays and terms of validity do not count, nor what is not `allowed`.
    """
    found = [
        fact
        for page in _pages(text)
        for fact in document_date.find(page)
        if allowed(date.fromisoformat(fact.value))
    ]
    days = [date.fromisoformat(fact.value) for fact in found]
    first = day_of_paper(tuple(found), today)
    yield from dict.fromkeys([first, *days] if first else days)


def days_of_name(name: str, allowed: Callable[[date], bool]) -> Iterator[date]:
    """The days in a file's name, in their order."""
    for page in _pages(PurePath(name).stem.replace("_", " ")):
        for fact in document_date.find(page):
            day = date.fromisoformat(fact.value)
            if allowed(day):
                yield day


def without_ours(text: str) -> str:
    """The text without all that we know as a date, used or not: to another way of reading, 2024.03.05 may be the
    third of May, and a term of validity the day of the paper."""
    text = _bounded(text)
    evened = even_text(text)
    left = list(text)
    for pattern in (document_date.LATIN, document_date.HAN):
        for match in pattern.finditer(evened.text):
            _blank(left, evened, match)
    rest = _YEAR_FIRST.sub(" ", "".join(left))
    mostly_han = len(_HAN.findall(text)) > _MOSTLY * max(1, len(text))
    return _NUMBERED.sub(" ", rest) if mostly_han else rest


def _blank(left: list[str], evened: Evened, match: re.Match[str]) -> None:
    first, last = evened.places[match.start()], evened.places[match.end() - 1]
    left[first : last + 1] = " " * (last + 1 - first)


def _pages(text: str) -> list[Page]:
    return [
        Page(number, tuple(Line(line) for line in page.split("\n")), "text-layer", "paperless-ngx")
        for number, page in enumerate(_bounded(text).split("\f"), 1)
    ]


def _bounded(text: str) -> str:
    if len(text) <= MOST_CHARACTERS:
        return text
    half = MOST_CHARACTERS // 2
    return text[:half] + "\f" + text[-half:]
