"""Evened-out text: widths, brackets, spaces and line ends made alike, with the way back.

Follows Unicode NFKC (UAX 15) character by character; what a quote needs is the text as it stood.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from consumers.transcript import Page

HAN = "\u3400-\u4dbf\u4e00-\u9fff〇○"
"""What counts as a Chinese character, for use inside a character class."""

FOLDED = {
    **dict.fromkeys("[{〔﹝【〖「", "("),
    **dict.fromkeys("]}〕﹞】〗」", ")"),
    **dict.fromkeys("—–−‒‐‑―﹣－", "-"),
    **dict.fromkeys("_＿\t\u00a0\u3000", " "),
    **dict.fromkeys("│┃▏▕", "|"),
    "∶": ":",
    "笫": "第",
    "￥": "¥",
    "²": "2",
}
BLANK = re.compile(r"【([^【】\n]{0,40})】(?=(\S?))")
SENTENCE_END = "。；;:：!！?？"
STARTS_ANEW = re.compile(
    r"\s*(?:[(（]?[一二三四五六七八九十\d]{1,3}[、.．)）]|第[一二三四五六七八九十百\d]{1,4}[条章]|"
    r"[^\d，。,]{1,10}[:：]|[\u4e00-\u9fff]{1,6}(?:\n|$))"
)
"""How a line begins that is a point of a list, a label or a cell of its own, and no continuation."""
WIDE_LINE = 24
"""A line narrower than this (in half characters) is a cell or a heading and never runs on into the next."""


@dataclass(frozen=True)
class Evened:
    """The evened `text` of a page, each of its characters with the place in `source` where it came from.

    A line that ran on is joined to the next; other line ends stay. Spaces stay only between two Latin
    letters or digits (and in `1. 20`); `gaps` holds the places in `text` before which one was taken out,
    `seams` those before which a line end was.
    """

    text: str
    source: str
    places: tuple[int, ...]
    gaps: frozenset[int]
    seams: frozenset[int] = frozenset()

    def quote(self, start: int, end: int) -> str:
        """The text as it stands on the page, for `text[start:end]`; at most 60 characters."""
        if start >= end:
            return ""
        first = self.places[start]
        return self.source[first : min(self.places[end - 1] + 1, first + 60)]


def even(page: Page) -> Evened:
    """The page's text, evened out."""
    return even_text(page.text)


@lru_cache(maxsize=32)
def even_text(source: str) -> Evened:
    """The same for bare text; remembered, as every finder asks for it."""
    marked = BLANK.sub(_mark_blank, source)
    joins = _run_ons(source)
    letters: list[str] = []
    places: list[int] = []
    gaps: set[int] = set()
    seams: set[int] = set()
    pending = ""
    for place, glyph in enumerate(marked):
        folded = "" if place in joins else _fold(glyph)
        if place in joins:
            seams.add(len(letters))
        if folded in (" ", "\n"):
            pending = "\n" if "\n" in (folded, pending) else " "
        elif folded:
            _take_over(pending, place, folded[0], letters, places, gaps)
            pending = ""
            letters.extend(folded)
            places.extend([place] * len(folded))
    return Evened("".join(letters), source, tuple(places), frozenset(gaps), frozenset(seams))


def _take_over(
    pending: str, place: int, right: str, letters: list[str], places: list[int], gaps: set[int]
) -> None:
    """Writes the white space before `right`, or only remembers it as a gap."""
    if not pending or not letters:
        return
    listed = letters[-1] in ".," and right.isdigit()
    if pending == "\n" or listed or (_is_latin(letters[-1]) and _is_latin(right)):
        letters.append(pending)
        places.append(place - 1)
    else:
        gaps.add(len(letters))


@lru_cache(maxsize=8192)
def _fold(glyph: str) -> str:
    if glyph in FOLDED:
        return FOLDED[glyph]
    if glyph == "\n" or unicodedata.category(glyph) in ("No", "Cf", "Cc"):
        return glyph if glyph == "\n" or unicodedata.category(glyph) == "No" else ""
    folded = unicodedata.normalize("NFKC", glyph)
    return FOLDED.get(folded, folded)


def _mark_blank(blank: re.Match[str]) -> str:
    """A filled-in blank 【…】 loses its frame (to spaces: places stay); a year in brackets keeps it."""
    inside, follower = blank.group(1), blank.group(2)
    if re.fullmatch(r"\s*(?:19|20)\d{2}\s*", inside) and follower not in "年.-/室号房户元":
        return f"({inside})"
    return f" {inside} "


def _run_ons(source: str) -> frozenset[int]:
    """The line feeds at which a full line simply runs on into the next."""
    lines = source.split("\n")
    widths = [_width(line) for line in lines]
    full = max(WIDE_LINE, 0.8 * max(widths))
    found: set[int] = set()
    place = -1
    for line, width, following in zip(lines, widths, lines[1:], strict=False):
        place += len(line) + 1
        if width >= full and _runs_on(line.rstrip(), following.lstrip()):
            found.add(place)
    return frozenset(found)


def _runs_on(line: str, following: str) -> bool:
    if not line or not following or line[-1] in SENTENCE_END:
        return False
    if _is_latin(line[-1]) and _is_latin(following[0]):
        return False
    return STARTS_ANEW.match(following) is None


def _width(line: str) -> int:
    return sum(1 if glyph < "\u2e80" else 2 for glyph in line.strip())


def _is_latin(glyph: str) -> bool:
    return glyph.isascii() and glyph.isalnum()
