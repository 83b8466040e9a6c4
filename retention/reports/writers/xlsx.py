"""A report as an XLSX workbook: a cover, a sheet for each section with tables, real days and numbers, charts.

XlsxWriter writes row by row, so that a million rows take little room. Every text is written as text: what begins with
= + - @ is never a formula, here or once somebody has edited the cell.
"""

from __future__ import annotations

import io
import re
from datetime import date, datetime
from itertools import islice
from typing import Any

from xlsxwriter import Workbook

from retention.reports.report import Cell, Column, Report, Row, Section, Table, Words
from retention.reports.writers.printed import shown
from retention.reports.writers.xlsx_look import Look, width_of

MOST_ROWS = 1_000_000
"""Rows on a sheet: one bears 1,048,576 and has a head."""
_CHARTS = "图表 Charts"
_A4 = 9
_PIXELS_A_BAR = 22


def written(report: Report) -> bytes:
    """The workbook."""
    out = io.BytesIO()
    # In memory it would hold every row until the end; strings that look like formulas, numbers or links stay strings.
    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_numbers": False,
        "strings_to_urls": False,
    }
    with Workbook(out, options) as book:
        frame = report.frame
        book.set_properties(
            {
                "title": f"{report.title.zh} {report.title.en}",
                "company": frame.organisation,
                "author": frame.made_by,
                "comments": f"密级：{report.level}",
                "created": datetime(*frame.made_on.timetuple()[:6]),  # noqa: DTZ001 - a day, without a zone
            }
        )
        look = Look(book)
        _cover(book, look, report)
        for section in report.sections:
            _section(book, look, report, section)
        _charts(book, look, report)
    return out.getvalue()


def _cover(book: Any, look: Look, report: Report) -> None:
    sheet = _sheet(book, report, "封面")
    sheet.set_column(0, 0, 24)
    sheet.set_column(1, 1, 70)
    head = report.frame.register_head
    register = (
        f"第 {head.seq} 条，{report.frame.second(head.at)}，SHA-256 {head.hash}"
        if head.seq
        else "台账尚无记录 the register is empty"
    )
    lines: list[tuple[Cell, Cell, Any]] = [
        (report.frame.organisation, None, look.title),
        (report.title, None, look.title),
        ("密级 Level", report.level, look.name),
        *((caution, None, look.caution) for caution in report.cautions),
        *((fact.name, fact.value, look.name) for fact in report.facts),
        *((figure.name, figure.value, look.name) for figure in report.figures),
        ("编制人 Made by", report.frame.made_by, look.name),
        *(
            (section.title, _notes(section) or section.empty, look.name)
            for section in report.sections
            if _bare(section)
        ),
        *((closing, None, look.text) for closing in report.closing),
        *((one.part, f"{one.name} {one.on or ''}".strip(), look.name) for one in report.signatures),
        ("台账末条 Register head", register, look.name),
    ]
    for row, (name, value, style) in enumerate(lines):
        _write(sheet, row, 0, name, look, style)
        if value is not None:
            _write(sheet, row, 1, value, look)


