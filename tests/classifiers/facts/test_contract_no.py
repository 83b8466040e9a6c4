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
    ("合同编号：2019-永泰-0553，备案号", [("2019-永泰-0553", "contract")]),
    ("协议编号：淮房托2021-06-0233", [("淮房托2021-06-0233", "agreement")]),
    ("合同编号：冀Z2020-00617", [("冀Z2020-00617", "contract")]),
    ("贷款合同号：0140900023-2017（一手）00356", [("0140900023-2017（一手）00356", "loan")]),
    ("签订编号泓房买卖2019第03332号的《商品房买卖合同》", [("泓房买卖2019第03332号", "contract")]),
    ("商品房买卖合同（20190406-6120）及补充协议", [("20190406-6120", "contract")]),
    ("预售合同一份，编号HK-2017-43672。", [("HK-2017-43672", "contract")]),
    ("台同编号：HG-2026-38985", [("HG-2026-38985", "contract")]),
    ("认购协议号YT-CW-331", [("YT-CW-331", "subscription")]),
    ("双方所签HT20230001234号预售合同约定", [("HT20230001234", "contract")]),
    ("作为编号XS20160001234商品房买卖合同的附件", [("XS20160001234", "contract")]),
    ("《商品房买卖合同》（YS20160001234）", [("YS20160001234", "contract")]),
    ("商品房认购书\n编号：0012345\n甲方：", [("0012345", "subscription")]),
    ("合同编号：XJ预20190003318\n", [("XJ预20190003318", "contract")]),
    ("编号为BYDK借2021-20835的借款合同", [("BYDK借2021-20835", "loan")]),
    ("安置协议编号：柳湾安-2020-0236", [("柳湾安-2020-0236", "agreement")]),
    ("合同号：〔2015〕第61125号", [("（2015）第61125号", "contract")]),
    ("《商品房买卖合同》（柳房买卖字第015665号）约定", [("柳房买卖字第015665号", "contract")]),
    ("双方签订的柳房买卖字第015665号《商品房买卖合同》", [("柳房买卖字第015665号", "contract")]),
    ("《商品房买卖合同》（编号：HK-2022-44188）", [("HK-2022-44188", "contract")]),
    ("个人借款合同C-2018-68713；", [("C-2018-68713", "loan")]),
    ("就XJ预20210004407号合同补充如下", [("XJ预20210004407", "contract")]),
    (
        "出卖人与买受人双方签订的商品房买卖合同，合同编号：YS2015\n00012345。以下",
        [("YS201500012345", "contract")],
    ),
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
    ("合同编号：GF-2014-0171", "it is the number of the model form"),
    ("粤（2020）柳江市不动产权第0012345号　　合同", "it is the number of a certificate"),
    ("合同号：（2020）民代字第75号", "it is the number of a mandate to a lawyer"),
    ("合同（备案号柳房预网字第043520号）", "it is the number of the filing"),
    ("合同备案号：\n2020320198004417\n", "it is the number of the filing too"),
]


@pytest.mark.parametrize(("text", "numbers"), FOUND)
def test_a_contract_number_is_found_with_the_paper_it_belongs_to(
    text: str, numbers: list[tuple[str, str]]
) -> None:
    assert told(find, text) == numbers


@pytest.mark.parametrize(("text", "why"), NOT_FOUND)
def test_other_things_are_no_contract_number(text: str, why: str) -> None:
    assert told(find, text) == [], why
