"""Finding the cells of ruled tables on a picture, and putting what stands in one cell together.

Rows that are built from the height of text alone tear a cell of two lines apart, and put its second
line behind the next cell. Where no grid is found, nothing is changed.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from statistics import median

import cv2
import numpy as np

from consumers.pictures import Picture
from consumers.reading_order import Piece, page_slope, rows_of

_SIDE = 1600
"""Longest side, in pixels, of the copy on which lines are looked for: enough for a hairline, and cheap."""
_RULE = 45
"""Shortest run, in its pixels, that is a ruled line: longer than any stroke of a character in a form."""
_LEAST, _MOST = 0.0004, 0.35
"""A cell's part of the page: smaller ones are insides of characters, larger ones frames around everything."""
_SQUARE = 0.72
"""A cell fills its box at least so far; what leaked through a broken line does not."""
_FEWEST = 4
"""So many cells make a table."""


@dataclass(frozen=True)
class Cell:
    """A cell's box, in pixels of the picture."""

    left: float
    top: float
    right: float
    bottom: float

    def holds(self, piece: Piece) -> bool:
        """Whether the piece's middle lies in the cell."""
        x, y = (piece.left + piece.right) / 2, (piece.top + piece.bottom) / 2
        return self.left <= x <= self.right and self.top <= y <= self.bottom


def find_cells(picture: Picture) -> tuple[Cell, ...]:
    """The cells of all tables on an upright picture; none where there are too few to be a table."""
    scale = min(1.0, _SIDE / max(picture.shape[:2]))
    grey = cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY)
    small = cv2.resize(grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    dark = cv2.adaptiveThreshold(small, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, 31, 12)
    ink = np.ascontiguousarray(dark, dtype=np.uint8)
    rules = cv2.bitwise_or(_runs(ink, across=True), _runs(ink, across=False))
    closed = cv2.dilate(rules, np.ones((3, 3), np.uint8))
    count, _, boxes, _ = cv2.connectedComponentsWithStats(cv2.bitwise_not(closed), connectivity=4)
    whole = closed.shape[0] * closed.shape[1]
    cells = []
    for left, top, width, height, area in boxes[1:count]:
        if _LEAST * whole <= area <= _MOST * whole and area >= _SQUARE * width * height and height >= 12:
            corners = (left, top, left + width, top + height)
            cells.append(Cell(*(float(corner) / scale for corner in corners)))
    return tuple(cells) if len(cells) >= _FEWEST else ()


def _runs(ink: Picture, *, across: bool) -> Picture:
    """The ink's straight runs; thickened first, so that a line that lies askew by two degrees is whole."""
    thick = cv2.dilate(ink, np.ones((3, 1) if across else (1, 3), np.uint8))
    kernel = np.ones((1, _RULE) if across else (_RULE, 1), np.uint8)
    return np.ascontiguousarray(cv2.morphologyEx(thick, cv2.MORPH_OPEN, kernel), dtype=np.uint8)


def in_cells(pieces: list[Piece], cells: tuple[Cell, ...]) -> list[Piece]:
    """The pieces, those of one cell made one and set level with the other cells of their row.

    Only rows in which two cells or more bear text are touched: a frame around a whole text is none.
    """
    slope = page_slope(pieces)
    filled = [(cell, [p for p in pieces if cell.holds(p)]) for cell in cells]
    filled = [(cell, inside) for cell, inside in filled if inside]
    result = list(pieces)
    for row in _table_rows(filled, slope):
        if len(row) < 2 or all(len(inside) == 1 for _, inside in row):
            continue
        height = median(p.bottom - p.top for _, inside in row for p in inside)
        level = median(_level(cell, slope) for cell, _ in row)
        for _, inside in row:
            # The same piece can lie in two cells only where cells overlap, which components never do.
            result = [p for p in result if p not in inside]
            result.append(_joined(inside, level, slope, height))
    return result


def _table_rows(filled: list[tuple[Cell, list[Piece]]], slope: float) -> list[list[tuple[Cell, list[Piece]]]]:
    """The cells row by row: those whose middles stand level and whose heights are alike."""
    rows: list[list[tuple[Cell, list[Piece]]]] = []
    for entry in sorted(filled, key=lambda e: _level(e[0], slope)):
        cell = entry[0]
        first = rows[-1][0][0] if rows else None
        if first is not None and _alike(first, cell, slope):
            rows[-1].append(entry)
        else:
            rows.append([entry])
    return rows


def _alike(one: Cell, other: Cell, slope: float) -> bool:
    heights = sorted((one.bottom - one.top, other.bottom - other.top))
    return (
        abs(_level(one, slope) - _level(other, slope)) < 0.25 * heights[0] and heights[1] < 1.5 * heights[0]
    )


def _level(cell: Cell, slope: float) -> float:
    return (cell.top + cell.bottom) / 2 - slope * (cell.left + cell.right) / 2


def _joined(inside: list[Piece], level: float, slope: float, height: float) -> Piece:
    """One piece for all that stands in a cell: its lines one behind the other, as one says them."""
    lines = rows_of(inside)
    letters = sum(len(p.text) for p in inside)
    left, right = min(p.left for p in inside), max(p.right for p in inside)
    middle = level + slope * (left + right) / 2
    return replace(
        inside[0],
        text="".join(" ".join(p.text for p in line) for line in lines),
        left=left,
        right=right,
        top=middle - height / 2,
        bottom=middle + height / 2,
        confidence=sum(p.confidence * len(p.text) for p in inside) / max(1, letters),
    )
