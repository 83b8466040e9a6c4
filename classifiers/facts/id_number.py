"""Citizen identity numbers: 18 characters with a check character (GB 11643), and the old 15-digit ones."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from classifiers.fact import Fact
from classifiers.facts.finding import Find, facts
from classifiers.facts.places import REGIONS
from classifiers.glyphs import even
from consumers.transcript import Page

WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CHECKS = "10X98765432"
MISREAD = str.maketrans("OoQD〇○IilL|!ZzSsBbGx×*乂", "0000001111112255866XXXX")
GLYPH = r"[0-9OoQD〇○IilL|!ZzSsBbG]"
RUN = re.compile(rf"(?<![0-9A-Za-z]){GLYPH}(?:[ \n]?{GLYPH}){{13,60}}(?:[ \n]?[Xx×*乂])?")
PIECE = re.compile(r"[^ \n]+")
UNRULED = re.compile(r"[^ \n|!]+")
"""The same where a stroke between two pieces is the border of a cell and no 1."""

BARE = re.compile(r"(?<!\d)[1-8]\d{16}[\dXx](?![0-9A-Za-z])")
LABEL = re.compile(r"(?:身份证|身份号码|证件号|居民证|公民身份)[^\d\n。;]{0,12}\n?$")
MOST_MISREAD = 4
"""A string with more letters than this is another kind of number."""


def find(page: Page) -> tuple[Fact, ...]:
    """All identity numbers of the page; upper-case, repaired only where the check character proves it."""
    evened = even(page)
    return facts("id_number", page, evened, _finds(evened.text))


def is_valid(number: str) -> bool:
    """Whether region, birth date and check character of an 18-character number (upper-case) agree."""
    if not re.fullmatch(r"\d{17}[\dX]", number) or number[:2] not in REGIONS:
        return False
    return _is_birth(number[6:14]) and check_character(number) == number[17]


def check_character(number: str) -> str:
    """The check character that belongs to the first 17 digits."""
    total = sum(weight * int(digit) for weight, digit in zip(WEIGHTS, number, strict=False))
    return CHECKS[total % 11]


def _finds(text: str) -> Iterator[Find]:
    taken: set[int] = set()
    for match in BARE.finditer(text):
        if is_valid(match.group().upper()):
            taken.update(range(*match.span()))
            yield Find(match.group().upper(), match.start(), match.end(), 0.99)
    for run in RUN.finditer(text):
        if taken.isdisjoint(range(*run.span())):
            found = list(_in_run(run, PIECE, text))
            yield from found or (_in_run(run, UNRULED, text) if "|" in run.group() else ())


def _in_run(run: re.Match[str], parts: re.Pattern[str], text: str) -> Iterator[Find]:
    """Neighbouring pieces of the run that together make up a number."""
    pieces = [
        (piece.start() + run.start(), piece.end() + run.start()) for piece in parts.finditer(run.group())
    ]
    first = 0
    while first < len(pieces):
        last = first
        glyphs = ""
        found = None
        while last < len(pieces) and len(glyphs) < 18 and found is None:
            glyphs += text[slice(*pieces[last])]
            found = _verdict(glyphs, pieces[first][0], pieces[last][1], text)
            last += 1
        if found:
            yield found
        first = last if found else first + 1


def _verdict(glyphs: str, start: int, end: int, text: str) -> Find | None:
    if sum(not glyph.isdigit() for glyph in glyphs[:17]) > MOST_MISREAD:
        return None
    number = glyphs.translate(MISREAD)
    if len(number) == 18 and is_valid(number) and not text[end : end + 1].isdigit():
        return Find(number, start, end, 0.9)
    if re.match(r"[0-9A-Za-z]", text[end : end + 1]) or not LABEL.search(text[max(0, start - 24) : start]):
        return None
    return _labelled(number, start, end)


def _labelled(number: str, start: int, end: int) -> Find | None:
    """What only the words 身份证 before it make credible: a lost X, an old number of 15 digits."""
    if len(number) == 17 and number.isdigit() and is_valid(number + "X"):
        return Find(number + "X", start, end, 0.6)
    if len(number) == 15 and number.isdigit() and number[:2] in REGIONS and _is_birth("19" + number[6:12]):
        return Find(number, start, end, 0.7)
    return None


def _is_birth(digits: str) -> bool:
    """Whether yyyymmdd is a day of the years 1900 to 2099."""
    try:
        return 1900 <= date(int(digits[:4]), int(digits[4:6]), int(digits[6:])).year <= 2099
    except ValueError:
        return False
