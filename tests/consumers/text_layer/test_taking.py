"""Pages made to take minutes are read plainly, with a doubt, or not put into tables."""

from __future__ import annotations

from pathlib import Path

from consumers.readers.text_layer import TextLayerReader
from consumers.text_layer.glyphs import MOST
from consumers.text_layer.tables import grids_of
from tests.consumers.made import pdf, read_with


def _page(content: bytes) -> bytes:
    return pdf(
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Count 1/Kids[3 0 R]>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%b\nendstream" % (len(content), content),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    )


def test_a_page_of_countless_characters_is_read_plainly_and_doubted(tmp_path: Path) -> None:
    rows = (
        b"1 0 0 1 10 %d Tm (the buyer pays the price to the seller on time) Tj " % (n % 800)
        for n in range(MOST // 40)
    )
    (tmp_path / "dense.pdf").write_bytes(_page(b"BT /F1 1 Tf %b ET" % b"".join(rows)))
    page = read_with(TextLayerReader(), tmp_path / "dense.pdf")
    assert page is not None
    assert page.text.count("the buyer pays") > 0
    assert len(page.doubtful) == 1


def test_a_page_of_countless_lines_is_read_plainly_and_doubted(tmp_path: Path) -> None:
    lines = b"".join(b"%d %d m %d 800 l S " % (n % 595, n % 700, n % 595) for n in range(21_000))
    (tmp_path / "lines.pdf").write_bytes(_page(b"BT /F1 12 Tf 50 820 Td (Agreement of sale) Tj ET " + lines))
    page = read_with(TextLayerReader(), tmp_path / "lines.pdf")
    assert page is not None
    assert (page.text, len(page.doubtful)) == ("Agreement of sale", 1)


def test_a_hatching_is_no_table() -> None:
    rules = [(0.0, 3.0 * n, 300.0, 3.0 * n + 0.5) for n in range(100)]
    rules += [(3.0 * n, 0.0, 3.0 * n + 0.5, 300.0) for n in range(100)]
    assert grids_of(rules) == []
