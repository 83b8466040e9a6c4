"""A table of figures in which the year before stands beside each."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from retention.reports.report import Cell, Chart, Column, Row, Series, Table, Words

Measures = Sequence[tuple[str, Words]]
"""What is counted: its name for programs, and for people."""
Count = Callable[[int, str, str], int]
"""How many there are in that year, in that row, of that measure."""


def paired(
    first: Column,
    rows: Sequence[tuple[str, Cell]],
    measures: Measures,
    years: tuple[int, int],
    count: Count,
    more: Sequence[tuple[Column, Callable[[str], int]]] = (),
) -> Table:
    """A row for each of `rows` (its key, and what stands in the first column), two columns for each measure: the year before
    and this year; then `more`; sums under all. Without rows it is empty."""
    before, this = years
    columns = [first]
    for key, name in measures:
        columns += [Column(f"{key}_{year}", Words(str(year)), "whole", over=name) for year in (before, this)]
    columns += [column for column, _ in more]
    made: list[Row] = []
    sums = [0] * (len(columns) - 1)
    for row, told in rows:
        counted = [count(year, row, key) for key, _ in measures for year in (before, this)]
        counted += [of(row) for _, of in more]
        made.append((told, *counted))
        sums = [one + other for one, other in zip(sums, counted, strict=True)]
    return Table(
        f"by_{first.key}",
        tuple(columns),
        tuple(made),
        totals=(Words("合计", "Total"), *sums) if made else None,
    )


def beside(
    key: str,
    title: Words,
    rows: Sequence[tuple[str, str]],
    years: tuple[int, int],
    count: Callable[[int, str], int],
) -> Chart:
    """The same of one measure as a chart: for each of `rows` (its key and its label) a bar of each year."""
    return Chart(
        key,
        title,
        tuple(label for _, label in rows),
        tuple(Series(Words(str(year)), tuple(count(year, row) for row, _ in rows)) for year in years),
    )