def _section(book: Any, look: Look, report: Report, section: Section) -> None:
    """A sheet for each table of the section; a longer one goes on on the next."""
    for table in (part for part in section.parts if isinstance(part, Table)):
        rows = iter(table.rows)
        for number in range(1 + max(0, len(table.rows) - 1) // MOST_ROWS):
            name = _name(book, section.title.zh, number)
            _table(_sheet(book, report, name), look, report, table, islice(rows, MOST_ROWS))


def _table(sheet: Any, look: Look, report: Report, table: Table, rows: Any) -> None:
    for place, column in enumerate(table.columns):
        sheet.set_column(place, place, width_of(column))
    sheet.write_string(0, 0, f"{report.title.zh}　密级：{report.level}", look.title)
    top = 1
    for caution in report.cautions:
        sheet.write_string(top, 0, caution.zh, look.caution)
        top += 1
    sheet.set_row(top, 32)
    for place, column in enumerate(table.columns):
        sheet.write_string(top, place, _head(column), look.head)
    sheet.freeze_panes(top + 1, 0)
    sheet.repeat_rows(top)
    last = top
    for last, row in enumerate(rows, start=top + 1):
        _row(sheet, last, table.columns, row, look, strong=False)
    sheet.autofilter(top, 0, max(last, top), len(table.columns) - 1)
    if table.totals is not None and last > top:
        _row(sheet, last + 1, table.columns, table.totals, look, strong=True)


def _row(sheet: Any, at: int, columns: tuple[Column, ...], row: Row, look: Look, *, strong: bool) -> None:
    for place, (column, cell) in enumerate(zip(columns, row, strict=True)):
        style = look.strong if strong else look.wrapped if column.sort == "text" else look.plain
        if cell is not None:
            _write(sheet, at, place, cell, look, style)


def _write(sheet: Any, row: int, column: int, cell: Cell, look: Look, style: Any = None) -> None:
    match cell:
        case bool() | int():
            sheet.write_number(row, column, cell, look.number if style is not look.strong else look.strong)
        case date():
            sheet.write_datetime(row, column, datetime(*cell.timetuple()[:6]), look.day)  # noqa: DTZ001 - a day
        case _:
            text = _plain(cell)
            sheet.write_string(row, column, text, look.safe(text, style or look.wrapped))


def _charts(book: Any, look: Look, report: Report) -> None:
    """The numbers of every chart, with the chart beside them."""
    charts = list(report.charts())
    if not charts:
        return
    sheet = _sheet(book, report, _CHARTS)
    sheet.set_column(0, 0, 28)
    row = 0
    for one in charts:
        sheet.write_string(row, 0, one.title.zh, look.title)
        for place, series in enumerate(one.series, start=1):
            sheet.write_string(row + 1, place, series.name.zh, look.head)
        for line, label in enumerate(one.labels, start=row + 2):
            sheet.write_string(line, 0, label, look.safe(label, look.name))
            for place, series in enumerate(one.series, start=1):
                sheet.write_number(line, place, series.values[line - row - 2], look.number)
        last = row + 1 + len(one.labels)
        drawn = book.add_chart({"type": "bar", **({"subtype": "stacked"} if one.stacked else {})})
        for place in range(1, len(one.series) + 1):
            drawn.add_series(
                {
                    "name": [_CHARTS, row + 1, place],
                    "categories": [_CHARTS, row + 2, 0, last, 0],
                    "values": [_CHARTS, row + 2, place, last, place],
                    "data_labels": {"value": not one.stacked},
                    "gap": 60,
                }
            )
        drawn.set_title({"name": one.title.zh, "name_font": {"size": 12}})
        # The first label stands on top, as in the table.
        drawn.set_y_axis({"reverse": True})
        drawn.set_x_axis(
            {"num_format": "0", "major_gridlines": {"visible": True, "line": {"color": "#dddddd"}}}
        )
        drawn.set_legend({"position": "bottom"})
        bars = len(one.labels) * (1 if one.stacked else len(one.series))
        height = 150 + bars * _PIXELS_A_BAR
        drawn.set_size({"width": 620, "height": height})
        sheet.insert_chart(row, len(one.series) + 2, drawn)
        row = max(last + 3, row + height // 20 + 3)


def _sheet(book: Any, report: Report, name: str) -> Any:
    """An empty sheet that prints as the report does: A4, repeated heads, page numbers, the level on each page."""
    sheet = book.add_worksheet(name)
    sheet.set_paper(_A4)
    if report.paper == "landscape":
        sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.45, right=0.45, top=0.75, bottom=0.7)
    sheet.set_header(
        f"&L{_code(report.frame.organisation)}&C{_code(report.title.zh)}&R密级：{_code(report.level)}"
    )
    head = report.frame.register_head
    told = f"台账第 {head.seq} 条 {head.hash[:16]}" if head.seq else "台账尚无记录"
    sheet.set_footer(f"&L{told}&R第 &P 页　共 &N 页")
    return sheet


def _code(text: str) -> str:
    """A text within a header: & begins an order there, and 255 signs are all that a header bears."""
    return text[:60].replace("&", "&&")


def _name(book: Any, title: str, number: int) -> str:
    """A sheet's name that is not taken: at most 31 signs, some of which Excel refuses."""
    plain = re.sub(r"[\[\]:*?/\\']", " ", title).strip()[:24] or "表"
    taken = {sheet.get_name().lower() for sheet in book.worksheets()}
    names = [
        plain if number == 0 else f"{plain}（{number + 1}）",
        *(f"{plain} {place}" for place in range(2, 100)),
    ]
    return next(name for name in names if name.lower() not in taken)


def _head(column: Column) -> str:
    over = f"{column.over.zh} " if column.over else ""
    return f"{over}{column.name.zh}\n{column.name.en}".rstrip()


def _bare(section: Section) -> bool:
    return not any(isinstance(part, Table) and len(part.rows) for part in section.parts)


def _notes(section: Section) -> str:
    return "\n".join(
        _plain(part.words) for part in section.parts if not isinstance(part, Table) and hasattr(part, "words")
    )


def _plain(cell: Cell) -> str:
    """A cell in one text: its English after the Chinese, what stands in the way each on a line of its own."""
    if isinstance(cell, Words):
        return f"{cell.zh} {cell.en}".strip()
    one = shown(cell)
    alarms = (f"{alarm.zh} {alarm.en}".strip() for alarm in one.alarms)
    return "\n".join(filter(None, (one.zh, one.en, *alarms)))
