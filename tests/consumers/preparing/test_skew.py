from __future__ import annotations

import cv2
import numpy as np
import pytest
from PIL import Image, ImageDraw

from consumers.pictures import Picture
from consumers.preparing.skew import skew_of, straightened
from samples import faces

WIDTH, HEIGHT = 1240, 1754
TEXT = "甲乙双方协商一致解除合同退还定金自签字之日起生效"


def page(lines: int = 20, *, ruled: bool = False) -> Picture:
    picture = Image.new("RGB", (WIDTH, HEIGHT), (255, 255, 255))
    pencil, font = ImageDraw.Draw(picture), faces.font("song", 30)
    for number in range(lines):
        top = 200 + 64 * number
        pencil.text((170, top), TEXT[: 8 + 7 * number % 17], fill=(20, 20, 20), font=font)
        if ruled:
            pencil.line((140, top - 14, 1100, top - 14), fill=(20, 20, 20), width=2)
    return np.ascontiguousarray(np.asarray(picture)[:, :, ::-1])


def askew(picture: Picture, clockwise: float) -> Picture:
    height, width = picture.shape[:2]
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), -clockwise, 1.0)
    turned = cv2.warpAffine(picture, turn, (width, height), borderValue=(255, 255, 255))
    return np.asarray(turned, dtype=np.uint8)


def with_rim(picture: Picture) -> Picture:
    """The scanner's dark rim, which never lies askew."""
    rimmed = picture.copy()
    rimmed[:8] = rimmed[-14:] = 60
    rimmed[:, :10] = 80
    return rimmed


@pytest.mark.parametrize("degrees", [-6.5, -2.0, -0.4, 0.0, 0.25, 1.1, 4.0])
def test_the_skew_is_measured_to_a_tenth_of_a_degree(degrees: float) -> None:
    assert skew_of(askew(page(), degrees)) == pytest.approx(degrees, abs=0.1)


def test_the_dark_rim_of_a_scanner_does_not_hide_the_skew_of_the_text() -> None:
    assert skew_of(with_rim(askew(page(), 1.3))) == pytest.approx(1.3, abs=0.1)


def test_a_ruled_table_tells_its_skew() -> None:
    assert skew_of(askew(page(ruled=True), -1.7)) == pytest.approx(-1.7, abs=0.1)


def test_the_size_of_the_picture_does_not_matter() -> None:
    large = np.asarray(cv2.resize(askew(page(), 2.2), None, fx=2.0, fy=2.0), dtype=np.uint8)
    assert skew_of(large) == pytest.approx(2.2, abs=0.1)


@pytest.mark.parametrize("value", [0, 255])
def test_a_page_without_rows_has_no_skew(value: int) -> None:
    assert skew_of(np.full((HEIGHT, WIDTH, 3), value, np.uint8)) == 0.0


@pytest.mark.parametrize("size", [(1, 1), (2, 900), (900, 1)])
def test_odd_sizes_have_no_skew(size: tuple[int, int]) -> None:
    assert skew_of(np.full((*size, 3), 255, np.uint8)) == 0.0


def test_what_was_straightened_lies_straight_and_keeps_its_size() -> None:
    picture = askew(page(), 3.1)
    straight = straightened(picture, skew_of(picture))
    assert straight.shape == picture.shape
    assert skew_of(straight) == pytest.approx(0.0, abs=0.1)


def test_what_comes_into_the_corners_is_white() -> None:
    straight = straightened(np.zeros((200, 300, 3), np.uint8), 5.0)
    assert straight[0, 0].tolist() == [255, 255, 255]


def test_a_page_that_lies_straight_is_given_back_as_it_is() -> None:
    picture = page()
    assert straightened(picture, 0.0) is picture
