from __future__ import annotations

import cv2
import numpy as np
import pytest

from consumers.pictures import Picture
from consumers.preparing.ruled_page import has_table

WIDTH, HEIGHT = 1240, 1754


def page() -> Picture:
    return np.full((HEIGHT, WIDTH, 3), 255, np.uint8)


def table(rows: int, columns: int, askew: float = 0.0) -> Picture:
    picture = page()
    width, height = 960 // columns, 90
    for row in range(rows + 1):
        left, right = (140, 300 + row * height), (140 + columns * width, 300 + row * height)
        cv2.line(picture, left, right, (40, 40, 40), 2)
    for column in range(columns + 1):
        x = 140 + column * width
        cv2.line(picture, (x, 300), (x, 300 + rows * height), (40, 40, 40), 2)
    turn = cv2.getRotationMatrix2D((WIDTH / 2, HEIGHT / 2), askew, 1.0)
    return np.asarray(
        cv2.warpAffine(picture, turn, (WIDTH, HEIGHT), borderValue=(255, 255, 255)), dtype=np.uint8
    )


@pytest.mark.parametrize("askew", [0.0, 1.0])
def test_a_ruled_table_is_seen_nearly_straight_too(askew: float) -> None:
    assert has_table(table(5, 3, askew))


def test_an_empty_page_has_none() -> None:
    assert not has_table(page())


def test_a_frame_around_a_text_is_none() -> None:
    assert not has_table(table(1, 1))


def test_lines_to_write_on_are_none() -> None:
    picture = page()
    for y in range(300, 1300, 80):
        cv2.line(picture, (140, y), (1100, y), (40, 40, 40), 2)
    assert not has_table(picture)


@pytest.mark.parametrize("size", [(1, 1), (2, 900), (900, 1)])
def test_odd_sizes_have_none(size: tuple[int, int]) -> None:
    assert not has_table(np.full((*size, 3), 255, np.uint8))
