from __future__ import annotations

import zipfile
from dataclasses import replace
from datetime import date, datetime
from io import BytesIO

import pytest
from openpyxl import load_workbook

from retention.reports.report import Column, Rows, Section, Table, Words
from retention.reports.writers import WRITERS, xlsx
from retention.reports.writers.printed import shown
from tests.retention.reports.made_up import NUMBER, SECRET, every_report, eyes
from tests.retention.reports.writers.conftest import REPORTS, ROWS, Written
from tests.retention.reports.writers.test_html import a_report

FORMULAS = ("=1+1", "+86", "-1", "@SUM(A1)", "\t=1", '=HYPERLINK("http://x")', "http://x.example", "00123")


def all_text_of(content: bytes) -> str:
    with zipfile.ZipFile(BytesIO(content)) as packed:
        return "".join(packed.read(name).decode("utf-8", "replace") for name in packed.namelist())


@pytest.mark.parametrize("name", REPORTS)
def test_every_row_is_there_with_real_days_and_numbers(name: str, everything: dict[str, Written]) -> None:
    one = everything[name]
    book = load_workbook(BytesIO(one.xlsx))
    sheets = [sheet for sheet in book.worksheets if sheet.freeze_panes]
    tables = [table for _, table in one.report.tables()]
    assert len(sheets) == len(tables)
    for sheet, table in zip(sheets, tables, strict=True):
        head = int(str(sheet.freeze_panes)[1:]) - 1
        told = [str(cell.value).split("\n")[0] for cell in sheet[head]]
        assert told == [
            f"{column.over.zh} {column.name.zh}" if column.over else column.name.zh
            for column in table.columns
        ]
        for cells, row in zip(sheet.iter_rows(min_row=head + 1), table.rows, strict=False):
            for cell, value in zip(cells, row, strict=True):
                if isinstance(value, date):
                    assert cell.value == datetime(value.year, value.month, value.day)  # noqa: DTZ001 - Excel has no zones
                    assert cell.number_format == "yyyy-mm-dd"
                elif isinstance(value, int):
                    assert cell.value == value
                elif value is not None and shown(value).zh:
                    assert shown(value).zh in str(cell.value)
                    assert cell.data_type == "s"
        assert sheet.max_row == head + len(table.rows) + (table.totals is not None and bool(len(table.rows)))


@pytest.mark.parametrize("name", REPORTS)
def test_every_sheet_prints_on_a4_with_its_head_and_page_numbers_on_each_page(
    name: str, everything: dict[str, Written]
) -> None:
    one = everything[name]
    for sheet in load_workbook(BytesIO(one.xlsx)).worksheets:
        assert int(sheet.page_setup.paperSize) == 9
        assert sheet.page_setup.orientation == one.report.paper
        assert sheet.oddFooter.right.text == "第 &P 页　共 &N 页"
        assert sheet.oddHeader.right.text == f"密级：{one.report.level}"
        assert "台账第 412 条" in sheet.oddFooter.left.text
        if sheet.freeze_panes:
            head = int(str(sheet.freeze_panes)[1:]) - 1
            assert sheet.print_title_rows == f"${head}:${head}"
            assert all(sheet.column_dimensions[letter].width >= 8 for letter in "AB")


def test_a_chart_is_a_chart_of_real_numbers(everything: dict[str, Written]) -> None:
    one = everything["statistics"]
    book = load_workbook(BytesIO(one.xlsx))
    sheet = book["图表 Charts"]
    assert len(sheet._charts) == len(list(one.report.charts())) == 3
    assert [cell.value for cell in sheet[2]][1:3] == ["2024", "2025"]
    assert [cell.value for cell in sheet[3]][:3] == ["收集", 42, 63]


def test_a_text_that_looks_like_a_formula_is_a_text_and_stays_one() -> None:
    rows = tuple((text,) for text in FORMULAS)
    report = a_report(sections=(Section(Words("清单"), (Table("t", (Column("a", Words("题名")),), rows),)),))
    sheet = load_workbook(BytesIO(WRITERS["xlsx"](report)))["清单"]
    cells = [cell for (cell,) in sheet.iter_rows(min_row=3)]
    assert [(cell.value, cell.data_type, cell.hyperlink) for cell in cells] == [
        (text, "s", None) for text in FORMULAS
    ]
    assert [bool(cell.quotePrefix) for cell in cells] == [True] * 6 + [False] * 2


@pytest.mark.parametrize("name", REPORTS)
def test_nothing_above_the_level_is_in_it_and_no_number(name: str, masked: dict[str, Written]) -> None:
    text = all_text_of(masked[name].xlsx)
    assert SECRET not in text
    assert NUMBER not in text


def test_a_list_that_is_too_long_for_a_sheet_goes_on_on_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx, "MOST_ROWS", 10)
    rows = Rows(lambda: range(25), 25, lambda number: (number,))
    table = Table("t", (Column("a", Words("号"), "whole"),), rows, most=5)
    book = load_workbook(
        BytesIO(WRITERS["xlsx"](a_report(sections=(Section(Words("一、清单：[甲/乙]"), (table,)),))))
    )
    sheets = [sheet for sheet in book.worksheets if sheet.freeze_panes]
    assert [sheet.max_row - 2 for sheet in sheets] == [10, 10, 5]
    assert [cell.value for (cell,) in sheets[2].iter_rows(min_row=3)] == [20, 21, 22, 23, 24]


def test_the_same_report_gives_the_same_bytes(everything: dict[str, Written]) -> None:
    for report in every_report(ROWS, eyes()):
        assert WRITERS["xlsx"](report) == everything[report.name.split("-")[0]].xlsx


def test_an_odd_organisation_breaks_no_header() -> None:
    report = a_report()
    odd = replace(report, frame=replace(report.frame, organisation="甲&乙" * 60))
    header = load_workbook(BytesIO(WRITERS["xlsx"](odd))).worksheets[0].oddHeader
    assert header.center.text == "档案借阅清单"
