from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, timedelta, timezone

import pytest

from retention.reports.report import Report, Rows, Table
from tests.retention.reports.made_up import FRAME, every_report, eyes

PAPER = {"landscape": 273, "portrait": 170}
"""Millimetres between the margins."""
LEAST = 24
"""What a column without a width of its own must be left."""
CHINA = timezone(timedelta(hours=8))


def _name(one: tuple[Report, Table]) -> str:
    return f"{one[0].name}/{one[1].key}"


TABLES = [(report, table) for report in every_report(12, eyes()) for _, table in report.tables()]


@pytest.mark.parametrize("one", TABLES, ids=_name)
def test_the_columns_fit_on_the_paper(one: tuple[Report, Table]) -> None:
    report, table = one
    columns = [column for column in table.columns if not column.band]
    shares = sum(not column.width for column in columns)
    least = 12 if any(column.over for column in columns) else LEAST
    assert sum(column.width for column in columns) + shares * least <= PAPER[report.paper]


@pytest.mark.parametrize("one", TABLES, ids=_name)
def test_every_row_has_a_cell_for_each_column_of_its_sort(one: tuple[Report, Table]) -> None:
    _, table = one
    rows = list(table.rows)
    assert len(rows) == len(table.rows)
    for row in rows:
        for column, cell in zip(table.columns, row, strict=True):
            if column.sort == "day":
                assert cell is None or isinstance(cell, date)
            elif column.sort == "whole":
                assert isinstance(cell, int)


@pytest.mark.parametrize("one", TABLES, ids=_name)
def test_the_names_of_columns_are_each_one_s_own(one: tuple[Report, Table]) -> None:
    keys = [column.key for column in one[1].columns]
    assert len(set(keys)) == len(keys)


def test_a_report_is_the_same_each_time_and_its_rows_can_be_read_again() -> None:
    for one, other in zip(every_report(9, eyes()), every_report(9, eyes()), strict=True):
        for (_, first), (_, second) in zip(one.tables(), other.tables(), strict=True):
            assert list(first.rows) == list(first.rows) == list(second.rows)


def test_rows_are_made_only_as_they_are_read() -> None:
    made: list[int] = []

    def row_of(number: int) -> tuple[int]:
        made.append(number)
        return (number,)

    rows = Rows(lambda: range(1_000_000), 1_000_000, row_of)
    assert next(iter(rows)) == (0,)
    assert (len(rows), made) == (1_000_000, [0])


def test_times_are_told_as_the_office_s_clocks_show_them() -> None:
    frame = replace(FRAME, zone=CHINA)
    assert frame.day("2026-11-20T20:00:00.000000+00:00") == date(2026, 11, 21)
    assert frame.minute("2026-11-20T20:00:00.000000Z") == "2026-11-21 04:00"
    assert frame.act("李静", "2026-11-20T20:00:00+00:00") == "李静　2026-11-21"
    assert (frame.day(""), frame.minute(""), frame.act("李静", "")) == (None, "", "")
    assert replace(FRAME, zone=UTC).day("2026-11-20T20:00:00") == date(2026, 11, 20)
