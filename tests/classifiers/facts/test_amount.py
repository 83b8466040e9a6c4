from __future__ import annotations

from decimal import Decimal

import cn2an  # type: ignore[import-untyped]  # it ships no types
import pytest
from hypothesis import given
from hypothesis import strategies as st

from classifiers.facts.amount import find
from classifiers.facts.capital import yuan
from tests.classifiers.facts.page import page, told, values

FOUND = [
    ("￥950.00", [("950.00", "")]),
    ("￥：20,000", [("20000", "")]),
    ("合计1022552元", [("1022552", "")]),
    ("总价 1,022,552 元", [("1022552", "total")]),
    ("定金30，000元", [("30000", "deposit")]),
    ("首付款 50 万元", [("500000", "down_payment")]),
    ("贷款254万元", [("2540000", "loan")]),
    ("单价12,345.67元/平方米", [("12345.67", "unit_price")]),
    ("每平方米21,222元", [("21222", "unit_price")]),
    ("总房款(元)：1234567.00", [("1234567.00", "total")]),
    ("总价1,234,\n567元", [("1234567", "total")]),
    ("已付购房款（含定金）1,022,552元", [("1022552", "total")]),
    ("总价款：壹佰零贰万贰仟伍佰伍拾贰元整", [("1022552", "total")]),
    ("定金人民币伍万元整（￥50,000.00）", [("50000", "deposit")]),
    ("债权数额\n550.000元", [("550000", "loan")]),
    ("成交总价(元)　网签日期\n1,357,200　2023-03-19", [("1357200", "total")]),
    ("金额：RMB 412,000.00", [("412000.00", "")]),
]
NOT_FOUND = [
    ("3单元", "it is a unit"),
    ("2015元月", "it is a month"),
    ("30万", "nothing says that it is money"),
    ("1.2.3元", "it is no number"),
    ("佰 拾 万 元整", "the blanks are not filled in"),
    ("共计3元5角", "half of it would be wrong"),
    ("壹贰叁", "it has no unit"),
    ("￥0元", "it is nothing"),
    ("数量　1,357,200　件", "nobody speaks of money"),
]
CAPITALS = [
    ("叁拾万零伍佰元捌角整", "300500.80"),
    ("壹拾贰亿元整", "1200000000"),
    ("拾万元整", "100000"),
    ("零佰零拾贰万零仟零佰零拾零元", "20000"),
    ("伍元零叁分", "5.03"),
    ("贰万整", "20000"),
    ("贰貳元", ""),
    ("佰元整", ""),
    ("壹拾佰元", ""),
]


@pytest.mark.parametrize(("text", "sums"), FOUND)
def test_a_sum_is_found_in_yuan_with_its_role(text: str, sums: list[tuple[str, str]]) -> None:
    assert told(find, text) == sums


@pytest.mark.parametrize(("text", "why"), NOT_FOUND)
def test_other_numbers_are_no_sum(text: str, why: str) -> None:
    assert values(find, text) == [], why


@pytest.mark.parametrize(("glyphs", "value"), CAPITALS)
def test_capital_numerals_are_worth_what_they_say(glyphs: str, value: str) -> None:
    assert yuan(glyphs) == value


def test_capitals_and_digits_that_differ_are_both_doubtful() -> None:
    found = find(page("定金伍万元整（￥60,000）"))
    assert [(fact.value, fact.role, fact.confidence) for fact in found] == [
        ("50000", "mismatch", 0.3),
        ("60000", "mismatch", 0.3),
    ]


def test_capitals_and_digits_that_agree_confirm_each_other() -> None:
    (fact,) = find(page("定金1,022,552元（大写：壹佰零贰万贰仟\n伍佰伍拾贰元整）"))
    assert (fact.value, fact.confidence) == ("1022552", 0.99)


@given(st.integers(1, 99_999_999))
def test_a_sum_with_commas_is_the_sum_without(yuan_sum: int) -> None:
    assert values(find, f"付{yuan_sum:,}元。") == [str(yuan_sum)]


@given(st.decimals(Decimal("0.01"), Decimal("9999999.99"), places=2))
def test_two_decimals_stay_as_they_are(yuan_sum: Decimal) -> None:
    assert values(find, f"￥{yuan_sum:,.2f}") == [f"{yuan_sum:.2f}"]


@given(st.integers(1, 9_999_999_999))
def test_capitals_are_worth_what_cn2an_says(yuan_sum: int) -> None:
    assert yuan(f"{cn2an.an2cn(yuan_sum, 'up')}元整") == str(yuan_sum)
