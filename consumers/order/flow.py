"""The order in which a person reads what stands on a page: columns, tables, rows, and what of it is one block."""

from __future__ import annotations

from itertools import pairwise
from statistics import median

from consumers.order.columns import Bar, bar_of, split
from consumers.order.place import Place
from consumers.order.rows import Row, plain, rows_of
from consumers.order.wrapped import wrapped

_APART = 1.0
"""Rows stand in two blocks where the gap between them is so much of their height wider than usual."""
_LARGER = 1.45
"""A row so many times higher than the next is a heading, and a block of its own."""


def flow(tables: list[list[Row]], loose: list[Place]) -> list[list[Row]]:
    """The blocks of a page, each with its rows, in the order of reading."""
    return _read([bar_of(tuple(rows), table=True) for rows in tables] + bars_of(loose))


def bars_of(loose: list[Place]) -> list[Bar]:
    """What takes its room of its own: pieces, and cells of several lines with their neighbours."""
    bars: list[Bar] = []
    for row in wrapped([plain(row) for row in rows_of(loose)]):
        pieces = [row] if any(len(cell) > 1 for cell in row.cells) else [Row((cell,)) for cell in row.cells]
        bars.extend(bar_of((piece,)) for piece in pieces)
    return bars


def _read(bars: list[Bar]) -> list[list[Row]]:
    found = split(bars)
    if found is not None:
        parts = (found.above, found.left, found.right, found.below)
        return [block for part in parts for block in _read(part)]
    return _blocks(bars)


def _blocks(bars: list[Bar]) -> list[list[Row]]:
    """Rows straight across; a table is a block, what stands above and below it others."""
    pieces = [b.rows[0].places[0] for b in bars if not b.table and len(b.rows[0].places) == 1]
    leveled = [(row.level, 0, row) for row in (plain(row) for row in rows_of(pieces))]
    leveled += [(b.rows[0].level, 0, b.rows[0]) for b in bars if not b.table and len(b.rows[0].places) > 1]
    for number, table in enumerate((b for b in bars if b.table), start=1):
        reached = table.top
        for row in table.rows:
            # The rows of a table are in order already, wherever the text in their cells begins.
            reached = max(reached, row.level)
            leveled.append((reached, number, row))
    leveled.sort(key=lambda entry: entry[0])
    usual = _usual_gap([row for _, number, row in leveled if not number])
    blocks: list[list[Row]] = []
    last: tuple[int, Row] | None = None
    for _, number, row in leveled:
        if last is None or last[0] != number or (not number and _apart(last[1], row, usual)):
            blocks.append([])
        blocks[-1].append(row)
        last = (number, row)
    return blocks


def _usual_gap(rows: list[Row]) -> float:
    gaps = [below.top - above.bottom for above, below in pairwise(rows)]
    return median(gaps) if gaps else 0.0


def _apart(above: Row, below: Row, usual: float) -> bool:
    low, high = sorted((above.height, below.height))
    return below.top - above.bottom > max(usual, 0.0) + _APART * low or high > _LARGER * low
