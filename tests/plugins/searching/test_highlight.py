"""Tests of plugins.searching.highlight."""

from __future__ import annotations

from itertools import product

from plugins.searching.evened import Evened
from plugins.searching.highlight import highlights

NUMBER = "11010119900101001X"


def test_each_word_is_quoted_before_any_is_quoted_twice() -> None:
    text = Evened(("甲" + "一" * 60) * 5 + "乙")
    first, second, third = highlights([text], ["甲", "乙"])
    assert first.startswith("甲")
    assert second.endswith("乙")
    assert "甲" in third


def test_words_that_stand_together_share_a_quote() -> None:
    assert highlights([Evened("甲某和乙某")], ["甲某", "乙某"]) == ("甲某和乙某",)


def test_the_same_quote_is_given_once() -> None:
    text = Evened(("一" * 30 + "甲" + "二" * 30) * 9)
    assert len(highlights([text], ["甲"])) == 1


def test_an_id_number_that_the_cut_goes_through_is_masked() -> None:
    for gap, number in product(range(24), (NUMBER, "  ".join(NUMBER))):
        for text in (number + "一" * gap + "甲", "甲" + "一" * gap + number):
            for around in ("", "二" * 99):
                (quote,) = highlights([Evened(around + text + around)], ["甲"])
                assert not any(digits in quote.replace(" ", "") for digits in ("10119", "9900", "10100"))


def test_line_breaks_become_blanks() -> None:
    assert highlights([Evened("甲\r\n\r\n  某\t乙")], ["甲某"]) == ("甲 某 乙",)
