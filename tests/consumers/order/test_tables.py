from __future__ import annotations

import random
from itertools import pairwise

import pytest

from consumers.order import Piece, lines_of
from consumers.order.cells import grid_of
from consumers.order.lie import lie_of
from consumers.order.place import place_of
from consumers.order.ruled import ruled
from consumers.pictures import Picture
from tests.consumers.order.typeset import SIZE, column, piece, sheet

ACROSS, DOWN = (100, 400, 700, 1_000), (200, 300, 460, 560)
"""Where the rules stand: three columns, three rows, the second one higher."""
GRID = ([(y, 100, 1_000) for y in DOWN], [(x, 200, 560) for x in ACROSS])


def form(*, askew: float = 0.0) -> list[Piece]:
    """A row whose middle cell holds two lines, between two plain rows, and a paragraph below."""
    set_out = [
        ("姓名", 120, 250),
        ("周文海", 420, 250),
        ("房屋状况", 120, 380),
        ("建筑面积", 420, 350),
        ("平方米", 420, 410),
        ("套内面积", 720, 380),
        ("备注", 120, 510),
        ("本证自登记之日起生效，遗失不补，请妥善保管", 100, 900),
        ("发证机关盖章后方才有效，涂改无效，特此说明", 100, 960),
        ("持证人应当依法行使权利，履行义务，特此告知", 100, 1_020),
    ]
    return [piece(text, left, level, askew=askew) for text, left, level in set_out]


ROWS = ["姓名\u3000周文海", "房屋状况\u3000建筑面积平方米\u3000套内面积", "备注"]


def said(pieces: list[Piece], picture: Picture) -> list[str]:
    """The lines of a page, its pieces found in no order."""
    shuffled = random.Random(3).sample(pieces, len(pieces))
    return [line.text for line in lines_of(shuffled, SIZE, picture)]


def cells(picture: Picture, pieces: list[Piece]) -> int:
    """How many cells are found."""
    lie = lie_of(pieces, *SIZE)
    return len(grid_of(ruled(picture, lie, [place_of(p, lie) for p in pieces])).cells)


@pytest.mark.parametrize("askew", [0.0, 0.5, -0.8, 1.4, -2.2, 3.0])
def test_a_cell_of_two_lines_stays_together_between_its_neighbours(askew: float) -> None:
    assert said(form(askew=askew), sheet(*GRID, askew=askew))[:3] == ROWS


@pytest.mark.parametrize("holes", [2, 8, 12])
def test_lines_with_holes_shut_their_cells_still(holes: int) -> None:
    picture = sheet(*GRID, holes=holes)
    assert cells(picture, form()) == 9
    assert said(form(), picture)[:3] == ROWS


def test_lines_that_stop_short_of_their_corner_are_led_on() -> None:
    across = [(y, 112, 990) for y in DOWN]
    down = [(x, top + 8, bottom - 8) for x in ACROSS for top, bottom in pairwise(DOWN)]
    assert cells(sheet(across, down), form()) == 9


def test_dotted_lines_are_lines() -> None:
    picture = sheet(*GRID)
    picture[::4, :, :] = 255
    picture[:, ::4, :] = 255
    assert cells(picture, form()) == 9


def test_a_page_of_plain_text_has_no_cells() -> None:
    lines = [(y, 100 + 40 * at, 125 + 40 * at) for y in range(200, 1_400, 20) for at in range(20)]
    assert cells(sheet(lines, []), form()) == 0


def test_the_strokes_of_a_text_are_no_lines() -> None:
    assert cells(sheet([*GRID[0], (250, 425, 505)], GRID[1]), form()) == 9


def test_a_frame_around_everything_changes_nothing() -> None:
    frame = sheet([(50, 50, 1_550), (2_150, 50, 1_550)], [(50, 50, 2_150), (1_550, 50, 2_150)])
    assert said(form(), frame) == said(form(), sheet([], []))


def test_a_label_beside_several_rows_stands_before_the_first() -> None:
    across = [(200, 100, 1_000), (300, 300, 1_000), (400, 300, 1_000), (500, 100, 1_000)]
    down = [(100, 200, 500), (300, 200, 500), (600, 200, 500), (1_000, 200, 500)]
    pieces = [piece("土地状况", 120, 350)]
    pieces += [
        piece(f"{name}{row}", left, 250 + 100 * row)
        for row in range(3)
        for name, left in (("项", 320), ("值", 620))
    ]
    assert said(pieces, sheet(across, down)) == ["土地状况\u3000项0\u3000值0", "项1\u3000值1", "项2\u3000值2"]


def test_a_label_written_downwards_is_one_word() -> None:
    across = [(200, 100, 1_000), (350, 170, 1_000), (500, 100, 1_000)]
    down = [(100, 200, 500), (170, 200, 500), (1_000, 200, 500)]
    pieces = [
        *column(120, 270, list("借款人"), leading=80),
        piece("周文海", 200, 275),
        piece("刘德福", 200, 425),
    ]
    assert said(pieces, sheet(across, down)) == ["借款人\u3000周文海", "刘德福"]


