from __future__ import annotations

import hashlib
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
import pikepdf
import pytest
from fpdf import FPDF
from pikepdf import Array, Dictionary, Name
from PIL import Image

from consumers.errors import Refused
from consumers.searchable import Searchable
from consumers.transcript import Box, Line, Page
from tests.conftest import SAMPLES
from tests.consumers.searchable.made import by_pdfium, by_pdfplumber, dense, drawn, line, page, write

SCANNED = "scans/SCAN_20230310_0001.pdf"


def _streams(path: Path) -> list[str]:
    """The packed bytes of every picture, as checksums."""
    with pikepdf.open(path) as pdf:
        streams = [one for one in pdf.objects if isinstance(one, pikepdf.Stream)]
        return sorted(
            hashlib.sha256(one.read_raw_bytes()).hexdigest()
            for one in streams
            if one.get("/Subtype") == "/Image"
        )


def _copy(folder: Path, sample: str) -> Path:
    path = folder / "copy.pdf"
    path.write_bytes((SAMPLES / sample).read_bytes())
    return path


def _scan(folder: Path, pages: int = 1, content: bytes = b"", **entries: object) -> Path:
    """A PDF of pages with one picture each, whose upper left is black; `content` stands behind the picture."""
    grey = np.full((300, 200), 255, np.uint8)
    grey[:100, :70] = 0
    jpeg = BytesIO()
    Image.fromarray(grey).save(jpeg, "JPEG")
    path = folder / "scan.pdf"
    with pikepdf.Pdf.new() as pdf:
        picture = pikepdf.Stream(
            pdf, jpeg.getvalue(), Type=Name.XObject, Subtype=Name.Image, Width=200, Height=300,
            ColorSpace=Name.DeviceGray, BitsPerComponent=8, Filter=Name.DCTDecode,
        )  # fmt: skip
        font = pdf.make_indirect(Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica))
        shared = pdf.make_indirect(Dictionary(XObject=Dictionary(P=picture), Font=Dictionary(Unseen=font)))
        drawing = pdf.make_stream(b"q 200 0 0 300 0 0 cm /P Do Q " + content)
        for _ in range(pages):
            made = Dictionary(
                Type=Name.Page, Resources=shared, Contents=drawing, MediaBox=Array([0, 0, 200, 300])
            )
            for name, value in entries.items():
                made[f"/{name}"] = value
            pdf.pages.append(pikepdf.Page(made))
        pdf.save(path)
    return path


def _both(path: Path, *pages: Page) -> tuple[Path, Searchable]:
    return write(path, *(pages or (page(line("甲方乙方", 0.5)),)))


def test_the_bytes_of_every_picture_are_as_they_were(tmp_path: Path) -> None:
    path = _copy(tmp_path, SCANNED)
    target, done = _both(path, *(page(line("第一行", 0.1), number=number) for number in (1, 2, 3)))
    assert _streams(target) == _streams(path) != []
    assert (done.pages, done.layers) == (3, 3)


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_a_page_looks_the_same_point_by_point(tmp_path: Path, turn: int) -> None:
    path = _scan(tmp_path, Rotate=turn)
    target, _ = _both(path)
    assert np.array_equal(drawn(target), drawn(path))


