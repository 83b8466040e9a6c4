from __future__ import annotations

import numpy as np
import pytest
from PIL import Image, ImageDraw

from consumers.order.piece import Piece
from consumers.pictures import Picture
from consumers.tesseract.left_out import left_out
from consumers.tesseract.program import Tesseract
from samples import faces

TEXT = "甲乙双方协商一致解除合同"


def page() -> Picture:
    picture = Image.new("RGB", (1000, 700), (255, 255, 255))
    for top in range(100, 600, 80):
        ImageDraw.Draw(picture).text((100, top), TEXT, fill=(0, 0, 0), font=faces.font("song", 34))
    return np.ascontiguousarray(np.asarray(picture))


def found(*tops: int) -> list[Piece]:
    return [Piece(TEXT, 100, top + 2, 510, top + 38, 0.0, 0.9) for top in tops]


@pytest.mark.tesseract
def test_a_line_that_was_left_out_is_read_and_stands_in_its_place() -> None:
    lines = left_out(Tesseract(60), page(), found(100, 180, 340, 420, 500, 580))
    assert [line.text for line in lines] == [TEXT]
    assert lines[0].top == pytest.approx(264, abs=10)
    assert lines[0].left == pytest.approx(100, abs=10)


class Never(Tesseract):
    """Fails the test where it is asked."""

    def words(self, picture: Picture, mode: int) -> list[object]:  # type: ignore[override]  # never gives any
        raise AssertionError("nothing was left out")


def test_where_nothing_was_left_out_tesseract_is_not_asked() -> None:
    assert left_out(Never(1), page(), found(100, 180, 260, 340, 420, 500, 580)) == []
