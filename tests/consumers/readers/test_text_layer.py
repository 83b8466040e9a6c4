from __future__ import annotations

import re
from pathlib import Path

import pytest
from fpdf import FPDF
from PIL import Image

from consumers.readers.text_layer import TextLayerReader
from consumers.transcript import Page
from samples.draw import plan
from samples.papers import papers
from tests.conftest import SAMPLES
from tests.consumers.made import pdf_of_pages, read_with

RULED = SAMPLES / "scans/YL20200530-0063.pdf"
MIXED = SAMPLES / "scans/SCAN_20260314_0002.pdf"
BORN = ["scans/YL20200530-0063.pdf", "scans/锦绣3-2-1201.pdf", "scans/档案冻结解除-附件.pdf"]
ROWS = [
    "客户姓名\u3000周敏慧\u3000身份证号\u300042019819910409062X",
    "所选房号\u3000云澜府7-1803\u3000户型\u3000四室两厅两卫",
    "付款方式\u3000首付五成，余款商业贷款",
]


@pytest.fixture(scope="module")
def ruled() -> Page:
    page = read_with(TextLayerReader(), RULED)
    assert page is not None
    return page


@pytest.mark.parametrize("row", ROWS)
def test_a_row_of_a_ruled_table_is_one_line(ruled: Page, row: str) -> None:
    assert row in [line.text for line in ruled.lines]


def test_what_stands_above_and_below_a_table_keeps_its_place(ruled: Page) -> None:
    said = ruled.text
    places = [
        said.index(part) for part in ("确认单", "流水号", "客户姓名", "付款方式", "客户签名", "出具单位")
    ]
    assert places == sorted(places)


def test_a_cell_is_not_said_again_outside_its_table(ruled: Page) -> None:
    assert ruled.text.count("42019819910409062X") == 1


def test_a_row_tells_where_it_stands(ruled: Page) -> None:
    boxes = [line.box for line in ruled.lines if line.box is not None]
    assert len(boxes) == len(ruled.lines)
    assert all(0 <= box.left < box.right <= 1 and 0 <= box.top < box.bottom <= 1 for box in boxes)


@pytest.mark.parametrize("file", BORN)
def test_all_that_a_born_digital_paper_says_is_read(file: str) -> None:
    paper = papers()[plan()[file].paper]
    pages = [read_with(TextLayerReader(), SAMPLES / file, number + 1) for number in range(len(paper.pages))]
    said = re.sub(r"\s", "", "".join(page.text for page in pages if page is not None))
    assert [key for key in paper.keys if key not in said] == []


def test_a_layer_has_no_confidence_and_no_doubt(ruled: Page) -> None:
    assert (ruled.source, ruled.confidence, ruled.doubtful, ruled.rotation) == ("text-layer", None, (), 0)


def test_of_a_mixed_file_only_the_page_with_a_layer_is_read() -> None:
    assert [read_with(TextLayerReader(), MIXED, number) is not None for number in (1, 2)] == [True, False]


@pytest.mark.parametrize(
    "file", ["scans/SCAN_20211221_0001.pdf", "scans/IMG_2041.jpg", "scans/20221128-01.tif"]
)
def test_a_scan_is_passed_on(file: str) -> None:
    assert read_with(TextLayerReader(), SAMPLES / file) is None


def test_an_empty_page_is_passed_on(tmp_path: Path) -> None:
    (tmp_path / "e.pdf").write_bytes(pdf_of_pages(1))
    assert read_with(TextLayerReader(), tmp_path / "e.pdf") is None


def test_a_scan_with_a_file_number_over_it_is_passed_on(tmp_path: Path) -> None:
    document = FPDF()
    document.add_page()
    document.image(Image.new("L", (210, 297), 200), 0, 0, 210, 297)
    document.set_font("helvetica", size=12)
    document.text(20, 20, "2019-0317")
    document.output(str(tmp_path / "stamped.pdf"))
    assert read_with(TextLayerReader(), tmp_path / "stamped.pdf") is None


def test_a_file_whose_lengths_are_nonsense_is_read_row_by_row_all_the_same(tmp_path: Path) -> None:
    # PDFium looks for the end of a stream where its length is nonsense; pdfminer gives up.
    content = re.sub(rb"/Length (\d)(\d+)", rb"/Length \1 \2", RULED.read_bytes())
    (tmp_path / "odd.pdf").write_bytes(content)
    page = read_with(TextLayerReader(), tmp_path / "odd.pdf")
    assert page is not None
    assert ROWS[0] in [line.text for line in page.lines]
