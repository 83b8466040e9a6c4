from __future__ import annotations

from consumers.tesseract.gutter import crosses_gutter
from consumers.tesseract.program import Word

HIGH = 26


def line(number: int, *spans: tuple[int, int]) -> list[Word]:
    """A line whose words stand from left to right there."""
    top = 100 + 44 * number
    return [Word((1, 1, number), "文字", left, top, right, top + HIGH, 0.9) for left, right in spans]


def lines(count: int, *spans: tuple[int, int], first: int = 0) -> list[Word]:
    return [word for number in range(first, first + count) for word in line(number, *spans)]


def test_lines_with_their_gap_in_the_same_place_cross_a_gutter() -> None:
    assert crosses_gutter(lines(8, (100, 300), (304, 600), (640, 1100)))


def test_a_few_lines_in_which_a_speck_fills_the_gap_change_nothing() -> None:
    assert crosses_gutter(lines(8, (100, 600), (640, 1100)) + lines(4, (100, 630), (640, 1100), first=8))


def test_running_text_has_its_gaps_anywhere() -> None:
    words = [word for n in range(12) for word in line(n, (100, 300 + 40 * n), (330 + 40 * n, 1100))]
    assert not crosses_gutter(words)


def test_two_parties_side_by_side_are_too_few_lines() -> None:
    assert not crosses_gutter(lines(3, (100, 400), (700, 1000)) + lines(12, (100, 1100), first=3))


def test_numbers_in_front_of_paragraphs_are_no_column() -> None:
    assert not crosses_gutter(lines(10, (100, 140), (180, 1100)))


def test_a_page_without_words_has_none() -> None:
    assert not crosses_gutter([])
