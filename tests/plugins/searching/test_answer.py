"""Tests of putting one record before the words."""

from __future__ import annotations

from dataclasses import replace

from plugins.searching.answer import answer
from retention.record import Record
from tests.contract.deposits import CARD, ID_NUMBER

RECORD = Record("7", replace(CARD, title="认购书 测试甲"))


def test_each_word_may_stand_elsewhere() -> None:
    hit = answer(RECORD, ("3-2-1501",), ("第一页认", "购第二页"), ("测试甲", "3-2", "页认购"))
    assert hit is not None
    assert hit.score > 0
    assert len(hit.highlights) == 3


def test_all_words_must_stand_somewhere() -> None:
    assert answer(RECORD, (), ("正文",), ("测试甲", "没有")) is None


def test_no_word_runs_over_from_one_key_to_the_next() -> None:
    assert answer(RECORD, ("甲乙", "丙丁"), (), ("乙丙",)) is None


def test_no_number_runs_over_from_one_in_the_title_to_the_next() -> None:
    card = replace(CARD, title="退房申请 755782 2020-03-31 民 事")
    found = [
        word for word in ("2202", "755782", "2020-03", "民事") if answer(Record("7", card), (), (), (word,))
    ]
    assert found == ["755782", "2020-03", "民事"]


def test_a_title_that_somebody_has_given_is_shown_and_searched_in_the_place_of_the_cards() -> None:
    hit = answer(RECORD, (), (), ("新",), f"新题名 {ID_NUMBER}")
    assert hit is not None
    assert hit.record.card.title == "新题名 1101**********001X"
    assert answer(RECORD, (), (), ("认购书",), "新题名") is None


def test_without_words_every_record_is_a_hit() -> None:
    hit = answer(RECORD, (), (), ())
    assert hit is not None
    assert (hit.score, hit.highlights) == (0.0, ())
