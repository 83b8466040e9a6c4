from __future__ import annotations

import pytest

from consumers.searchable.alphabet import GAP, alphabet_of, legible


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("甲方\u3000乙方", "甲方\u3000乙方"),
        ("a\tb\x0bc\u00a0d", "a b c d"),
        ("a\x00b\x07c\u200bd\u202ee\ufefff", "abcdef"),
        ("half \ud842 of one", "half  of one"),
        ("no\ufffech\U0001ffffaracter", "nocharacter"),
        ("𠮷野家", "𠮷野家"),
    ],
)
def test_what_nobody_sees_is_left_out_and_every_blank_but_the_wide_one_is_a_space(
    text: str, seen: str
) -> None:
    assert legible(text) == seen


def test_the_same_characters_make_the_same_alphabet_in_whatever_order_they_come() -> None:
    assert alphabet_of(["中b", "a"]).codes == alphabet_of(["a中", "ab"]).codes


def test_letters_are_half_as_wide_as_han_characters() -> None:
    alphabet = alphabet_of(["a中"])
    assert (alphabet.advance("a"), alphabet.advance("中"), alphabet.advance(GAP)) == (500, 1000, 1000)


def test_no_code_is_zero_for_that_stands_for_what_is_missing() -> None:
    assert min(alphabet_of(["中a"]).codes.values()) == 1


def test_more_characters_than_a_font_has_room_for_become_the_replacement() -> None:
    every = [chr(code) for code in range(0x20, 0x20000) if not 0xD800 <= code < 0xE000]
    alphabet = alphabet_of(every)
    assert max(alphabet.codes.values()) <= 0xFFFF
    assert alphabet.encoded(every[-1]) == alphabet.encoded("\ufffd")
