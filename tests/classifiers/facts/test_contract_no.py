from __future__ import annotations

import pytest

from classifiers.facts.contract_no import find
from tests.classifiers.facts.page import told

FOUND = [
    ("合同编号：YS20150001234", [("YS20150001234", "contract")]),
    ("合 同 编 号 ： YS-2015-0123", [("YS-2015-0123", "contract")]),
    ("合同编号\nYS20150001234\n签约日期", [("YS20150001234", "contract")]),
    ("（合同号\nYS20150001234）", [("YS20150001234", "contract")]),
    ("认购书编号755782，已交定金", [("755782", "subscription")]),
    ("协议编号：XY-0123-01", [("XY-0123-01", "agreement")]),
    ("贷款合同编号：JK20210001", [("JK20210001", "loan")]),
    ("合同编号：【YS20150001234】", [("YS20150001234", "contract")]),
    ("合同编号：ＹＳ２０１５０００１２３４", [("YS20150001234", "contract")]),
    ("合同编号：深(宝)网预买字(2015)第0123号", [("深（宝）网预买字（2015）第0123号", "contract")]),
    ("合同编号：2015预1234567号", [("2015预1234567号", "contract")]),
    ("合同备案编号\nMM20150001234。", [("MM20150001234", "filing")]),
    ("双方所签HT20230001234号预售合同约定", [("HT20230001234", "contract")]),
    ("作为编号XS20160001234商品房买卖合同的附件", [("XS20160001234", "contract")]),
    ("《商品房买卖合同》（YS20160001234）", [("YS20160001234", "contract")]),
    ("商品房认购书\n编号：0012345\n甲方：", [("0012345", "subscription")]),
]
NOT_FOUND = [
    ("合同编号：2014年1月12日", "a date stands there"),
    ("合同编号：2014-01-12", "a date stands there"),
    ("合同编号：____________\n甲方", "it is not filled in"),
    ("合同编号\n房号\n3-2-1201", "another label follows"),
    ("合同编号：A12", "it is too short"),
    ("工程质量返修通知单\n编号：FX-99399", "it is the number of a notice"),
    ("合同/派单号\nWX742995", "it is the number of an order"),
    ("商品房买卖合同（预售）（GF-2014-0171）", "it is the number of the model form"),
    ("合同号楼", "it is no label"),
]


@pytest.mark.parametrize(("text", "numbers"), FOUND)
def test_a_contract_number_is_found_with_the_paper_it_belongs_to(
    text: str, numbers: list[tuple[str, str]]
) -> None:
    assert told(find, text) == numbers


@pytest.mark.parametrize(("text", "why"), NOT_FOUND)
def test_other_things_are_no_contract_number(text: str, why: str) -> None:
    assert told(find, text) == [], why
