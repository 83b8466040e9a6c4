"""Ruled tables, read row by row: what stands in one cell is one, however many lines it has."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

from consumers.order.cells import Cell, Grid
from consumers.order.cutting import cut
from consumers.order.place import Place
from consumers.order.rows import Lines, Row, cell_of, plain, rows_of, stacks_of

_STREAK, _STREAKED = 15.0, 3
"""A streak strays sideways by so many pixels at most, and cuts the text of so many rows at least."""
_LONG_CELL = 8
"""A cell of more lines is a text of its own, whose lines stay lines."""
_WIDE_GAP = 2.0
"""Pieces on one line of a cell that stand so many times their height apart are columns of a list within it."""

Filled = list[tuple[Cell, list[Place]]]


def tables_of(places: list[Place], grid: Grid) -> tuple[list[list[Row]], list[Place]]:
    """The rows of every table, and what stands in none.

    A frame around a text is no table: two cells side by side have to bear text.
    """
    inside: dict[int | None, list[Place]] = {}
    home = _homes(places, grid)
    for place in places:
        for part, cell in cut(place, grid, home):
            inside.setdefault(cell, []).append(part)
    tables = {cell.table: _rows_of_cells(_filled(cell.table, grid, inside)) for cell in grid.cells}
    frames = {number for number, rows in tables.items() if all(len(row) < 2 for row in rows)}
    if frames:
        return tables_of(places, grid.without(frames))
    loose = inside.get(None, [])
    read = []
    for rows in tables.values():
        table, loose = _table(rows, loose)
        read.append(table)
    return read, loose


def _filled(number: int, grid: Grid, inside: dict[int | None, list[Place]]) -> Filled:
    """The cells of a table that bear text, with their text."""
    return [(cell, inside[at]) for at, cell in enumerate(grid.cells) if cell.table == number and at in inside]


def _homes(places: list[Place], grid: Grid) -> list[int]:
    """For each cell the one it is part of: where text runs across a border, a stroke of a seal was taken for it.

    Once is nothing, label and value may have been read in one; but not beside a second line of the same cell.
    """
    home = list(range(len(grid.cells)))
    while True:
        cuts = [cut(place, grid, home) for place in places]
        crossings = Counter(
            (one, other)
            for parts in cuts
            for (_, one), (_, other) in pairwise(parts)
            if one is not None and other is not None
        )
        inside: dict[int | None, list[Place]] = {}
        for part, cell in (entry for parts in cuts for entry in parts):
            inside.setdefault(cell, []).append(part)
        wrong = [
            pair
            for pair, count in crossings.items()
            if count > 1 or len(rows_of(inside[pair[0]])) > 1 or _is_streak(grid, crossings, pair[1], inside)
        ]
        if not wrong:
            return home
        for one, other in wrong:
            old, new = home[other], home[one]
            home = [new if cell == old else cell for cell in home]


def _is_streak(
    grid: Grid, crossings: Counter[tuple[int, int]], cell: int, inside: dict[int | None, list[Place]]
) -> bool:
    """Whether a cell begins at a streak of a fax, and not at a column's border: most rows run across it."""

    def begins_there(other: int) -> bool:
        return abs(grid.cells[other].left - grid.cells[cell].left) <= _STREAK

    across = sum(begins_there(other) for _, other in crossings)
    return across >= _STREAKED and 2 * across > sum(begins_there(at) for at in inside if at is not None)


def _rows_of_cells(filled: Filled) -> list[Filled]:
    """The cells by the row in which they begin: one that spans several rows is read with the first of them."""
    rows: list[Filled] = []
    for entry in sorted(filled, key=lambda e: e[0].top):
        cell = entry[0]
        if rows:
            first = min(rows[-1], key=lambda e: e[0].bottom - e[0].top)[0]
            if cell.top - rows[-1][0][0].top < 0.4 * min(first.bottom - first.top, cell.bottom - cell.top):
                rows[-1].append(entry)
                continue
        rows.append([entry])
    return [sorted(row, key=lambda e: e[0].left) for row in rows]


def _table(rows: list[Filled], loose: list[Place]) -> tuple[list[Row], list[Place]]:
    """The table's rows, with what stands beside their cells where a line is missing; and what is left over."""
    table: list[Row] = []
    left = min(cell.left for row in rows for cell, _ in row)
    right = max(cell.right for row in rows for cell, _ in row)
    for row in rows:
        top, bottom = row[0][0].top, min(cell.bottom for cell, _ in row)
        beside = [p for p in loose if top < p.level < bottom and left < (p.left + p.right) / 2 < right]
        loose = [p for p in loose if p not in beside]
        cells = [(cell.left, some) for cell, some in row]
        cells += [(min(p.left for p in stack), stack) for stack in stacks_of(beside)]
        table.extend(_read([some for _, some in sorted(cells, key=lambda e: e[0])]))
    return table, loose


def _read(cells: list[list[Place]]) -> list[Row]:
    """One row; the lines of a list or a long text within one of its cells are rows of their own."""
    rows: list[Row] = []
    said: list[Lines] = []
    for cell in cells:
        if not _is_list(cell):
            said.append(cell_of(cell))
            continue
        first, *others = rows_of(cell)
        rows.append(Row((*said, *plain(first).cells)))
        rows.extend(map(plain, others))
        said = []
    return [*rows, Row(tuple(said))] if said else rows


def _is_list(cell: list[Place]) -> bool:
    lines = rows_of(cell)
    apart = [
        line
        for line in lines
        if any(b.left - a.right > _WIDE_GAP * min(a.height, b.height) for a, b in pairwise(line))
    ]
    return len(lines) > _LONG_CELL or (len(lines) > 1 and 2 * len(apart) > len(lines))
