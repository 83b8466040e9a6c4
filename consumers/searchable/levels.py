"""Bringing the rows of a page down the page in their order, none over another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import accumulate, pairwise
from math import inf

from consumers.searchable.row import Row

_STEP = 3.2
"""Points between two rows: pdfplumber takes what is 3 points apart, or less, for one row."""
_ROOM = 0.6
"""The part of its height that a row keeps where it runs into the next; PDFium and poppler take rows that overlap for
one, and put them in order from left to right."""
_COLUMN = 1.5
"""A row that begins so many type sizes above the one before it begins another column."""


def settled(rows: Sequence[Row], height: float) -> list[Row]:
    """The same rows, each below the one before it, as little moved as can be (least squares), none reaching into the
    next, and none above or below the page, whose `height` is given in points.

    A row that stands well above the one before it starts another column, and is left where it is.
    """
    done: list[Row] = []
    column: list[Row] = []
    for row in rows:
        if column and row.top < column[-1].top - _COLUMN * max(row.size, column[-1].size):
            done += _apart(column, height)
            column = []
        column.append(row)
    return done + _apart(column, height)


def _apart(column: list[Row], height: float) -> list[Row]:
    steps = [max(_STEP, _ROOM * min(above.size, below.size)) for above, below in pairwise(column)]
    squeezed = min(1.0, height / (sum(steps) + _STEP))
    offsets = list(accumulate((step * squeezed for step in steps), initial=0.0))[: len(column)]
    rising = _rising([row.top - offset for row, offset in zip(column, offsets, strict=True)])
    most = height - squeezed * (sum(steps) + _STEP)
    tops = [min(max(top, 0.0), most) + offset for top, offset in zip(rising, offsets, strict=True)]
    rooms = [below - above for above, below in pairwise(tops)]
    return [
        replace(row, top=top, size=min(row.size, room))
        for row, top, room in zip(column, tops, [*rooms, inf][: len(column)], strict=True)
    ]


def _rising(values: Sequence[float]) -> list[float]:
    """The values evened out so that none is less than the one before it: neighbours that stand the wrong way round are
    pooled at their mean (isotonic regression)."""
    pools: list[tuple[float, int]] = []
    for value in values:
        total, count = value, 1
        while pools and pools[-1][0] / pools[-1][1] > total / count:
            before, many = pools.pop()
            total, count = total + before, count + many
        pools.append((total, count))
    return [total / count for total, count in pools for _ in range(count)]
