from __future__ import annotations

import numpy as np
import pytest
from PIL import Image, ImageDraw

from consumers.pictures import Picture
from consumers.preparing.turning import turned
from consumers.tesseract.program import Tesseract
from consumers.tesseract.way_up import rotation_of
from samples import faces

pytestmark = pytest.mark.tesseract


def page(text: str) -> Picture:
    picture = Image.new("RGB", (1200, 1600), (255, 255, 255))
    ImageDraw.Draw(picture).text((300, 500), text, fill=(0, 0, 0), font=faces.font("song", 40))
    return np.ascontiguousarray(np.asarray(picture))


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_one_line_is_enough_to_tell_which_way_is_up(rotation: int) -> None:
    picture = turned(page("武汉市商品房买卖合同"), (360 - rotation) % 360)
    assert Tesseract(60).rotation(picture) is None
    assert rotation_of(Tesseract(60), picture) == rotation


def test_an_empty_page_is_not_turned() -> None:
    assert rotation_of(Tesseract(60), np.full((900, 600, 3), 255, np.uint8)) == 0
