from __future__ import annotations

from pathlib import Path

from consumers.readers.text_layer import TextLayerReader
from consumers.scan import scan_of
from consumers.searchable import write_searchable
from consumers.transcript import Box, Line, Page, Transcript
from tests.conftest import SAMPLES
from tests.consumers.made import read_with


def test_a_searchable_pdf_of_ours_says_what_was_read_when_it_was_made(tmp_path: Path) -> None:
    scan = scan_of(SAMPLES / "scans/doc00931.pdf", "test")
    told = ("商品房买卖合同", "出卖人：武汉置盛房地产开发有限公司", "No. HT-2021")
    lines = tuple(
        Line(text, Box(0.1, 0.1 + 0.05 * n, 0.1 + 0.02 * len(text), 0.13 + 0.05 * n), 0.9)
        for n, text in enumerate(told)
    )
    transcript = Transcript(scan.sha256, (Page(1, lines, "ocr", "rapid"),))
    write_searchable(scan, transcript, tmp_path / "searchable.pdf")
    page = read_with(TextLayerReader(), tmp_path / "searchable.pdf")
    assert page is not None
    assert tuple(line.text for line in page.lines) == told
