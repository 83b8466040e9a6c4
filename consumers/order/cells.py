"""The cells between ruled lines, and the tables that they make up."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from consumers.order.ruled import Ruled

_LEAST = 0.00025
"""A cell's least part of the page: smaller ones are insides of characters, boxes to tick."""
_SQUARE = 0.72
"""A cell fills its box at least so far; what leaked through a broken line, or lies around a table, does not."""
_FEWEST, _FRAME = 4, 0.02
"""So many cells make a table; fewer do where they take up so much of the page."""
_LOWEST = 11
"""No cell is lower, in pixels of the copy: no line of text fits in."""


@dataclass(frozen=True)
class Cell:
    """A cell's box on the straightened page, in pixels, and the number of the table that it belongs to."""

    left: float
    top: float
    right: float
    bottom: float
    table: int


@dataclass(frozen=True)
class Grid:
    """All cells of a page, with the outline of each on the straightened copy."""

    cells: tuple[Cell, ...] = ()
    outlines: tuple[NDArray[np.int32], ...] = ()
    scale: float = 1.0

    def at(self, x: float, y: float) -> int | None:
        """Which cell a point of the straightened page lies in, by its place in `cells`."""
        for index, cell in enumerate(self.cells):
            if cell.left <= x <= cell.right and cell.top <= y <= cell.bottom:
                point = (x * self.scale, y * self.scale)
                if cv2.pointPolygonTest(self.outlines[index], point, measureDist=False) >= 0:
                    return index
        return None

    def without(self, tables: set[int]) -> Grid:
        """The same, those tables left out."""
        kept = [at for at, cell in enumerate(self.cells) if cell.table not in tables]
        return Grid(tuple(self.cells[at] for at in kept), tuple(self.outlines[at] for at in kept), self.scale)


def grid_of(lines: Ruled) -> Grid:
    """The cells that the lines shut in."""
    walls = cv2.dilate(cv2.bitwise_or(lines.across, lines.down), np.ones((3, 3), np.uint8))
    outlines, tree = cv2.findContours(walls, cv2.RETR_CCOMP, cv2.CHAIN_APPROX_SIMPLE)
    whole = walls.shape[0] * walls.shape[1]
    boxes, kept = [], []
    for index, outline in enumerate(outlines):
        if tree[0][index][3] < 0:
            continue
        left, top, width, height = cv2.boundingRect(outline)
        area = cv2.contourArea(outline)
        if height >= _LOWEST and area >= _LEAST * whole and area >= _SQUARE * width * height:
            boxes.append((left, top, left + width, top + height))
            kept.append(np.asarray(outline, dtype=np.int32))
    tables = _tables(boxes)
    cells = tuple(
        Cell(left / lines.scale, top / lines.scale, right / lines.scale, bottom / lines.scale, table)
        for (left, top, right, bottom), table in zip(boxes, tables, strict=True)
    )
    grid = Grid(cells, tuple(kept), lines.scale)
    return grid.without({number for number in tables if _is_small(boxes, tables, number, whole)})


def _is_small(boxes: list[tuple[int, int, int, int]], tables: list[int], number: int, whole: int) -> bool:
    """Whether there are too few cells for a table: small ones by twos lie within seals and large characters."""
    some = [box for box, table in zip(boxes, tables, strict=True) if table == number]
    area = sum((right - left) * (bottom - top) for left, top, right, bottom in some)
    return len(some) < _FEWEST and area < _FRAME * whole


def _tables(boxes: list[tuple[int, int, int, int]]) -> list[int]:
    """A number for each box; those that touch, a wall's thickness aside, have the same."""
    table = list(range(len(boxes)))
    for one, (left, top, right, bottom) in enumerate(boxes):
        for other in range(one):
            apart = boxes[other]
            touching = (
                left - 8 < apart[2] and apart[0] < right + 8 and top - 8 < apart[3] and apart[1] < bottom + 8
            )
            if touching and table[one] != table[other]:
                old, new = table[one], table[other]
                table = [new if number == old else number for number in table]
    return table
