from __future__ import annotations

from classifiers.facts.amount import find
from classifiers.facts.doubts import doubts_zh
from tests.classifiers.facts.page import page


def test_sums_that_differ_are_a_reason_to_look_with_both_quotes() -> None:
    facts = (*find(page("定金伍万元整（￥50,000）", 1)), *find(page("定金伍万元整（￥60,000）", 2)))
    assert doubts_zh(facts) == ("第 2 页大小写金额不一致：“伍万元整”、“￥60,000”，请核对原件",)


def test_sums_that_agree_are_none() -> None:
    assert doubts_zh(find(page("定金伍万元整（￥50,000）"))) == ()


def test_digits_that_a_bad_scan_has_cut_off_are_none_and_one_zero_too_few_is() -> None:
    assert doubts_zh(find(page("定金伍万元整（￥50）"))) == ()
    assert doubts_zh(find(page("定金伍万元整（￥5000000）"))) == ()
    assert len(doubts_zh(find(page("定金伍万元整（￥5,000）")))) == 1


def test_capitals_of_another_sum_on_the_page_are_none() -> None:
    assert doubts_zh(find(page("标准总价 260,000元\n成交总价 250,000元\n大写 贰拾陆万元整（折前）"))) == ()
