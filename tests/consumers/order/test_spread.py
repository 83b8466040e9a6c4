from __future__ import annotations

import pytest

from consumers.order import Piece, lines_of
from tests.consumers.order.test_order import said
from tests.consumers.order.typeset import column, piece, sheet

OPEN = (3_300, 2_200)
"""An open booklet: two pages of 1650 x 2200 pixels."""
LINE = "这一行文字写满了整页的宽度只在页边留了白边方便装订成册啊"


def page(name: str, at: float) -> list[Piece]:
    """A page of running text with its heading and its number."""
    lines = [name + str(number) + LINE for number in range(10)]
    return [
        piece(f"{name}标题", at + 600, 200, high=50),
        *column(at + 200, 300, lines),
        piece(name, at + 750, 1_900),
    ]


def test_the_left_page_is_read_before_the_right_one() -> None:
    found = said(page("左", 0) + page("右", 1_650), OPEN)
    assert [text[0] for text in found] == ["左"] * 12 + ["右"] * 12


@pytest.mark.parametrize("ruled", [True, False])
def test_a_picture_that_is_given_changes_nothing_but_where_a_rule_joins_the_pages(ruled: bool) -> None:
    pieces = page("左", 0) + page("右", 1_650)
    across = [(270 + 50 * at, 100, 3_200) for at in range(11)] if ruled else []
    down = [(x, 270, 770) for x in (100, 1_640, 3_200)] if ruled else []
    lines = lines_of(pieces, OPEN, sheet(across, down, size=OPEN))
    assert ["".join(dict.fromkeys(line.text)) for line in lines] != []
    assert any(line.text.count(LINE) == 2 for line in lines) == ruled


def test_where_the_words_stand_is_told_on_the_whole_picture() -> None:
    lines = lines_of(page("左", 0) + page("右", 1_650), OPEN)
    last = lines[-1]
    assert last.text == "右"
    assert last.box is not None
    assert last.box.left == pytest.approx((1_650 + 750) / 3_300, abs=0.001)
    assert last.words[0].box.left == pytest.approx(last.box.left, abs=0.001)


def test_a_table_that_lies_crosswise_is_one_page_though_no_line_is_ruled() -> None:
    pieces = [
        p for at in range(6) for p in column(150 + 500 * at, 400, [f"列{at}行{row}" for row in range(8)])
    ]
    assert said(pieces, OPEN)[0] == "\u3000".join(f"列{at}行0" for at in range(6))


def test_a_title_across_the_middle_makes_it_one_page() -> None:
    lines = [LINE[:18], LINE[:18], LINE[:18], LINE[:18]]
    pieces = [
        piece("房屋登记情况一览表", 1_500, 200, high=60),
        *column(200, 400, lines),
        *column(1_900, 400, lines),
    ]
    assert said(pieces, OPEN)[1] == LINE[:18] + "\u3000" + LINE[:18]


def test_a_page_that_stands_upright_has_no_two_pages() -> None:
    labels = [f"第{number}项目名称" for number in range(6)]
    assert said(column(100, 400, labels) + column(900, 400, labels))[0] == "\u3000".join(labels[:1] * 2)
