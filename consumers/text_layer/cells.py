"""What stands in the cells of a ruled table, said row by row."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from consumers.text_layer.glyphs import Glyph
from consumers.text_layer.rows import GAP, Row, Said, join, rows_of
from consumers.text_layer.segments import Segment, segments_of
from consumers.text_layer.tables import Grid
from consumers.text_layer.turned import turned_lines
from consumers.text_layer.upright import Edges

_LONG = 4
"""A cell of more lines than this is text by itself: its lines stay lines."""


@dataclass(frozen=True)
class Filled(Segment):
    """A table with what stands in it. To those who order a page it is one large segment without words."""

    rows: tuple[tuple[tuple[Said, ...], ...], ...] = ()

    def said(self) -> Iterator[Said]:
        """The table's lines: a row is one, unless a cell of it holds a whole text."""
        for row in self.rows:
            yield from _row([cell for cell in row if cell])


def filled(glyphs: Sequence[Glyph], grids: Sequence[Grid]) -> tuple[list[Filled], list[Glyph]]:
    """The tables in which something stands, and the characters that stand in none."""
    if not grids or not glyphs:
        return [], list(glyphs)
    owner = _owners(glyphs, [cell for grid in grids for row in grid.rows for cell in row])
    inside: dict[int, list[Glyph]] = {}
    for glyph, number in zip(glyphs, owner, strict=True):
        inside.setdefault(number, []).append(glyph)
    tables, number = [], 0
    for grid in grids:
        rows = []
        for row in grid.rows:
            rows.append(tuple(_lines(inside.get(number + n, []), cell) for n, cell in enumerate(row)))
            number += len(row)
        if any(cell for row in rows for cell in row):
            tables.append(Filled((), grid.edges, tuple(rows)))
    return tables, inside.get(-1, [])


def _owners(glyphs: Sequence[Glyph], cells: Sequence[Edges]) -> list[int]:
    """For each character the number of the smallest cell in which its middle lies, -1 for none."""
    x = np.array([(g.left + g.right) / 2 for g in glyphs])
    y = np.array([(g.top + g.bottom) / 2 for g in glyphs])
    owner = np.full(len(glyphs), -1)
    sizes = [(right - left) * (bottom - top) for left, top, right, bottom in cells]
    for number in sorted(range(len(cells)), key=lambda n: -sizes[n]):
        left, top, right, bottom = cells[number]
        owner[(x >= left) & (x <= right) & (y >= top) & (y <= bottom)] = number
    return [int(number) for number in owner]


def _lines(glyphs: list[Glyph], cell: Edges) -> tuple[Said, ...]:
    """What a cell says: its lines made one, or as they are where there are many of them."""
    rows = rows_of(segments_of(g for g in glyphs if g.turn == 0))
    said = [Said(row.text, row.runs) for row in rows]
    said = [*turned_lines([g for g in glyphs if g.turn]), *said]
    if not said or (len(said) > _LONG and not _is_stacked(rows)):
        return tuple(said)
    text = said[0].text
    for before, after in itertools.pairwise(said):
        tall = before.edges[3] - before.edges[1]
        text = join(text, after.text, wrapped=before.edges[2] > cell[2] - 1.6 * tall)
    return (Said(text, tuple(run for one in said for run in one.runs)),)


def _is_stacked(rows: Sequence[Row]) -> bool:
    """Whether the characters stand one below the other, as labels in narrow cells do."""
    return all(len(row.text) == 1 for row in rows)


def _row(cells: list[tuple[Said, ...]]) -> Iterator[Said]:
    """The lines of one row: short cells beside each other; a long one continues on lines of its own."""
    held: list[Said] = []
    for cell in cells:
        held.append(cell[0])
        if len(cell) > 1:
            yield _together(held)
            yield from cell[1:]
            held = []
    if held:
        yield _together(held)


def _together(cells: list[Said]) -> Said:
    text = cells[0].text
    for before, after in itertools.pairwise(cells):
        # An ID number of which each digit has a box of its own is still one number.
        comb = len(before.text) == len(after.text) == 1 and (before.text + after.text).isalnum()
        comb = comb and (before.text + after.text).isascii()
        text += after.text if comb else GAP + after.text
    return Said(text, tuple(run for cell in cells for run in cell.runs))