def test_two_tables_side_by_side_are_read_one_after_the_other() -> None:
    across = [(y, x, x + 600) for y in (200, 300, 400) for x in (100, 800)]
    down = [(x, 200, 400) for x in (100, 400, 700, 800, 1_100, 1_400)]
    pieces = [
        piece(f"{table}{row}{at}", left + 300 * at, 250 + 100 * row)
        for table, left in (("左", 150), ("右", 850))
        for row in range(2)
        for at in range(2)
    ]
    assert said(pieces, sheet(across, down)) == [
        "左00\u3000左01",
        "左10\u3000左11",
        "右00\u3000右01",
        "右10\u3000右11",
    ]


def test_a_piece_that_was_read_across_a_border_is_cut_there() -> None:
    one = piece("土地状况地号6017", 280, 250)
    words = (piece("土地状况", 280, 250), piece("地号", 400, 250), piece("6017", 460, 250))
    whole = Piece(one.text, one.left, one.top, one.right, one.bottom, 0.0, 0.9, words)
    (line,) = [line for line in lines_of([whole, *form()[2:]], SIZE, sheet(*GRID)) if "6017" in line.text]
    assert line.text == "土地状况\u3000地号6017"
    assert [word.text for word in line.words] == ["土地状况", "地号", "6017"]


def test_the_lines_of_a_text_in_one_wide_cell_stay_lines() -> None:
    across = [(y, 100, 1_000) for y in (100, 400, 700, 1_000, 1_300)]
    down = [(100, 100, 1_300), (1_000, 100, 1_300)]
    pieces = column(120, 150, ["第一条", "第二条", "第三条"])
    assert said(pieces, sheet(across, down)) == ["第一条", "第二条", "第三条"]


def test_a_table_that_lost_a_line_keeps_its_text_in_its_rows() -> None:
    across, down = GRID
    lost = sheet(across, [line for line in down if line[0] != 700])
    assert said(form(), lost)[0] == ROWS[0]
    assert sorted("".join(said(form(), lost)).replace("\u3000", "")) == sorted(
        "".join(p.text for p in form())
    )


def test_the_side_of_a_seal_does_not_cut_the_lines_of_a_cell() -> None:
    picture = sheet([(200, 100, 1_000), (340, 100, 1_000)], [(x, 200, 340) for x in (100, 300, 650, 1_000)])
    pieces = [piece("附记", 120, 270), piece("原证号第八四二六五一八号；产权来源：买卖", 320, 240)]
    pieces += [piece("契税已缴讫，公共维修基金已缴，特此注明", 320, 300)]
    assert said(pieces, picture) == [
        "附记\u3000原证号第八四二六五一八号；产权来源：买卖契税已缴讫，公共维修基金已缴，特此注明"
    ]


def test_the_columns_above_and_below_a_wide_cell_do_not_cut_it() -> None:
    across = [(y, 100, 1_000) for y in (200, 260, 320, 380)]
    down = [(x, 200, 380) for x in (100, 300, 1_000)] + [(650, 200, 260), (650, 320, 380)]
    pieces = [
        piece(text, left, 230 + 60 * row)
        for row in (0, 2)
        for left, text in ((120, "名称"), (320, "甲"), (670, "乙"))
    ]
    pieces += [piece("坐落", 120, 290), piece("临江区滨河路十五号滨河雅苑一幢", 320, 290)]
    assert "坐落\u3000临江区滨河路十五号滨河雅苑一幢" in said(pieces, sheet(across, down))


def test_a_table_that_goes_on_overleaf_has_a_last_row() -> None:
    across = [(y, 100, 1_000) for y in (200, 300, 400, 500)]
    down = [(x, 200, 640) for x in (100, 300, 1_000)]
    pieces = [
        piece(text, left, 250 + 100 * row) for row in range(3) for left, text in ((120, "名称"), (320, "甲"))
    ]
    pieces += [piece("附记", 120, 570), *column(320, 530, ["上一行", "中一行", "下一行"], leading=40)]
    assert said(pieces, sheet(across, down))[-1] == "附记\u3000上一行中一行下一行"


def test_a_fold_across_the_page_is_no_line_of_a_table() -> None:
    fold = (385, 0, SIZE[0] - 1)
    assert said(form(), sheet([*GRID[0], fold], GRID[1]))[1] == ROWS[1]


def test_a_streak_down_a_fax_cuts_no_word() -> None:
    across = [(y, 100, 1_000) for y in range(200, 700, 100)]
    down = [(x, 200, 600) for x in (100, 400, 1_000)] + [(205, 100, 900)]
    pieces = [
        piece(text, left, 250 + 100 * row)
        for row in range(4)
        for left, text in ((130, "登记时间"), (420, "甲"))
    ]
    assert said(pieces, sheet(across, down)) == ["登记时间\u3000甲"] * 4
