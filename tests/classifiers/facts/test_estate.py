from __future__ import annotations

import pytest

from classifiers.facts.estate import estate_before, is_typical
from classifiers.glyphs import even_text


@pytest.mark.parametrize(
    "name", ["锦绣花园", "海语轩", "万科城", "阳光小区", "锦绣花园二期", "星河湾A区", "和园"]
)
def test_estates_end_as_estates_do(name: str) -> None:
    assert is_typical(name)


@pytest.mark.parametrize("words", ["连带承担", "报修部位", "花"])
def test_other_words_do_not(words: str) -> None:
    assert not is_typical(words)


def test_a_name_that_ends_otherwise_is_believed_only_after_a_clear_word() -> None:
    for text, name in (("认购万象", "万象"), ("判令承担", None)):
        estate = estate_before(even_text(f"{text}3栋"), len(text))
        assert (estate.name if estate else None) == name
