"""A page half text and half picture is read from its picture, so that nothing is lost; ornaments do not count."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from fpdf import FPDF
from PIL import Image, ImageDraw

from samples import seal
from tests.consumers.text_layer.paper import CLAUSES, Put, blank, column, page_of, picture, put, read

_WRITTEN = column(60, 100, CLAUSES, 40)


def test_half_a_page_of_text_above_a_scanned_half_is_passed_on(tmp_path: Path) -> None:
    paper = page_of(*_WRITTEN)
    paper.image(picture("\n".join(CLAUSES[n : n + 22] for n in range(0, 88, 22))), 60, 400, 480, 140)
    assert read(paper, tmp_path) is None


def test_a_form_whose_values_are_pictures_is_passed_on(tmp_path: Path) -> None:
    paper = page_of(*_WRITTEN, Put(60, 300, "买受人："), Put(60, 330, "身份证号："), Put(60, 360, "房号："))
    for number, value in enumerate(("周敏慧", "42019819910409062X", "云澜府7幢1803室")):
        paper.image(picture(value, 36 * (len(value) + 2)), 130, 288 + 30 * number, h=18)
    assert read(paper, tmp_path) is None


def test_text_that_was_made_curves_is_passed_on(tmp_path: Path) -> None:
    paper = page_of(*_WRITTEN)
    # Strokes as a drawing program leaves them: no letter in the layer, yet a person reads a line.
    for number in range(40):
        x = 60 + 11 * number
        for rise in (0, 3, 6, 9):
            paper.line(x, 400 + rise, x + 9, 400 + rise)
        paper.line(x + 4, 398, x + 4, 410)
    assert read(paper, tmp_path) is None


def _logo(paper: FPDF) -> None:
    image = Image.new("RGB", (200, 200), "white")
    ImageDraw.Draw(image).polygon([(100, 10), (190, 180), (10, 180)], fill=(20, 80, 160))
    paper.image(image, 60, 20, 50, 50)


def _signature(paper: FPDF) -> None:
    image = Image.new("RGBA", (300, 120), (0, 0, 0, 0))
    ImageDraw.Draw(image).line(
        [(10, 90), (60, 20), (80, 100), (140, 30), (170, 90), (260, 50)], (20, 20, 90, 255), 5
    )
    paper.image(image, 380, 600, 100, 40)


def _seal(paper: FPDF) -> None:
    press = seal.face("江州锦澜置业有限公司", "合同专用章", 500)
    ink = Image.new("RGBA", press.size, (214, 30, 40, 255))
    ink.putalpha(press)
    paper.image(ink, 380, 560, 115, 115)


def _squares(paper: FPDF) -> None:
    """What a code of black squares looks like."""
    rng = random.Random(7)
    bits = [[rng.random() < 0.5 for _ in range(33)] for _ in range(33)]
    for y, row in enumerate(bits):
        for x, bit in enumerate(row):
            if bit:
                paper.rect(450 + 2.4 * x, 30 + 2.4 * y, 2.4, 2.4, style="F")


def _bars(paper: FPDF) -> None:
    for number in range(60):
        paper.rect(380 + 2.2 * number, 20, 0.6 + number % 3 * 0.4, 30, style="F")


def _frame(paper: FPDF) -> None:
    paper.rect(40, 40, 515, 760)
    paper.rect(44, 44, 507, 752)


def _blanks(paper: FPDF) -> None:
    for number in range(4):
        paper.line(120, 400 + 24 * number, 320, 400 + 24 * number)
        paper.rect(60, 390 + 24 * number, 10, 10)


def _leaders(paper: FPDF) -> None:
    for number in range(60):
        paper.circle(120 + 5 * number, 420, 0.5, style="F")


def _shading(paper: FPDF) -> None:
    paper.image(Image.linear_gradient("L").point(lambda v: 235 + v // 16), 40, 380, 500, 200)


@pytest.mark.parametrize(
    "draw", [_logo, _signature, _seal, _squares, _bars, _frame, _blanks, _leaders, _shading]
)
def test_what_is_no_text_does_not_make_a_page_partial(draw: object, tmp_path: Path) -> None:
    assert callable(draw)
    paper = page_of(*_WRITTEN)
    draw(paper)
    page = read(paper, tmp_path)
    assert page is not None
    assert page.text.replace("\n", "") == CLAUSES


@pytest.mark.parametrize(
    "said",
    ["第 1 页 共 3 页", "FROM : 027-87654321 2021-03-04 10:22 P.1", "已盖电子章 CN=江州锦澜置业有限公司"],
)
def test_a_scan_with_a_stamp_a_page_number_or_a_fax_header_is_passed_on(said: str, tmp_path: Path) -> None:
    paper = blank()
    paper.image(picture("\n".join(CLAUSES[n : n + 24] for n in range(0, 96, 24))), 0, 0, 595, 842)
    assert read(put(paper, Put(60, 20, said)), tmp_path) is None


def test_a_scan_cut_into_strips_is_a_scan(tmp_path: Path) -> None:
    paper = blank()
    for number in range(10):
        paper.image(Image.new("L", (100, 16), 200), 0, 84.2 * number, 595, 84.2)
    assert read(put(paper, Put(60, 20, "档案号 2019-0317")), tmp_path) is None
