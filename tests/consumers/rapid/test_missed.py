from __future__ import annotations

import cv2
import numpy as np
import pytest

from consumers.pictures import Picture
from consumers.rapid.missed import missed_rows
from consumers.rapid.paddle import Boxes
from tests.consumers.typed import HEIGHT, SIZE, WIDTH, box, typed

LINES = [
    (120, 100, "甲方将房屋出售给乙方总价款壹佰万元整"),
    (120, 180, "乙方应于签约之日起七日内付清首期房款"),
]
LOST = (120, 260, "本合同自双方签字盖章之日起生效一式四份")
SEEN = np.stack([box(115, 95, 705, 140), box(115, 175, 705, 220)])


def _rows(picture: Picture, seen: Boxes = SEEN) -> list[tuple[int, int, int, int]]:
    """Left, top, right, bottom of every row found."""
    return [
        (*map(int, row.min(axis=0)), *map(int, row.max(axis=0)))  # type: ignore[misc]  # two and two are four
        for row in missed_rows(picture, seen)
    ]


def test_nothing_is_missed_on_a_page_whose_ink_lies_in_lines() -> None:
    assert _rows(typed(*LINES)) == []


def test_nothing_is_missed_on_an_empty_page() -> None:
    assert _rows(typed(), np.empty((0, 4, 2), np.float32)) == []


def test_a_row_that_no_line_covers_is_found_from_its_first_to_its_last_character() -> None:
    (row,) = _rows(typed(*LINES, LOST))
    left, top, right, bottom = row
    assert left <= 120
    assert right >= 120 + 19 * SIZE - 4
    assert 245 <= top <= 268
    assert 290 <= bottom <= 312


def test_a_row_that_a_ring_crosses_is_one_row() -> None:
    page = typed(*LINES, LOST)
    cv2.circle(page, (500, 330), 110, (60, 60, 60), 5)
    long = [row for row in _rows(page) if row[2] - row[0] > 500]
    assert len(long) == 1


def test_what_a_line_leaves_out_beside_it_is_found() -> None:
    cut_short = np.stack([box(115, 95, 400, 140), box(115, 175, 705, 220)])
    (row,) = _rows(typed(*LINES), cut_short)
    assert 380 <= row[0] <= 440
    assert row[2] >= 690


def test_a_row_on_a_page_that_lies_askew_is_found_askew() -> None:
    turn = cv2.getRotationMatrix2D((WIDTH / 2, HEIGHT / 2), -2.0, 1.0)
    page = cv2.warpAffine(typed(LOST), turn, (WIDTH, HEIGHT), borderValue=(255, 255, 255))
    (row,) = missed_rows(np.asarray(page, np.uint8), np.empty((0, 4, 2), np.float32))
    slope = (row[1][1] - row[0][1]) / (row[1][0] - row[0][0])
    assert slope == pytest.approx(np.tan(np.radians(2.0)), abs=0.01)
    assert row[3][1] - row[0][1] < 2 * SIZE


def test_the_lines_of_a_table_are_no_row() -> None:
    page = typed(*LINES)
    for y in range(300, 700, 60):
        cv2.line(page, (100, y), (1100, y), (30, 30, 30), 2)
    for x in (100, 400, 1100):
        cv2.line(page, (x, 300), (x, 660), (30, 30, 30), 2)
    assert _rows(page) == []


def test_more_rows_than_any_page_could_lose_are_none() -> None:
    """A photograph, a texture: each row would be read for nothing."""
    page = typed(
        *((120, 10 + 44 * row, "纹理纹理") for row in range(20)),
        *((800, 10 + 44 * row, "纹理纹理") for row in range(20)),
    )
    assert _rows(page, np.empty((0, 4, 2), np.float32)) == []
