from __future__ import annotations

import numpy as np

from classifiers.model.grams import LONGEST, grams
from tests.classifiers.pages import transcript


def _numbers(text: str) -> set[int]:
    return {int(number) for passage in grams(transcript(text)).body for number in passage.numbers}


def test_a_text_of_n_characters_has_n_grams_of_every_length() -> None:
    (passage,) = grams(transcript("房屋买卖合同")).body
    assert len(passage.numbers) == sum(6 - length + 1 for length in range(1, LONGEST + 1))


def test_white_space_punctuation_and_width_change_nothing() -> None:
    assert _numbers("民 事　判决书：（一）") == _numbers("民事判决书一")


def test_a_line_feed_is_no_border() -> None:
    assert _numbers("商品房买\n卖合同") == _numbers("商品房买卖合同")


def test_every_number_is_the_same_one() -> None:
    assert _numbers("金额1,280,000.00元") == _numbers("金额7元")


def test_traditional_characters_are_the_simplified_ones() -> None:
    assert _numbers("房屋買賣合同") == _numbers("房屋买卖合同")


def test_the_same_words_in_the_title_are_other_grams() -> None:
    seen = grams(transcript("民事判决书"))
    body, title = (set(map(int, part[0].numbers)) for part in (seen.body, seen.title))
    assert not body & title


def test_a_gram_leads_back_to_the_words_on_the_page() -> None:
    (passage,) = grams(transcript("第3条　买受人应当付清房款")).body
    wanted = grams(transcript("付清房款")).body[0].numbers[-1]
    place = int(np.flatnonzero(passage.numbers == wanted)[0])
    start = int(passage.starts[place])
    assert passage.quote(start, start + int(passage.lengths[place])) == "付清房款"


def test_a_page_without_text_has_none() -> None:
    assert grams(transcript("")).body == ()
    assert grams(transcript("——　…")).title == ()
