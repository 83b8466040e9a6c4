"""Sides that learn."""

from __future__ import annotations

import pytest

from benchmarks.verdicts import trained
from benchmarks.verdicts.trained import Lesson
from tests.benchmarks.verdicts.made import case

LESSONS = [
    Lesson(f"{number}", f"{word} {number} 编号", category)
    for number in range(20)
    for word, category in (("收据 定金", "sales"), ("判决 原告", "litigation"))
]


@pytest.mark.parametrize("make", [trained.paperless, trained.ngrams])
def test_a_side_says_what_it_was_taught(make: trained.Make) -> None:
    side = trained.learnt(make, LESSONS)
    pairs = side.answers([case("sales", "收据 定金"), case("litigation", "判决 原告")])
    assert [answer.category for _, answer in pairs] == ["sales", "litigation"]
    assert all(not answer.review and 0.5 < answer.confidence <= 1 for _, answer in pairs)


def test_paperless_takes_a_run_of_han_characters_for_one_word() -> None:
    counted = trained.paperless()[0]
    assert sorted(counted.fit(["甲方：张三（买受人），身份证号"]).vocabulary_) == [
        "买受人", "买受人 身份证号", "张三", "张三 买受人", "甲方", "甲方 张三", "身份证号",
    ]  # fmt: skip


def test_a_document_is_not_judged_by_a_side_that_learnt_from_it() -> None:
    # Every document has a word of its own, and the category can be told from nothing else.
    own = [
        Lesson(f"{number:02}", f"词{number:02}", "sales" if number % 10 < 8 else "title")
        for number in range(40)
    ]
    # Two fillings of one form, with the same name but for the letter, count as one.
    own += [Lesson(f"{number:02}d", f"词{number:02}", one.category) for number, one in enumerate(own)]
    cases = [case(one.category, one.text, name=one.document) for one in own]
    pairs = trained.crosswise(trained.ngrams, cases, own)
    known = trained.learnt(trained.ngrams, own).answers(cases)
    assert len(pairs) == len(cases)
    assert sum(one.category == answer.category for one, answer in known) == len(cases)
    assert sum(one.category == answer.category for one, answer in pairs) < len(cases)
