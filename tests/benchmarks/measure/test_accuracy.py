"""Errors are counted as the acceptance counts them."""

from __future__ import annotations

import pytest

from benchmarks.measure.accuracy import bears, cer, difference, even, order_free


def test_width_white_space_and_kind_of_punctuation_are_no_errors() -> None:
    assert cer("甲方：王建国，（签字）", "甲方: 王 建国,\n(签字)") == 0.0


def test_an_error_is_a_part_of_the_true_length() -> None:
    assert cer("一二三四五六七八九十", "一二三四五六七八九") == pytest.approx(0.1)


def test_more_errors_than_characters_are_still_one() -> None:
    assert cer("一二", "三四五六七八") == 1.0


def test_a_blank_page_read_as_blank_is_right_and_any_character_on_it_is_wrong() -> None:
    assert (cer("", ""), order_free("", "")) == (0.0, 0.0)
    assert (cer("", "。"), order_free("", "。")) == (1.0, 1.0)


def test_another_order_is_no_error_when_order_is_left_out() -> None:
    assert order_free("甲乙丙丁", "丙丁甲乙") == 0.0
    assert cer("甲乙丙丁", "丙丁甲乙") > 0.0


def test_the_order_free_error_is_one_less_f1_of_the_bags() -> None:
    # 3 in common of 4 and 5: F1 is 6/9.
    assert order_free("甲乙丙丁", "甲乙丙戊己") == pytest.approx(1 - 6 / 9)


def test_a_value_is_found_across_a_line_break_and_not_with_a_wrong_digit() -> None:
    assert bears("编号：YS2021\n4002056", "YS20214002056")
    assert not bears("编号：YS20214002058", "YS20214002056")


def test_what_is_missing_and_what_is_too_much_comes_in_the_order_of_the_text() -> None:
    assert difference("买受人王芳", "买受入王芳芳") == ("人", "入芳")


def test_evening_keeps_every_character_that_says_something() -> None:
    assert even("￥１，２３４．５０ 元") == "¥1,234.50元"
