"""Characters become segments: pieces of a line with no wide gap in them, made of words.

The order in which a writer of PDF drew the characters means nothing: some draw all labels first and the values
later, some a line backwards, some each character by itself. Only the places count.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from consumers.text_layer.folding import folded
from consumers.text_layer.glyphs import Glyph
from consumers.text_layer.upright import Edges

_LEVEL = 0.45
"""Characters stand on one line if their middles differ by less than this part of the lower one's height."""
_WIDE = 1.05
"""A gap of so many heights ends a segment: label and value, two columns, two cells."""
_SPACE = 0.16
"""From this gap on, in heights, two Latin words are two; a blank in any writer's font is wider."""
_WRITTEN, _HAIR = 0.3, 0.06
"""A written blank counts from this width on, in heights: beside a Han character, between two Latin ones."""
_JUDGED = 6
"""From so many gaps one sees whether a row is set wide."""
_SAME = 0.3
"""The same character again within this part of its width is a shadow: bold type made by drawing twice."""


@dataclass(frozen=True)
class Run:
    """Characters that stand together, as one word; points of the upright page."""

    text: str
    edges: Edges


@dataclass(frozen=True)
class Segment:
    """A piece of one line: its words, left to right, and its place."""

    words: tuple[Run, ...]
    edges: Edges

    @property
    def text(self) -> str:
        """The words, blanks between them."""
        return " ".join(word.text for word in self.words)

    @property
    def height(self) -> float:
        """Height in points."""
        return self.edges[3] - self.edges[1]

    @property
    def level(self) -> float:
        """The height at which its middle stands, points from the page's top."""
        return (self.edges[1] + self.edges[3]) / 2


def segments_of(glyphs: Iterable[Glyph]) -> list[Segment]:
    """The segments of level text, in no order that means anything."""
    return [segment for row in _rows(glyphs) for segment in _segments(row)]


def is_wide(char: str) -> bool:
    """Whether the character takes a full square, as Han characters and their punctuation do."""
    return "\u2e80" <= char <= "\u9fff" or "\uf900" <= char <= "\ufaff" or char >= "\uff00"


def around(some: Iterable[Edges]) -> Edges:
    """The smallest box around all of these."""
    lefts, tops, rights, bottoms = zip(*some, strict=True)
    return min(lefts), min(tops), max(rights), max(bottoms)


def _rows(glyphs: Iterable[Glyph]) -> Iterator[list[Glyph]]:
    row: list[Glyph] = []
    level = height = 0.0
    for glyph in sorted(glyphs, key=lambda g: g.top + g.bottom):
        middle, tall = (glyph.top + glyph.bottom) / 2, glyph.bottom - glyph.top
        if row and middle - level < _LEVEL * min(height, tall):
            row.append(glyph)
            # The row's level follows its characters, or one small sign at its top would set it.
            level += (middle - level) / len(row)
            height = max(height, tall)
            continue
        if row:
            yield row
        row, level, height = [glyph], middle, tall
    if row:
        yield row


def _segments(row: list[Glyph]) -> Iterator[Segment]:
    written = list(_written(_without_shadows(sorted(row, key=lambda g: (g.left, g.right)))))
    if not written:
        return
    height = median(glyph.bottom - glyph.top for glyph, _ in written)
    air = _air(written)
    first, _ = written[0]
    words, end = [[first]], first.right
    for glyph, blank in written[1:]:
        gap = glyph.left - end
        if gap > _WIDE * min(height, glyph.bottom - glyph.top):
            yield from _segment(words)
            words = [[glyph]]
        elif _apart(words[-1][-1], glyph, (gap - air) / height, blank=blank):
            words.append([glyph])
        else:
            words[-1].append(glyph)
        end = max(end, glyph.right)
    yield from _segment(words)


def _written(row: list[Glyph]) -> Iterator[tuple[Glyph, bool]]:
    """The characters that are no blanks, each with whether a blank stands before it."""
    blank = False
    for glyph in row:
        if glyph.text.isspace():
            blank = True
            continue
        yield glyph, blank
        blank = False


def _air(written: list[tuple[Glyph, bool]]) -> float:
    """The gap between most Latin letters of a row: none, unless it is set wide."""
    gaps = [
        glyph.left - before.right
        for (before, _), (glyph, blank) in pairwise(written)
        if not blank and not is_wide(before.text[-1]) and not is_wide(glyph.text[0])
    ]
    return max(median(gaps), 0.0) if len(gaps) >= _JUDGED else 0.0


def _apart(before: Glyph, glyph: Glyph, gap: float, *, blank: bool) -> bool:
    """Whether the two are two words; `gap` in heights.

    Beside a Han character air means nothing, only a blank that was written; office programs write some of
    a hair's breadth between Han and Latin.
    """
    if is_wide(before.text[-1]) or is_wide(glyph.text[0]):
        return blank and gap > _WRITTEN
    return gap > _SPACE or (blank and gap > _HAIR)


def _without_shadows(row: list[Glyph]) -> list[Glyph]:
    kept: list[Glyph] = []
    for glyph in row:
        near = _SAME * (glyph.right - glyph.left)
        if any(other.text == glyph.text and abs(other.left - glyph.left) < near for other in kept[-3:]):
            continue
        kept.append(glyph)
    return kept


def _segment(held: list[list[Glyph]]) -> Iterator[Segment]:
    runs = []
    for word in held:
        text = "".join(folded(char) for glyph in word for char in glyph.text)
        if text.strip():
            runs.append(Run("".join(text.split()), around((g.left, g.top, g.right, g.bottom) for g in word)))
    if runs:
        yield Segment(tuple(runs), around(run.edges for run in runs))
