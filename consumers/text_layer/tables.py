"""Tables with ruled lines: pdfplumber makes cells of the lines, and each row is read with its label beside its value.

pdfplumber's own way through pdfminer takes 10 to 40 ms for a page before the first cell is found, and walks the
page tree from its start for every page; its table finder takes the lines that PDFium knows as well.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from pdfplumber.table import TableFinder, TableSettings

from consumers.text_layer.upright import Edges

_MOST = 1_500
"""More crossings than this (level lines times upright ones) are a drawing or a hatching, and would take seconds."""
_NEAR = 1.0
"""Lines so near to each other, in points, are one: two neighbouring cells have each drawn their own."""
_HOLE = 2.0
"""A line with a hole of so many points is still one."""


@dataclass(frozen=True)
class Grid:
    """A ruled table: its place, and its cells row by row, left to right."""

    edges: Edges
    rows: tuple[tuple[Edges, ...], ...]


@dataclass(frozen=True)
class _Ruled:
    """As much of a pdfplumber page as its table finder asks for."""

    edges: list[dict[str, Any]]


def grids_of(rules: Sequence[Edges]) -> list[Grid]:
    """The tables with two rows or more that these lines make up, top to bottom."""
    across = [((r[1] + r[3]) / 2, r[0], r[2]) for r in rules if r[2] - r[0] >= r[3] - r[1]]
    down = [((r[0] + r[2]) / 2, r[1], r[3]) for r in rules if r[2] - r[0] < r[3] - r[1]]
    rows, columns = list(_joined(across)), list(_joined(down))
    if len(rows) < 3 or len(columns) < 2 or len(rows) * len(columns) > _MOST:
        return []
    edges = [_edge("h", start, at, end, at) for at, start, end in rows]
    edges += [_edge("v", at, start, at, end) for at, start, end in columns]
    grids = []
    page: Any = _Ruled(edges)
    for table in TableFinder(page, TableSettings()).tables:
        cells = [tuple(cell for cell in row.cells if cell) for row in table.rows]
        if len(cells) > 1:
            grids.append(Grid(table.bbox, tuple(cells)))
    return grids


def _joined(lines: list[tuple[float, float, float]]) -> Iterator[tuple[float, float, float]]:
    """The lines (where, from, to), those that continue or cover each other made one."""
    held: list[tuple[float, float, float]] = []
    for at, start, end in sorted(lines):
        if held and at - held[0][0] > _NEAR:
            yield from _chained(held)
            held = []
        held.append((at, start, end))
    yield from _chained(held)


def _chained(level: list[tuple[float, float, float]]) -> Iterator[tuple[float, float, float]]:
    at = level[0][0] if level else 0.0
    begun: tuple[float, float] | None = None
    for _, start, end in sorted(level, key=lambda line: line[1]):
        if begun is not None and start <= begun[1] + _HOLE:
            begun = (begun[0], max(begun[1], end))
            continue
        if begun is not None:
            yield at, *begun
        begun = (start, end)
    if begun is not None:
        yield at, *begun


def _edge(orientation: str, left: float, top: float, right: float, bottom: float) -> dict[str, Any]:
    return {
        "object_type": "line",
        "orientation": orientation,
        "x0": left,
        "x1": right,
        "top": top,
        "bottom": bottom,
        "width": right - left,
        "height": bottom - top,
    }
