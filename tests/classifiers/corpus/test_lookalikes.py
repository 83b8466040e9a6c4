from __future__ import annotations

from random import Random

import pytest

from classifiers.corpus.lookalikes import mistaken, traditional


@pytest.mark.parametrize("glyph", list("己末证诉买0O：，判室幢龘aé"))
def test_a_mistaken_character_is_one_character(glyph: str) -> None:
    assert all(len(mistaken(glyph, Random(seed))) == 1 for seed in range(50))


def test_a_character_is_mostly_taken_for_one_of_like_shape() -> None:
    taken = [mistaken("未", Random(seed)) for seed in range(100)]
    assert sum(glyph in "末来术木" for glyph in taken) > 70


def test_a_digit_stays_a_digit_or_becomes_its_letter() -> None:
    assert {mistaken("0", Random(seed)) for seed in range(100)} <= set("0123456789Oo〇D")


def test_simplified_text_becomes_traditional() -> None:
    assert traditional("不动产权证书") == "不動產權證書"
