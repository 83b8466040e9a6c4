from __future__ import annotations

import math

import cv2
import numpy as np
import pytest

from consumers.grid import Cell, find_cells, in_cells
from consumers.pictures import Picture
from consumers.reading_order import Piece, in_rows

ACROSS, DOWN = (100, 400, 700, 1000), (200, 300, 460, 560)
"""Where the rules of the table stand: three columns, three rows, the second row higher."""


def sheet(*, askew: float = 0.0, broken: bool = False) -> Picture:
    """A page of 1200 x 1600 with a ruled table of nine cells, turned by so many degrees."""
    page = np.full((1600, 1200, 3), 255, np.uint8)
    for x in ACROSS:
        cv2.line(page, (x, DOWN[0]), (x, DOWN[-1]), (40, 40, 40), 2)
    for y in DOWN:
        cv2.line(page, (ACROSS[0], y), (ACROSS[-1], y), (40, 40, 40), 2)
    if broken:
        page[150:600, 350:450] = 255
    turn = cv2.getRotationMatrix2D((600, 800), -askew, 1.0)
    return np.ascontiguousarray(
        cv2.warpAffine(page, turn, (1200, 1600), borderValue=(255, 255, 255)), np.uint8
    )


def piece(text: str, left: float, middle: float, *, askew: float = 0.0) -> Piece:
    """A line of text 30 pixels high whose left end is there on the page before it is turned."""
    slope = math.tan(math.radians(askew))
    width = 28.0 * len(text)
    turn = cv2.getRotationMatrix2D((600, 800), -askew, 1.0)
    x, y = turn @ np.array([left + width / 2, middle, 1.0])
    rise = abs(slope) * width / 2
    return Piece(text, x - width / 2, y - 15 - rise, x + width / 2, y + 15 + rise, slope, 0.98)


def rows(pieces: list[Piece], cells: tuple[Cell, ...]) -> list[str]:
    """The lines that come of it."""
    return [line.text for line in in_rows(in_cells(pieces, cells), 1200, 1600)]


def form(askew: float = 0.0) -> list[Piece]:
    """A row whose middle cell holds two lines, between two plain rows, and a paragraph below."""
    return [
        piece("姓名", 120, 250, askew=askew),
        piece("周文海", 420, 250, askew=askew),
        piece("房屋状况", 120, 380, askew=askew),
        piece("建筑面积", 420, 350, askew=askew),
        piece("平方米", 420, 410, askew=askew),
        piece("套内面积", 720, 380, askew=askew),
        piece("备注", 120, 510, askew=askew),
        piece("本证自登记之日起生效", 100, 900, askew=askew),
    ]


@pytest.mark.parametrize("askew", [0.0, 0.5, -0.8, 1.4, -1.4])
def test_the_cells_of_a_ruled_table_are_found_however_it_lies(askew: float) -> None:
    assert len(find_cells(sheet(askew=askew))) == 9


def test_a_page_of_plain_text_has_none() -> None:
    page = np.full((1600, 1200, 3), 255, np.uint8)
    for y in range(200, 1400, 60):
        cv2.putText(page, "HEREBY AGREE THE PARTIES AS FOLLOWS", (100, y), 0, 1.2, (0, 0, 0), 2)
    assert find_cells(page) == ()


def test_a_frame_around_everything_is_no_table() -> None:
    page = np.full((1600, 1200, 3), 255, np.uint8)
    cv2.rectangle(page, (50, 50), (1150, 1550), (0, 0, 0), 3)
    assert find_cells(page) == ()


@pytest.mark.parametrize("askew", [0.0, 1.2, -1.2])
def test_a_cell_of_two_lines_stays_together_between_its_neighbours(askew: float) -> None:
    found = rows(form(askew), find_cells(sheet(askew=askew)))
    assert found == [
        "姓名\u3000周文海",
        "房屋状况\u3000建筑面积平方米\u3000套内面积",
        "备注",
        "本证自登记之日起生效",
    ]


def test_without_cells_nothing_is_changed() -> None:
    pieces = form()
    assert in_cells(pieces, ()) == pieces


def test_a_table_whose_lines_are_broken_loses_no_text() -> None:
    found = "".join(rows(form(), find_cells(sheet(broken=True))))
    assert sorted(found.replace("\u3000", "")) == sorted("".join(p.text for p in form()))


def test_the_lines_of_a_text_in_one_wide_cell_stay_lines() -> None:
    cells = tuple(Cell(100, y, 1000, y + 300) for y in (100, 400, 700, 1000))
    pieces = [piece("第一条", 120, 150), piece("第二条", 120, 200), piece("第三条", 120, 250)]
    assert rows(pieces, cells) == ["第一条", "第二条", "第三条"]


def test_no_character_is_lost_or_doubled_wherever_pieces_lie() -> None:
    cells = find_cells(sheet())
    pieces = [piece("甲乙", x, y) for x in range(60, 1100, 90) for y in range(180, 620, 45)]
    assert "".join(rows(pieces, cells)).replace("\u3000", "").count("甲乙") == len(pieces)
