from __future__ import annotations

import pytest

from classifiers.facts.filing_no import find
from tests.classifiers.facts.page import values

FOUND = [
    ("网签备案号：20150203004567", "20150203004567"),
    ("合同备案编号 BA-2019-000123", "BA-2019-000123"),
    ("备案号\nWQ2019001234", "WQ2019001234"),
    ("备 案 号：2015-00123456", "2015-00123456"),
    ("备案登记号：（2015）预字第0012345号", "（2015）预字第0012345号"),
    ("商品房买卖合同、网签备案表（201600083867）", "201600083867"),
]
NOT_FOUND = [
    ("备案号：粤ICP备12345678号", "a web site has it"),
    ("经纪机构备案号：2019001234", "an agency has it"),
    ("消防验收备案号：2019001234", "a building has it"),
    ("备案日期：2015-01-03", "it is a date"),
    ("网签备案号：", "it is not filled in"),
    ("商品房现售备案证书\n备案编号 296600", "the right to sell has it"),
    ("测绘成果审核，备案号 585800", "a survey has it"),
]


@pytest.mark.parametrize(("text", "number"), FOUND)
def test_the_filing_number_of_a_contract_is_found(text: str, number: str) -> None:
    assert values(find, text) == [number]


@pytest.mark.parametrize(("text", "why"), NOT_FOUND)
def test_other_filings_are_none(text: str, why: str) -> None:
    assert values(find, text) == [], why
