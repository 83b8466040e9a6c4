from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.drawing.image import Image
from PIL import Image as Pillow

from consumers.errors import Refused
from tests.consumers.office.documents import member, picture, read, rezipped, saved, xlsx

MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
FIRST = "xl/worksheets/sheet1.xml"


def _sheet(inside: str) -> bytes:
    return rezipped(xlsx([["x"]]), {FIRST: f"<worksheet {MAIN}>{inside}</worksheet>"})


def test_each_worksheet_is_a_page_and_each_row_a_line(tmp_path: Path) -> None:
    book = Workbook()
    book.active.append(["姓名", None, "房号"])
    book.active.append(["王敏", None, "3-2-1201"])
    book.create_sheet("收款").append(["定金", 20000])
    pages = read(tmp_path, saved(book))
    assert [page.text for page in pages] == ["姓名\u3000房号\n王敏\u30003-2-1201", "收款\n定金\u300020000"]
    assert {(page.source, page.reader, page.doubtful) for page in pages} == {("text-layer", "office", ())}


def test_hidden_worksheets_rows_and_columns_are_read_too(tmp_path: Path) -> None:
    book = Workbook()
    book.active.append(["见", "藏"])
    book.active.column_dimensions["B"].hidden = True
    book.create_sheet("底稿").append(["隐"])
    book["底稿"].sheet_state = "hidden"
    assert [page.text for page in read(tmp_path, saved(book))] == ["见\u3000藏", "底稿\n隐"]


def test_values_are_read_as_they_are_shown(tmp_path: Path) -> None:
    book = Workbook()
    book.active.append([dt.date(2024, 3, 1), 1234567.5, 0.0525, "007", True, 3])
    for cell, code in zip(
        book.active[1], ('yyyy"年"m"月"d"日"', "#,##0.00", "0.00%", "@", "General", "0000"), strict=True
    ):
        cell.number_format = code
    (page,) = read(tmp_path, saved(book))
    assert page.text == "2024年3月1日\u30001,234,567.50\u30005.25%\u3000007\u3000TRUE\u30000003"


def test_a_date_in_a_format_that_only_chinese_excel_knows_is_a_date(tmp_path: Path) -> None:
    book = Workbook()
    book.active["A1"] = 45352
    book.active["A1"].number_format = "0.00"
    content = saved(book)
    styles = member(content, "xl/styles.xml").replace('numFmtId="2"', 'numFmtId="31"')
    (page,) = read(tmp_path, rezipped(content, {"xl/styles.xml": styles}))
    assert page.text == "2024年3月1日"


def test_a_merged_cell_is_read_once(tmp_path: Path) -> None:
    book = Workbook()
    book.active.append(["客户登记表"])
    book.active.merge_cells("A1:F1")
    book.active.append(["a", "b"])
    (page,) = read(tmp_path, saved(book))
    assert page.text == "客户登记表\na\u3000b"


def test_a_formula_is_read_by_the_value_that_was_stored(tmp_path: Path) -> None:
    cells = '<c r="A1"><f>1+1</f><v>2</v></c><c r="B1" t="str"><f>A1&amp;"元"</f><v>2元</v></c>'
    (page,) = read(tmp_path, _sheet(f'<sheetData><row r="1">{cells}</row></sheetData>'))
    assert (page.text, page.doubtful) == ("2\u30002元", ())


def test_a_formula_without_a_stored_value_makes_the_page_doubtful(tmp_path: Path) -> None:
    book = Workbook()
    book.active["A1"] = "=1+1"
    (page,) = read(tmp_path, saved(book))
    assert "公式" in page.doubtful[0]


def test_comments_and_pictures_are_not_lost(tmp_path: Path) -> None:
    book = Workbook()
    book.active["A1"] = "王敏"
    book.active["A1"].comment = Comment("已核对身份证", "李")
    (tmp_path / "p.png").write_bytes(picture())
    book.active.add_image(Image(Pillow.open(tmp_path / "p.png")), "C3")
    first, second = read(tmp_path, saved(book))
    assert first.text == "王敏\n已核对身份证"
    assert second.reader == "blank"


@pytest.mark.parametrize(
    ("inside", "text"),
    [
        (
            '<dimension ref="A1:XFD1048576"/><sheetData><row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>',
            "1",
        ),
        ('<sheetData><row r="1048576"><c r="A1048576"><v>1</v></c></row></sheetData>', "1"),
        (
            '<dimension ref="A1"/><sheetData><row r="1"><c r="A1"><v>1</v></c><c r="B1"><v>2</v></c></row></sheetData>',
            "1\u30002",
        ),
    ],
    ids=["as large as can be", "one row far down", "smaller than it says"],
)
def test_what_a_sheet_says_of_its_size_is_not_believed(tmp_path: Path, inside: str, text: str) -> None:
    (page,) = read(tmp_path, _sheet(inside))
    assert (page.text, page.doubtful) == (text, ())


def test_a_sheet_of_cells_without_end_is_cut_and_says_so(tmp_path: Path) -> None:
    rows = "".join(f'<row r="{n}"><c r="XFD{n}"><v>1</v></c></row>' for n in range(1, 400))
    (page,) = read(tmp_path, _sheet(f"<sheetData>{rows}</sheetData>"))
    assert "太大" in page.doubtful[0]


@pytest.mark.parametrize(
    "members",
    [
        {"xl/workbook.xml": "<workbook"},
        {FIRST: f'<!DOCTYPE x [<!ENTITY a "b">]><worksheet {MAIN}><sheetData/></worksheet>'},
        {FIRST: f"<worksheet {MAIN}><sheetData><row"},
    ],
    ids=["no workbook", "an entity", "a sheet that is cut off"],
)
def test_a_workbook_that_is_broken_is_refused_as_damaged(
    tmp_path: Path, members: dict[str, bytes | str]
) -> None:
    with pytest.raises(Refused, match="damaged"):
        read(tmp_path, rezipped(xlsx([["x"]]), members))
