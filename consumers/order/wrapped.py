"""Cells of several lines where no line is ruled: a value that was wrapped beside a label that was not.

Told by their leading: the lines of one cell stand closer to each other than to what is above and below.
"""

from __future__ import annotations

from itertools import pairwise

from consumers.order.place import Place
from consumers.order.rows import Lines, Row, stacks_of

_TIGHT = 1.9
"""Lines of one cell stand at most so many times their height below each other."""
_LOOSER = 0.3
"""What is above and below a cell stands farther off by so much of the height."""
_MOST = 6
"""So many lines at most has a cell without a frame; more are a text."""
_FLUSH = 0.6
"""The lines of a cell begin under each other, to so much of their height."""
_CENTRED = 0.35
"""A label that stands beside the middle of a cell is so much of its height off at most."""


def wrapped(rows: list[Row]) -> list[Row]:
    """The rows, those that are lines of the same cells made one."""
    joined: list[Row] = []
    at = 0
    while at < len(rows):
        for count in range(min(_MOST, len(rows) - at), 1, -1):
            one = _one_row(rows, at, at + count)
            if one is not None:
                joined.append(one)
                at += count
                break
        else:
            joined.append(rows[at])
            at += 1
    return joined


def _one_row(rows: list[Row], begin: int, end: int) -> Row | None:
    """The rows from `begin` to before `end` as one, if they are lines of cells side by side."""
    some = rows[begin:end]
    high = min(row.height for row in some)
    inner = [below.level - above.level for above, below in pairwise(some)]
    if max(inner) > _TIGHT * high:
        return None
    stacks = stacks_of(place for row in some for place in row.places)
    if len(stacks) < 2:
        return None
    cells = [_lines(stack) for stack in stacks]
    if any(cell is None for cell in cells):
        return None
    lines = [cell for cell in cells if cell is not None]
    longest = max(lines, key=len)
    if len(longest) < 2 or not _centred(lines, longest):
        return None
    # The distance between lines of the longest cell; rows in between are those of the label.
    leading = max(below[0].level - above[0].level for above, below in pairwise(longest))
    for outer in (rows[begin - 1 : begin], rows[end : end + 1]):
        near = [abs(outer[0].level - edge.level) for edge in (longest[0][0], longest[-1][0])] if outer else []
        if near and min(near) < leading + _LOOSER * high:
            return None
    return Row(tuple(lines))


def _lines(stack: list[Place]) -> Lines | None:
    """The stack as lines of one cell, each a single piece, flush left and evenly close; else None."""
    lines = sorted(stack, key=lambda p: p.level)
    for above, below in pairwise(lines):
        high = min(above.height, below.height)
        leading = below.level - above.level
        if leading < 0.6 * high or leading > _TIGHT * high or abs(above.left - below.left) > _FLUSH * high:
            return None
    return tuple((place,) for place in lines)


def _centred(cells: list[Lines], longest: Lines) -> bool:
    """Whether every cell stands beside the middle of the longest, and one of them on no level of its lines."""
    middle = (longest[0][0].level + longest[-1][0].level) / 2
    return all(
        abs((cell[0][0].level + cell[-1][0].level) / 2 - middle) <= _CENTRED * cell[0][0].height
        for cell in cells
    ) and any(len(cell) != len(longest) for cell in cells)
