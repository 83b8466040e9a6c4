from __future__ import annotations

import pytest

from consumers.reading_order import Piece, in_rows, page_of
from tests.consumers.order.test_tables import GRID, ROWS, form
from tests.consumers.order.typeset import SIZE, piece, sheet

WIDTH, HEIGHT = SIZE


def _page(pieces: list[Piece]) -> tuple[str, float | None, int]:
    page = page_of(pieces, number=1, reader="r", rotation=90, size=SIZE, unsure=0.8)
    return page.source, page.confidence, len(page.doubtful)


@pytest.mark.parametrize(("confidence", "doubts"), [(0.95, 0), (0.80, 0), (0.79, 1)])
def test_a_page_below_the_threshold_is_called_doubtful(confidence: float, doubts: int) -> None:
    assert _page([Piece("文字", 0, 0, 60, 30, 0.0, confidence)]) == ("ocr", confidence, doubts)


def test_a_page_on_which_nothing_was_found_is_blank_and_not_doubtful() -> None:
    assert _page([]) == ("blank", None, 0)


def test_ruled_tables_are_found_where_the_picture_is_given() -> None:
    page = page_of(form(), number=1, reader="r", rotation=0, size=SIZE, unsure=0.8, picture=sheet(*GRID))
    assert [line.text for line in page.lines][:3] == ROWS


def test_a_row_tells_where_it_stands_in_parts_of_the_page() -> None:
    (line,) = in_rows(
        [Piece("甲", 160, 220, 240, 250, 0, 0.9), Piece("乙", 800, 220, 960, 250, 0, 0.9)], *SIZE
    )
    assert line.box is not None
    assert (line.box.left, line.box.right) == (0.1, 0.6)
    assert line.box.top == pytest.approx(0.1)


def test_a_box_never_leaves_the_page() -> None:
    (line,) = in_rows([Piece("边", -20, -5, 2_000, 30, 0.0, 0.9)], WIDTH, HEIGHT)
    assert line.box is not None
    assert (line.box.left, line.box.top, line.box.right) == (0.0, 0.0, 1.0)


def test_the_confidence_of_a_row_counts_its_characters() -> None:
    pieces = [Piece("甲", 0, 0, 30, 30, 0.0, 0.5), Piece("乙乙乙", 50, 0, 140, 30, 0.0, 0.9)]
    assert in_rows(pieces, WIDTH, HEIGHT)[0].confidence == pytest.approx(0.8)


def test_a_piece_whose_words_are_not_its_text_is_its_own_word() -> None:
    odd = Piece("二〇二四年", 0, 0, 150, 30, 0.0, 0.9, (piece("二年", 0, 15),))
    assert [word.text for word in in_rows([odd], WIDTH, HEIGHT)[0].words] == ["二〇二四年"]
