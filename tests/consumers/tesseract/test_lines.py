from __future__ import annotations

import math

import pytest

from consumers.order.piece import Piece
from consumers.tesseract.lines import askew, confidence_of, lines_of, moved
from consumers.tesseract.program import Word

HIGH = 20


def line(*words: tuple[str, int, int], number: int = 1, confidence: float = 0.9) -> list[Word]:
    """Words of one line: text, left, right."""
    return [
        Word((1, 1, number), text, left, 100, right, 100 + HIGH, confidence) for text, left, right in words
    ]


def texts(words: list[Word]) -> list[str]:
    return [piece.text for piece in lines_of(words)]


JOINED = [
    pytest.param([("商品房", 0, 60), ("买卖", 62, 100)], "商品房买卖", id="Han beside Han"),
    pytest.param([("第", 0, 20), ("1202", 24, 60), ("室", 64, 84)], "第1202室", id="Han beside figures"),
    pytest.param([("（", 0, 10), ("2019", 14, 50), ("）", 54, 64)], "（2019）", id="full-width brackets"),
    pytest.param([("Beijing", 0, 60), ("Road", 66, 100)], "Beijing Road", id="Latin words"),
    pytest.param([("送", 0, 20), ("达", 60, 80), ("回", 120, 140), ("证", 180, 200)], "送达回证", id="spaced title"),
    pytest.param([("案号", 0, 40), ("〈2019)", 42, 90), ("闽", 92, 110)], "案号(2019)闽", id="bracket of the wrong kind"),
    pytest.param([("《合同法》", 0, 90), ("第一条", 92, 140)], "《合同法》第一条", id="title in its own brackets"),
]  # fmt: skip


@pytest.mark.parametrize(("words", "text"), JOINED)
def test_the_words_of_a_line_are_joined_as_they_are_written(
    words: list[tuple[str, int, int]], text: str
) -> None:
    assert texts(line(*words)) == [text]


def test_label_and_value_that_stand_far_apart_are_two_pieces() -> None:
    words = line(("姓", 0, 20), ("名", 22, 42), ("许", 110, 130), ("强", 132, 152))
    assert texts(words) == ["姓名", "许强"]


def test_lines_stay_lines() -> None:
    assert texts(line(("甲方", 0, 40)) + line(("乙方", 0, 40), number=2)) == ["甲方", "乙方"]


def test_what_tesseract_makes_of_ruled_lines_is_left_out() -> None:
    assert texts(line(("案由", 0, 40), ("|", 44, 46), ('"', 48, 52), ("纠纷", 56, 96))) == ["案由纠纷"]
    assert texts(line(("|", 44, 46))) == []


@pytest.mark.parametrize(("text", "confidence", "kept"), [("甲方", 0.2, 0), ("甲方", 0.5, 1), ("—·", 0.5, 0)])
def test_what_was_read_with_little_confidence_is_a_speck(text: str, confidence: float, kept: int) -> None:
    assert len(lines_of(line((text, 0, 40), confidence=confidence))) == kept


def test_the_words_make_up_the_text_and_keep_their_own_confidence() -> None:
    words = line(("案号", 0, 40)) + line(("〈2019)", 42, 90), confidence=0.6)
    (piece,) = lines_of(words)
    assert "".join(word.text for word in piece.words) == piece.text
    assert [word.confidence for word in piece.words] == [0.9, 0.6]
    assert (piece.left, piece.right) == (0, 90)


def test_confidence_counts_by_characters() -> None:
    lines = lines_of(line(("一二三", 0, 60), confidence=0.9) + line(("四", 0, 20), number=2, confidence=0.5))
    assert confidence_of(lines) == pytest.approx((3 * 0.9 + 0.5) / 4)
    assert confidence_of([]) == 0.0


def test_a_piece_is_moved_with_its_words() -> None:
    piece = moved(Piece("甲", 10, 20, 30, 40, 0.0, 0.9, (Piece("甲", 10, 20, 30, 40, 0.0, 0.9),)), 5, -7)
    assert (piece.left, piece.top, piece.right, piece.bottom) == (15, 13, 35, 33)
    assert piece.words[0].left == 15


def test_a_piece_lies_where_it_lay_before_the_page_was_straightened() -> None:
    """A line through the middle of the right half lies lower where the page is turned clockwise."""
    straight = Piece("甲", 900, 490, 1000, 510, 0.0, 0.9)
    lain = askew(straight, 2.0, (1000, 1000))
    assert (lain.top + lain.bottom) / 2 == pytest.approx(500 + 450 * math.sin(math.radians(2)))
    assert lain.slope == pytest.approx(math.tan(math.radians(2)))
    assert askew(straight, 0.0, (1000, 1000)) is straight
