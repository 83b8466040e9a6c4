from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consumers.reading_order import Piece, in_rows, page_of

WIDTH, HEIGHT = 1_600, 2_200
FORM = [
    ["业主姓名：", "刘德福", "房号：", "1-3-301"],
    ["联系电话：", "13300005043", "报修时间：", "7月19日"],
    ["报修内容：", "卫生间顶棚滴水，疑楼上下水管接头漏，墙皮已鼓起"],
    ["派工：", "马志强"],
]


def _piece(
    text: str, left: float, top: float, width: float, *, slope: float = 0.0, high: float = 30
) -> Piece:
    return Piece(text, left, top, left + width, top + high, slope, 0.9)


def _skewed(degrees: float, spacing: float = 50) -> list[Piece]:
    """The form as an engine sees it on a page that lies askew, in no order at all."""
    slope = math.tan(math.radians(degrees))
    pieces = []
    for row, cells in enumerate(FORM):
        for column, text in enumerate(cells):
            left, width = 100 + 350 * column, 30.0 * len(text)
            middle = left + width / 2
            pieces.append(_piece(text, left, 300 + spacing * row + slope * middle, width, slope=slope))
    return pieces[::-1]


@pytest.mark.parametrize("degrees", [-3.0, -1.6, -0.4, 0.0, 0.8, 1.6, 3.0])
def test_rows_are_read_from_left_to_right_however_the_page_lies(degrees: float) -> None:
    assert [line.text for line in in_rows(_skewed(degrees), WIDTH, HEIGHT)] == [
        "\u3000".join(cells) for cells in FORM
    ]


def test_what_overlaps_sideways_is_two_rows_however_close() -> None:
    pieces = [_piece("第一行的文字", 100, 300, 400), _piece("第二行的文字", 120, 312, 400)]
    assert [line.text for line in in_rows(pieces, WIDTH, HEIGHT)] == ["第一行的文字", "第二行的文字"]


def test_small_print_beside_large_print_is_one_row() -> None:
    pieces = [_piece("定金", 100, 300, 200, high=60), _piece("（大写）", 320, 318, 100, high=24)]
    assert [line.text for line in in_rows(pieces, WIDTH, HEIGHT)] == ["定金\u3000（大写）"]


def test_a_row_tells_where_it_stands_in_parts_of_the_page() -> None:
    (line,) = in_rows([_piece("甲", 160, 220, 80), _piece("乙", 800, 220, 160)], WIDTH, HEIGHT)
    assert line.box is not None
    assert (line.box.left, line.box.right) == (0.1, 0.6)
    assert line.box.top == pytest.approx(0.1)


def test_a_box_never_leaves_the_page() -> None:
    (line,) = in_rows([_piece("边", -20, -5, 2_000)], WIDTH, HEIGHT)
    assert line.box is not None
    assert (line.box.left, line.box.top, line.box.right) == (0.0, 0.0, 1.0)


def test_the_confidence_of_a_row_counts_its_characters() -> None:
    pieces = [Piece("甲", 0, 0, 30, 30, 0.0, 0.5), Piece("乙乙乙", 50, 0, 140, 30, 0.0, 0.9)]
    assert in_rows(pieces, WIDTH, HEIGHT)[0].confidence == pytest.approx(0.8)


def test_no_piece_makes_no_row() -> None:
    assert in_rows([], WIDTH, HEIGHT) == ()


@given(
    st.lists(
        st.builds(
            _piece,
            st.sampled_from("甲乙丙丁戊"),
            st.floats(0, 1_500),
            st.floats(0, 2_000),
            st.floats(1, 900),
            slope=st.floats(-0.1, 0.1),
            high=st.floats(1, 120),
        ),
        max_size=30,
    )
)
def test_nothing_is_lost_or_doubled(pieces: list[Piece]) -> None:
    said = "".join(line.text for line in in_rows(pieces, WIDTH, HEIGHT)).replace("\u3000", "")
    assert sorted(said) == sorted(piece.text for piece in pieces)


def _page(pieces: list[Piece]) -> tuple[str, float | None, int]:
    page = page_of(pieces, number=1, reader="r", rotation=90, size=(WIDTH, HEIGHT), unsure=0.8)
    return page.source, page.confidence, len(page.doubtful)


@pytest.mark.parametrize(("confidence", "doubts"), [(0.95, 0), (0.80, 0), (0.79, 1)])
def test_a_page_below_the_threshold_is_called_doubtful(confidence: float, doubts: int) -> None:
    assert _page([Piece("文字", 0, 0, 60, 30, 0.0, confidence)]) == ("ocr", confidence, doubts)


def test_a_page_on_which_nothing_was_found_is_blank_and_not_doubtful() -> None:
    assert _page([]) == ("blank", None, 0)
