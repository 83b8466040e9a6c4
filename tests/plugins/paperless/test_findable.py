"""Tests of what is written behind a text so that paperless' own search finds it."""

from __future__ import annotations

import pytest

from plugins.archiving.card import unit_spellings
from plugins.paperless.findable import numbers, pairs, shorter


@pytest.mark.parametrize("typed", ["3栋2单元1201", "3幢2单元1201", "3号楼2单元1201", "2单元1201室", "1201室"])
def test_a_unit_is_a_word_in_every_way_in_which_people_type_it(typed: str) -> None:
    assert typed in shorter(unit_spellings("3-2-1201"))


def test_nobody_begins_in_the_middle_of_a_unit() -> None:
    assert not {"单元1201室", "栋2单元1201室", "号楼2单元1201室"} & set(shorter(unit_spellings("3-2-1201")))


@pytest.mark.parametrize("typed", ["苏0106民初1234", "0106民初1234号", "民初1234号", "1234号", "1234"])
def test_a_case_number_is_found_by_its_end(typed: str) -> None:
    assert typed in shorter(["（2023）苏0106民初1234号"])


@pytest.mark.parametrize(
    ("key", "tails"),
    [
        ("XS20163173221", {"3221", "73221", "173221", "20163173221"}),
        ("皖（2021）合肥市不动产权第0389721号", {"9721", "89721", "389721", "0389721"}),
        ("11010119900101001X", {"001X", "1001X", "01001X"}),
        ("12345", {"2345"}),
    ],
)
def test_the_last_digits_of_a_long_number_are_words(key: str, tails: set[str]) -> None:
    assert tails <= set(shorter([key]))


def test_the_end_of_a_room_is_no_word() -> None:
    assert "201" not in shorter(unit_spellings("3-2-1201"))


def test_what_is_a_word_of_a_key_already_is_not_written_again() -> None:
    assert shorter(["HT-2023-0815", "王建国", "3-2-1201"]) == ()


def test_numbers_within_a_word_and_in_long_rows_are_written_again() -> None:
    assert numbers(["合同价1,280,000元，另付50元"]) == ("1,280,000",)
    assert numbers(["编号 0031987 面积 128.56"]) == ()
    assert numbers(["前" * 42 + "，0031987，"]) == ("0031987",)
    assert numbers(["房号１２０１室"]) == ("1201",)


def test_signs_are_no_part_of_a_pair() -> None:
    assert list(pairs("（预售）a，b")) == ["预售"]
    assert list(pairs("甲")) == ["甲"]
    assert list(pairs("，")) == list(pairs("")) == []
