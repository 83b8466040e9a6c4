"""Columns of a table as OCR gives them: rows are lines, cells are parted by wide or several spaces."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator

from classifiers.glyphs import Evened

LONGEST = 60
"""So many rows a column may have before it is no longer believed."""


def below(evened: Evened, heads: re.Pattern[str]) -> Iterator[tuple[str, int, int]]:
    """For every header cell that is all `heads`: that header, and start and end in the evened text of each
    cell under it.

    A row counts only if it has as many cells as the header.
    """
    column, head, width, rows = -1, "", 0, 0
    place = 0
    for line in evened.source.split("\n"):
        cells = list(_cells(line, place))
        named = [
            index for index, (start, end) in enumerate(cells) if heads.fullmatch(_bare(evened, start, end))
        ]
        if len(cells) > 1 and named:
            column, width, rows = named[0], len(cells), 0
            head = _bare(evened, *cells[column])
        elif column >= 0 and len(cells) == width and rows < LONGEST:
            rows += 1
            start, end = cells[column]
            yield head, bisect_left(evened.places, start), bisect_left(evened.places, end)
        elif cells and rows:
            column = -1
        place += len(line) + 1


def _cells(line: str, offset: int) -> Iterator[tuple[int, int]]:
    for cell in re.finditer(r"[^\u3000\t|│]+", line):
        for part in re.finditer(r"\S+(?: \S+)*", cell.group()):
            yield offset + cell.start() + part.start(), offset + cell.start() + part.end()


def _bare(evened: Evened, start: int, end: int) -> str:
    return re.sub(r"\s", "", evened.source[start:end])
