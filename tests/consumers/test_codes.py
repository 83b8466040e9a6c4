"""Barcodes are read off the picture of a page as it lies; what is seen and can not be read is told."""

from __future__ import annotations

from pathlib import Path

import cv2
import fpdf
import numpy as np
import pytest
import zxingcpp

from consumers import media, reading
from consumers.bounds import Bounds
from consumers.codes import codes_on
from consumers.pictures import Picture
from consumers.preparing.turning import turned
from consumers.reading import read_page
from consumers.transcript import Code


def code(text: str, sort: str = "QRCode", scale: int = 6) -> Picture:
    """The code as a picture, with its quiet zone."""
    made = zxingcpp.create_barcode(text, zxingcpp.barcode_format_from_str(sort))
    grey = np.asarray(zxingcpp.write_barcode_to_image(made, scale=scale, add_quiet_zones=True))
    return np.ascontiguousarray(cv2.cvtColor(grey, cv2.COLOR_GRAY2BGR))


def page(*placed: tuple[Picture, int, int]) -> Picture:
    """A white page of A4 at 200 dpi with pictures whose upper left corners lie at these places."""
    sheet = np.full((2338, 1654, 3), 255, dtype=np.uint8)
    for picture, left, top in placed:
        sheet[top : top + picture.shape[0], left : left + picture.shape[1]] = picture
    return sheet


def texts(found: tuple[Code, ...]) -> list[str]:
    return [one.text for one in found]


@pytest.mark.parametrize("sort", ["QRCode", "DataMatrix", "Code128", "Code39"])
def test_each_sort_that_offices_print_is_read(sort: str) -> None:
    (found,) = codes_on(page((code("ASN00123", sort, 3), 300, 400)))
    assert (found.text, found.format, found.damaged) == ("ASN00123", sort, False)


def test_chinese_comes_back_as_it_was_written() -> None:
    assert texts(codes_on(page((code("PD1:D:锦绣花园/6-1-803"), 300, 400)))) == ["PD1:D:锦绣花园/6-1-803"]


def test_codes_come_from_top_to_bottom() -> None:
    sheet = page((code("lower"), 200, 1500), (code("upper"), 900, 300))
    assert texts(codes_on(sheet)) == ["upper", "lower"]


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_the_box_is_on_the_upright_page(rotation: int) -> None:
    lying = turned(page((code("PD1:S"), 100, 200)), -rotation % 360)
    (found,) = codes_on(lying, rotation)
    assert found.box.left < 0.2
    assert found.box.top < 0.2


def test_a_code_that_is_seen_and_can_not_be_read_is_told_as_damaged() -> None:
    picture = code("PD1:D:锦绣花园/6-1-803")
    third = picture.shape[0] // 3
    picture[third : 2 * third, third:] = 255
    (found,) = codes_on(page((picture, 300, 400)))
    assert (found.text, found.damaged) == ("", True)


def test_a_code_that_is_too_fine_for_the_first_look_is_read_at_the_second() -> None:
    fine = cv2.resize(page((code("PD1:D:锦绣花园/6-1-803", scale=1), 300, 400)), None, fx=4, fy=4)
    assert "PD1:D:锦绣花园/6-1-803" in texts(codes_on(np.asarray(fine, dtype=np.uint8)))


def test_a_page_without_codes_and_one_without_pixels_have_none() -> None:
    assert codes_on(page()) == ()
    assert codes_on(np.zeros((1, 5, 3), dtype=np.uint8)) == ()


def test_a_ruled_table_has_no_codes() -> None:
    sheet = page()
    for x in range(200, 1400, 37):
        cv2.line(sheet, (x, 300), (x, 1800), (0, 0, 0), 3)
    for y in range(300, 1800, 53):
        cv2.line(sheet, (200, y), (1400, y), (0, 0, 0), 2)
    assert [found for found in codes_on(sheet) if not found.damaged] == []


def test_a_page_that_is_read_from_its_own_text_is_looked_at_too(tmp_path: Path) -> None:
    picture = tmp_path / "code.png"
    cv2.imwrite(str(picture), code("ASN00123"))
    pdf = fpdf.FPDF()
    pdf.add_page()
    pdf.set_font("helvetica", size=12)
    for _ in range(20):
        pdf.cell(
            text="A sheet that was written by a program and never scanned.", new_x="LMARGIN", new_y="NEXT"
        )
    pdf.image(str(picture), w=30)
    pdf.output(str(tmp_path / "a.pdf"))
    _, read, _ = read_page(tmp_path / "a.pdf", media.PDF, 1, ("text-layer",), Bounds())
    assert (read.source, texts(read.codes)) == ("text-layer", ["ASN00123"])


def test_a_reader_that_opens_no_picture_is_not_made_to(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cv2.imwrite(str(tmp_path / "a.png"), page((code("ASN00123"), 300, 400)))
    monkeypatch.setattr(reading, "codes_on", lambda *told: pytest.fail("a picture was opened"))
    _, read, _ = read_page(tmp_path / "a.png", "image/png", 1, ("blank",), Bounds())
    assert read.codes == ()
