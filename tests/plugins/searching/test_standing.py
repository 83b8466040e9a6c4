"""Tests of where a word stands."""

from __future__ import annotations

import pytest

from plugins.searching.standing import places, stands


@pytest.mark.parametrize(
    ("word", "text"),
    [
        ("3-2-1201", "锦绣花园3-2-1201"),
        ("3-2-1201", "13-2-1201和3-2-1201"),
        ("3栋2单元", "花园3栋2单元1201室"),
        ("0815", "ht-20230815"),
        ("001x", "11010119900101001x"),
        ("0815-2", "ht-20230815-2"),
        ("民初1234", "0106民初1234号"),
        ("234号", "民初1234号"),
        ("号楼", "13号楼"),
    ],
)
def test_a_word_stands_where_people_mean_it(word: str, text: str) -> None:
    assert stands(word, text)


@pytest.mark.parametrize("word", ["3-2-1201", "3栋2单元", "3幢", "3号楼", "3座", "3#2-1201", "2单元1201"])
def test_the_number_of_a_building_does_not_stand_in_a_longer_one(word: str) -> None:
    assert not stands(word, f"花园1{word}")


def test_places_do_not_overlap_and_an_empty_word_stands_nowhere() -> None:
    assert list(places("aa", "aaaaa")) == [0, 2]
    assert list(places("3-3", "13-3-3")) == [3]
    assert list(places("", "a")) == []
