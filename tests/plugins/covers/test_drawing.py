"""What is printed can be read: by people, and by the program after a bad copy and a bad scan."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import cv2
import numpy as np
import pikepdf
import pypdfium2 as pdfium
import pytest

from classifiers import taxonomy
from consumers.codes import codes_on
from consumers.pictures import Picture
from consumers.preparing.skew import straightened
from plugins.covers import CoverSheet, drawn, find_face, for_dossier, for_kind, separator_sheet
from retention.households.dossier import DossierChoice

TAXONOMY = taxonomy.load()
LONG = "江南国际新城三期滨江雅苑/12-3-2201"
SHEETS = (
    for_dossier(DossierChoice("锦绣花园/6-1-803", "", "6-1-803", "锦绣花园", "周文海、李晓梅", (), "")),
    for_dossier(DossierChoice(LONG, "", "12-3-2201", LONG.split("/", maxsplit=1)[0], "欧阳振华", (), "")),
    for_dossier(DossierChoice("客户/周文海-0123456789", "", "", "", "周文海", (), "")),
    for_kind(TAXONOMY.by_name("商品房买卖合同"), TAXONOMY),
    separator_sheet(),
)


@pytest.fixture(scope="module")
def pdf() -> bytes:
    return drawn(SHEETS, find_face(None), "江州置业有限公司", date(2026, 3, 2))


def rendered(pdf: bytes, dpi: int) -> list[Picture]:
    document = pdfium.PdfDocument(pdf)
    pictures = [np.ascontiguousarray(page.render(scale=dpi / 72).to_numpy()[:, :, :3]) for page in document]
    document.close()
    return pictures


def photocopied(picture: Picture) -> Picture:
    """Blurred, paled, shaded from one side, made black and white, with one pixel in fifty wrong."""
    rng = np.random.default_rng(7)
    width = picture.shape[1]
    grey = cv2.cvtColor(cv2.GaussianBlur(picture, (0, 0), width / 1700), cv2.COLOR_BGR2GRAY)
    pale = 255 - (255 - grey.astype(np.float32)) * 0.8 + rng.normal(0, 18, grey.shape)
    copy = np.where(pale - np.linspace(0, 50, width) < 140, 0, 255).astype(np.uint8)
    specks = rng.random(copy.shape)
    copy[specks < 0.01], copy[specks > 0.99] = 0, 255
    _, packed = cv2.imencode(".jpg", copy, [cv2.IMWRITE_JPEG_QUALITY, 40])
    return np.asarray(cv2.imdecode(packed, cv2.IMREAD_COLOR), dtype=np.uint8)


def codes(picture: Picture) -> set[str]:
    return {one.text for one in codes_on(picture) if not one.damaged}


@pytest.mark.parametrize("dpi", [300, 150])
@pytest.mark.parametrize("skew", [3.0, -3.0])
def test_a_crooked_copy_of_every_sheet_is_read_back(pdf: bytes, dpi: int, skew: float) -> None:
    for sheet, picture in zip(SHEETS, rendered(pdf, dpi), strict=True):
        assert codes(photocopied(straightened(picture, skew))) == {sheet.code}


def test_half_a_sheet_still_bears_a_code(pdf: bytes) -> None:
    for sheet, picture in zip(SHEETS, rendered(pdf, 150), strict=True):
        half = round(picture.shape[0] * 0.72)
        assert codes(picture[:half]) == {sheet.code}
        assert codes(picture[half:]) == {sheet.code}


def test_people_read_what_the_code_says(pdf: bytes) -> None:
    document = pdfium.PdfDocument(pdf)
    told = ["".join(page.get_textpage().get_text_bounded().split()) for page in document]
    document.close()
    for sheet, text in zip(SHEETS, told, strict=True):
        for said in (sheet.title, sheet.name, sheet.code, *sheet.lines, sheet.use[0]):
            assert "".join(said.split()) in text
        assert text.startswith(sheet.title)
        assert "江州置业有限公司2026-03-02" in text


def test_every_font_is_in_the_file(pdf: bytes) -> None:
    with pikepdf.open(BytesIO(pdf)) as opened:
        fonts = [font for page in opened.pages for font in page.Resources.Font.values()]
        below = [font.DescendantFonts[0].FontDescriptor for font in fonts]
    assert below
    assert all("/FontFile2" in one or "/FontFile3" in one for one in below)


def test_nothing_stands_where_feeders_cut_off(pdf: bytes) -> None:
    for picture in rendered(pdf, 50):
        edge = round(50 * 15 / 25.4)
        inner = np.full(picture.shape, 255, dtype=np.uint8)
        inner[edge:-edge, edge:-edge] = picture[edge:-edge, edge:-edge]
        assert (inner == picture).all()


def test_a_name_that_is_too_long_for_a_line_goes_on_in_the_next() -> None:
    sheet = CoverSheet("PD1:S", "分隔页", "x", "很长的项目名称" * 12, (), ("本页不归档", "Not filed"))
    document = pdfium.PdfDocument(drawn([sheet], find_face(None), "", date(2026, 3, 2)))
    text = "".join(document[0].get_textpage().get_text_bounded().split())
    document.close()
    assert sheet.name in text
