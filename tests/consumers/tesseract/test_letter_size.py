from __future__ import annotations

import numpy as np
import pytest
from PIL import Image, ImageDraw

from consumers.pictures import Picture
from consumers.tesseract.letter_size import at_best_size, letter_height
from samples import faces

TEXT = "甲乙双方协商一致解除合同"


def page(size: int) -> Picture:
    picture = Image.new("RGB", (30 * size, 24 * size), (255, 255, 255))
    for row in range(10):
        place = (2 * size, (2 + 2 * row) * size)
        ImageDraw.Draw(picture).text(place, TEXT, fill=(0, 0, 0), font=faces.font("song", size))
    return np.ascontiguousarray(np.asarray(picture))


@pytest.mark.parametrize("size", [20, 30, 44, 70])
def test_the_height_of_letters_is_measured(size: int) -> None:
    assert letter_height(page(size)) == pytest.approx(0.9 * size, rel=0.12)


@pytest.mark.parametrize("size", [18, 60])
def test_small_and_large_letters_come_out_alike(size: int) -> None:
    assert letter_height(at_best_size(page(size))) == pytest.approx(27, abs=4)


def test_letters_of_a_good_size_are_left_as_they_are() -> None:
    picture = page(30)
    assert at_best_size(picture) is picture


def test_a_page_that_does_not_tell_is_reduced_where_it_is_large() -> None:
    assert at_best_size(np.full((3000, 1500, 3), 255, np.uint8)).shape == (2000, 1000, 3)
    assert at_best_size(np.full((800, 600, 3), 255, np.uint8)).shape == (800, 600, 3)


@pytest.mark.parametrize("size", [(1, 1), (2, 9000), (9000, 1)])
def test_odd_sizes_stay_pictures(size: tuple[int, int]) -> None:
    assert min(at_best_size(np.full((*size, 3), 255, np.uint8)).shape) >= 1
