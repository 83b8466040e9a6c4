from __future__ import annotations

from pathlib import Path

import pytest

from consumers.bounds import Bounds
from consumers.media import PDF
from consumers.pages import open_scan
from consumers.readers.text_layer import TextLayerReader
from tests.consumers.made import pdf, read_with


def _stream(content: bytes, about: bytes = b"") -> bytes:
    return b"<<%b/Length %d>>stream\n%b\nendstream" % (about, len(content), content)


def _look(text: bytes) -> bytes:
    """How an annotation looks: its text, 12 points."""
    about = b"/Type/XObject/Subtype/Form/BBox[0 0 100 20]/Resources<</Font<</F1 5 0 R>>>>"
    return _stream(b"/Tx BMC BT /F1 12 Tf 2 5 Td (%b) Tj ET EMC" % text, about)


def _form(note: bytes, *more: bytes, fields: bytes = b"6 0 R") -> bytes:
    """A page that says `Name:`, with one annotation beside it (object 6)."""
    return pdf(
        b"<</Type/Catalog/Pages 2 0 R/AcroForm<</Fields[%b]/DA(/F1 12 Tf 0 g)/DR<</Font<</F1 5 0 R>>>>>>>>"
        % fields,
        b"<</Type/Pages/Count 1/Kids[3 0 R]>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 300]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>/Annots[6 0 R]>>",
        _stream(b"BT /F1 12 Tf 20 250 Td (Name:) Tj ET"),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
        note,
        *more,
    )


_FIELD = b"<</Type/Annot/Subtype/Widget/FT/Tx/T(a)/DA(/F1 12 Tf 0 g)/Rect[80 245 180 265]"
_NOTE = b"<</Type/Annot/Subtype/FreeText/DA(/F1 12 Tf 0 g)/Rect[80 245 180 265]"


def _text(content: bytes, folder: Path) -> str:
    (folder / "form.pdf").write_bytes(content)
    page = read_with(TextLayerReader(), folder / "form.pdf")
    assert page is not None
    return page.text


SHOWN = {
    "a value that its writer drew": _form(_FIELD + b"/F 4/V(Alice)/AP<</N 7 0 R>>>>", _look(b"Alice")),
    "a value that every viewer has to draw": _form(_FIELD + b"/F 4/V(Alice)>>"),
    "a value kept with the parent of its field": _form(
        b"<</Type/Annot/Subtype/Widget/Parent 7 0 R/F 4/Rect[80 245 180 265]>>",
        b"<</FT/Tx/T(p)/V(Alice)/DA(/F1 12 Tf 0 g)/Kids[6 0 R]>>",
        fields=b"7 0 R",
    ),
    "a note typed on the page": _form(_NOTE + b"/F 4/Contents(Alice)/AP<</N 7 0 R>>>>", _look(b"Alice")),
    "a note that every viewer has to draw": _form(_NOTE + b"/F 4/Contents(Alice)>>"),
    "a stamp": _form(
        b"<</Type/Annot/Subtype/Stamp/F 4/Rect[80 245 180 265]/AP<</N 7 0 R>>>>", _look(b"Alice")
    ),
}
UNSEEN = {
    "a hidden field": _form(_FIELD + b"/F 2/V(Alice)/AP<</N 7 0 R>>>>", _look(b"Alice")),
    "a field not to be viewed": _form(_FIELD + b"/F 32/V(Alice)/AP<</N 7 0 R>>>>", _look(b"Alice")),
    "a password": _form(_FIELD + b"/F 4/Ff 8192/V(Alice)>>"),
    "a note that opens at a click": _form(
        b"<</Type/Annot/Subtype/Text/F 4/Contents(Alice)/Rect[80 245 100 265]>>"
    ),
}


@pytest.mark.parametrize("what", SHOWN)
def test_what_was_filled_in_stands_beside_its_label(what: str, tmp_path: Path) -> None:
    assert _text(SHOWN[what], tmp_path).replace("\u3000", " ") == "Name: Alice"


@pytest.mark.parametrize("what", UNSEEN)
def test_what_the_page_does_not_show_is_left_out(what: str, tmp_path: Path) -> None:
    assert "Alice" not in _text(UNSEEN[what], tmp_path)


def test_a_chinese_value_without_a_font_of_its_own_is_read(tmp_path: Path) -> None:
    value = "周敏慧".encode("utf-16-be").hex().upper().encode()
    said = _text(_form(_FIELD + b"/F 4/V<FEFF" + value + b">>>"), tmp_path)
    assert said.replace("\u3000", " ") == "Name: 周敏慧"


def test_the_page_that_others_draw_stays_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "form.pdf").write_bytes(SHOWN["a note typed on the page"])
    with open_scan(tmp_path / "form.pdf", PDF, Bounds()) as scan:
        page = scan.page(1)
        before = page.picture().copy()
        assert TextLayerReader().read(page) is not None
        assert (page.picture() == before).all()
