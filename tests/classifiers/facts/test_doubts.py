from __future__ import annotations

from classifiers.facts.amount import find
from classifiers.facts.doubts import doubts_zh
from tests.classifiers.facts.page import page


def test_sums_that_differ_are_a_reason_to_look_with_both_quotes() -> None:
    facts = (*find(page("定金伍万元整（￥50,000）", 1)), *find(page("定金伍万元整（￥60,000）", 2)))
    assert doubts_zh(facts) == ("第 2 页大小写金额不一致：“伍万元整”、“￥60,000”，请核对原件",)


def test_sums_that_agree_are_none() -> None:
    assert doubts_zh(find(page("定金伍万元整（￥50,000）"))) == ()