@pytest.mark.parametrize("theirs", [0, 90, 180, 270])
@pytest.mark.parametrize("ours", [0, 90, 180, 270])
def test_a_page_is_turned_upright_and_its_text_with_it(tmp_path: Path, theirs: int, ours: int) -> None:
    path = _scan(tmp_path, Rotate=theirs)
    first, second = line("上面一行", 0.2), line("下面一行", 0.6)
    target, _ = _both(path, page(first, second, rotation=ours))
    turned = np.rot90(drawn(path), -ours // 90)
    assert np.array_equal(drawn(target), turned)
    assert [dense(text) for text in (*by_pdfium(target), *by_pdfplumber(target))] == ["上面一行下面一行"] * 2


@pytest.mark.parametrize(
    "entries",
    [
        {"MediaBox": Array([50, 60, 250, 360])},
        {"CropBox": Array([20, 30, 180, 250])},
        {"CropBox": Array([20, 30, 180, 250]), "Rotate": 90},
        {"UserUnit": 2},
    ],
)
def test_text_stands_within_what_a_reader_shows_of_the_page(tmp_path: Path, entries: dict[str, Any]) -> None:
    import pypdfium2 as pdfium

    box = Box(0.25, 0.4, 0.75, 0.5)
    target, _ = _both(_scan(tmp_path, **entries), page(Line("甲方乙方", box)))
    with pdfium.PdfDocument(str(target)) as document:
        shown = document[0]
        left, bottom, right, top = shown.get_bbox()
        text = shown.get_textpage()
        first, last = text.get_charbox(0), text.get_charbox(3)
    across, down = right - left, top - bottom
    if entries.get("Rotate") == 90:
        assert first[1] == pytest.approx(bottom + 0.25 * down, abs=1)
        assert last[3] == pytest.approx(bottom + 0.75 * down, abs=1)
    else:
        assert first[0] == pytest.approx(left + 0.25 * across, abs=1)
        assert last[2] == pytest.approx(left + 0.75 * across, abs=1)


@pytest.mark.parametrize("content", [b"q q 2 0 0 2 0 0 cm", b"Q Q Q", b"BT 5 Tr", b"1 0 0 1 500 500 cm"])
def test_what_a_page_leaves_open_or_closes_too_often_moves_no_text(tmp_path: Path, content: bytes) -> None:
    target, _ = _both(_scan(tmp_path, content=content))
    assert dense(by_pdfium(target)[0]) == "甲方乙方"


def test_pages_that_share_all_they_have_get_each_its_own_text(tmp_path: Path) -> None:
    pages = [page(line(text, 0.3), number=number) for number, text in enumerate("甲乙丙", 1)]
    target, _ = _both(_scan(tmp_path, pages=3), *pages)
    assert [dense(text) for text in by_pdfium(target)] == ["甲", "乙", "丙"]


def test_a_page_whose_resources_stand_above_it_keeps_them(tmp_path: Path) -> None:
    path = _scan(tmp_path)
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        pdf.pages[0].obj.Parent.Resources = pdf.pages[0].obj.Resources
        del pdf.pages[0].obj.Resources
        pdf.save(path)
    target, _ = _both(path)
    assert np.array_equal(drawn(target), drawn(path))


def test_a_page_that_had_text_to_be_trusted_stays_byte_by_byte(tmp_path: Path) -> None:
    path = _copy(tmp_path, "scans/锦绣3-2-1201.pdf")
    target, done = _both(
        path, Page(1, (Line("x"),), "text-layer", "t"), Page(2, (Line("y"),), "text-layer", "t")
    )
    with pikepdf.open(path) as was, pikepdf.open(target) as now:
        for before, after in zip(was.pages, now.pages, strict=True):
            assert before.Contents.read_raw_bytes() == after.Contents.read_raw_bytes()
            assert before.Resources.unparse() == after.Resources.unparse() or len(before.Resources) == len(
                after.Resources
            )
    assert done.layers == 0


def test_a_page_on_which_nothing_was_read_gets_no_layer(tmp_path: Path) -> None:
    _, done = _both(_scan(tmp_path), Page(1, (), "blank", "made"))
    assert done.layers == 0


def test_pages_beyond_those_of_the_file_are_no_fault(tmp_path: Path) -> None:
    _, done = _both(_scan(tmp_path), page(line("甲", 0.1)), page(line("乙", 0.1), number=9))
    assert done.layers == 1


def test_a_pdf_locked_against_changes_is_written_without_the_lock_and_it_is_said(tmp_path: Path) -> None:
    document = FPDF()
    document.add_page()
    document.set_encryption(owner_password="owner", user_password="")
    path = tmp_path / "locked.pdf"
    document.output(str(path))
    target, done = _both(path)
    assert dense(by_pdfium(target)[0]) == "甲方乙方"
    assert any("lock" in note for note in done.notes)


def test_a_pdf_with_a_password_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="encrypted"):
        _both(_copy(tmp_path, "bad/合同扫描件(加密).pdf"))


def test_that_signatures_hold_for_the_original_only_is_said(tmp_path: Path) -> None:
    path = _scan(tmp_path)
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        pdf.Root.AcroForm = Dictionary(SigFlags=3, Fields=Array([]))
        pdf.save(path)
    _, done = _both(path)
    assert any("signature" in note for note in done.notes)


def test_a_pdf_whose_table_of_objects_is_wrong_is_mended(tmp_path: Path) -> None:
    path = _scan(tmp_path)
    content = path.read_bytes()
    place = content.rindex(b"startxref")
    path.write_bytes(content[:place] + b"startxref\n7\n%%EOF\n")
    target, _ = _both(path)
    assert dense(by_pdfium(target)[0]) == "甲方乙方"


def test_what_is_no_pdf_behind_its_first_bytes_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(b"%PDF-1.7\n" + b"junk " * 100)
    with pytest.raises(Refused, match="damaged"):
        _both(path)


def test_objects_packed_in_streams_stay_packed(tmp_path: Path) -> None:
    path = _scan(tmp_path, pages=50)
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        pdf.save(path, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    target, _ = _both(path)
    assert target.stat().st_size < path.stat().st_size + 4000
