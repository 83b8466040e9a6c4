"""A table as it is printed: cut to what paper bears, under its headings."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby, islice

from retention.reports.report import Cell, Column, Reason, Row, Table, Words


@dataclass(frozen=True)
class Shown:
    """A cell as it is printed."""

    zh: str
    en: str = ""
    alarms: tuple[Words, ...] = ()


@dataclass(frozen=True)
class Line:
    """A row, or, where `heading` is given, the line over the rows that share it."""

    cells: tuple[tuple[Column, Shown], ...] = ()
    heading: Shown | None = None
    count: int = 0


@dataclass(frozen=True)
class Over:
    """A heading over neighbouring columns, and how many they are; None over one that has its own."""

    words: Words | None
    span: int
    column: Column


@dataclass(frozen=True)
class Block:
    """One printed table: the heading that it stands under, if any, and its lines."""

    heading: tuple[Shown, ...]
    count: int
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class PrintedTable:
    """The table's blocks and columns; `all_of` is how many rows there are, `printed` how many of them stand here."""

    columns: tuple[Column, ...]
    overs: tuple[Over, ...]
    blocks: tuple[Block, ...]
    all_of: int
    printed: int
    totals: Line | None

    @property
    def cut(self) -> bool:
        """Whether there are more rows than are printed."""
        return self.printed < self.all_of


def printed(table: Table) -> PrintedTable:
    """The first rows of the table as they are printed."""
    rows = list(islice(iter(table.rows), table.most))
    columns = tuple(column for column in table.columns if not column.band)
    whole = len(rows) == len(table.rows)
    return PrintedTable(
        columns,
        tuple(_overs(columns)),
        tuple(_blocks(table, rows, whole=whole)),
        len(table.rows),
        len(rows),
        Line(_cells(table, table.totals)) if table.totals and rows else None,
    )


def shown(cell: Cell) -> Shown:
    """The cell in words."""
    match cell:
        case Reason():
            return Shown(cell.zh, cell.en, cell.alarms)
        case Words():
            return Shown(cell.zh, cell.en)
        case None:
            return Shown("")
        case date():
            return Shown(cell.isoformat())
        case _:
            return Shown(str(cell))


def _blocks(table: Table, rows: list[Row], *, whole: bool) -> Iterator[Block]:
    """One for each value of the first band; how many rows it has is known only where none was cut off."""
    for heading, members in groupby(rows, key=lambda row: _band(table, row, 1)):
        own = list(members)
        lines = tuple(_lines(table, own, whole=whole))
        yield Block(heading, len(own) if whole else 0, lines)


def _lines(table: Table, rows: list[Row], *, whole: bool) -> Iterator[Line]:
    for heading, members in groupby(rows, key=lambda row: _band(table, row, 2)):
        own = list(members)
        if heading:
            yield Line(heading=Shown("　".join(one.zh for one in heading)), count=len(own) if whole else 0)
        for row in own:
            yield Line(_cells(table, row))


def _band(table: Table, row: Row, band: int) -> tuple[Shown, ...]:
    return tuple(shown(cell) for column, cell in zip(table.columns, row, strict=True) if column.band == band)


def _cells(table: Table, row: Row) -> tuple[tuple[Column, Shown], ...]:
    pairs = zip(table.columns, row, strict=True)
    return tuple((column, shown(cell)) for column, cell in pairs if not column.band)


def _overs(columns: tuple[Column, ...]) -> Iterator[Over]:
    if not any(column.over for column in columns):
        return
    for over, members in groupby(columns, key=lambda column: column.over):
        own = list(members)
        if over is None:
            yield from (Over(None, 1, column) for column in own)
        else:
            yield Over(over, len(own), own[0])
