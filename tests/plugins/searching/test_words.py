"""Tests of the words of a Query."""

from __future__ import annotations

import pytest

from plugins.searching.words import words_of
from retention.dms import Query
from retention.errors import DmsRefused


def test_words_are_evened_out_and_each_is_looked_for_once() -> None:
    assert words_of(Query("ＨＴ-1 认购　ht-1")) == ("ht-1", "认购")


def test_a_word_of_which_nothing_is_left_is_none() -> None:
    assert words_of(Query("\u200b 认购")) == ("认购",)


@pytest.mark.parametrize("words", ["a " * 33, "a" * 201])
def test_more_than_can_be_looked_for_is_refused(words: str) -> None:
    with pytest.raises(DmsRefused, match="too"):
        words_of(Query(words))
