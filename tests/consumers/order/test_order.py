from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consumers.order import Piece, lines_of
from tests.consumers.order.typeset import SIZE, column, piece

FORM = [
    ["业主姓名：", "刘德福", "房号：", "1-3-301"],
    ["联系电话：", "13300005043", "报修时间：", "7月19日"],
    ["报修内容：", "卫生间顶棚滴水，疑楼上下水管接头漏"],
    ["派工：", "马志强"],
]


def said(pieces: list[Piece], size: tuple[int, int] = SIZE) -> list[str]:
    """The lines of pieces that come in no order at all."""
    shuffled = random.Random(7).sample(pieces, len(pieces))
    return [line.text for line in lines_of(shuffled, size)]


def form(*, askew: float = 0.0, leading: float = 50.0) -> list[Piece]:
    """The form as an engine sees it on a page that lies askew."""
    return [
        piece(text, 100 + 350 * at, 300 + leading * row, askew=askew)
        for row, cells in enumerate(FORM)
        for at, text in enumerate(cells)
    ]


@pytest.mark.parametrize("askew", [-3.0, -1.6, -0.4, 0.0, 0.8, 1.6, 3.0])
def test_rows_are_read_from_left_to_right_however_the_page_lies(askew: float) -> None:
    assert said(form(askew=askew)) == ["\u3000".join(cells) for cells in FORM]


def test_what_overlaps_sideways_is_two_rows_however_close() -> None:
    assert said([piece("第一行的文字", 100, 300), piece("第二行的文字", 120, 312)]) == [
        "第一行的文字",
        "第二行的文字",
    ]


def test_small_print_beside_large_print_is_one_row() -> None:
    assert said([piece("定金", 100, 300, high=60), piece("（大写）", 320, 306, high=24)]) == [
        "定金\u3000（大写）"
    ]


def test_no_piece_makes_no_line() -> None:
    assert lines_of([], SIZE) == ()


def test_a_paragraph_is_a_block_and_a_heading_another() -> None:
    pieces = [
        piece("标题", 700, 200, high=60),
        *column(100, 400, ["一段", "两行"]),
        *column(100, 650, ["又一", "段"]),
    ]
    assert [(line.text, line.block) for line in lines_of(pieces, SIZE)] == [
        ("标题", 0),
        ("一段", 1),
        ("两行", 1),
        ("又一", 2),
        ("段", 2),
    ]


PIECES = st.lists(
    st.builds(
        piece,
        st.text("甲乙丙丁戊0123 AbcxyZ：，", min_size=1, max_size=20).filter(lambda text: text.strip() != ""),
        st.floats(0, 1_500),
        st.floats(0, 2_000),
        high=st.floats(8, 120),
        askew=st.floats(-5, 5),
    ),
    max_size=30,
)


def bare(text: str) -> str:
    """The text without its white space."""
    return "".join(text.split())


@given(PIECES)
def test_nothing_is_lost_or_doubled_wherever_pieces_lie(pieces: list[Piece]) -> None:
    found = bare("".join(line.text for line in lines_of(pieces, SIZE)))
    assert sorted(found) == sorted(bare("".join(piece.text for piece in pieces)))


@given(PIECES, st.booleans())
def test_the_words_of_a_line_make_up_its_text(pieces: list[Piece], wide: bool) -> None:
    for line in lines_of(pieces, SIZE[::-1] if wide else SIZE):
        assert bare("".join(word.text for word in line.words)) == bare(line.text)


@given(PIECES)
def test_blocks_are_counted_in_the_order_of_reading(pieces: list[Piece]) -> None:
    blocks = [line.block for line in lines_of(pieces, SIZE)]
    assert blocks == sorted(blocks)
    assert set(blocks) == set(range(len(set(blocks))))
