"""Tests of plugins.searching.evened."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.searching.evened import Evened, even_out

SIGNS = st.text("民事判 \n\u3000aAＡé1１（(ｶﾞe\u0301ﬁ㎡\u200bß𠮷", max_size=60)


@pytest.mark.parametrize(
    ("text", "evened"),
    [
        ("民 事\n判　决\t书", "民事判决书"),
        ("ＡＢｃ１２", "abc12"),
        ("（预售）第１号。", "(预售)第1号。"),
        ("⼀⼈", "一人"),  # Kangxi radicals, as PDF text layers have them
        ("认\u200b购\ufeff\xad\0书\ud800", "认购书"),
        ("Straße", "strasse"),
        ("", ""),
    ],
)
def test_space_width_and_case_are_evened_out(text: str, evened: str) -> None:
    assert even_out(text) == evened


@given(SIGNS)
def test_both_ways_give_the_same_plain_text(text: str) -> None:
    assert Evened(text * 40).plain == even_out(text * 40)


@given(SIGNS, st.integers(0, 2500), st.integers(1, 5))
def test_every_span_holds_the_word(text: str, start: int, length: int) -> None:
    whole = Evened(text * 40)
    word = whole.plain[start : start + length]
    spans = list(whole.spans(word))
    assert bool(spans) == bool(word)
    for first, behind in spans:
        assert word in even_out(whole.text[first:behind])
        assert behind - first <= 40 * (length + 1)


def test_a_span_ends_with_its_last_character() -> None:
    text = "前" * 2345 + "民 事\n书" + "后" * 2345
    assert list(Evened(text).spans("民事书")) == [(2345, 2350)]


def test_nothing_is_found_for_no_word() -> None:
    assert list(Evened("民事").spans("")) == []
