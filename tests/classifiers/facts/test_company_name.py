from __future__ import annotations

import pytest

from classifiers.facts.company_name import find
from tests.classifiers.facts.page import told

FOUND = [
    ("出卖人：深圳市万象置业有限公司（盖章）", "深圳市万象置业有限公司", "seller"),
    ("甲方（出卖人）：  深 圳 市 万 象 置 业 有 限 公 司", "深圳市万象置业有限公司", "seller"),
    ("开发商：武汉（华中）置业有限责任公司", "武汉（华中）置业有限责任公司", "seller"),
    ("居间方：南京安心房产经纪有\n限公司", "南京安心房产经纪有限公司", "broker"),
    (
        "乙方（受托银行）：中国建设银行股份有限公司深圳南山\n支行",
        "中国建设银行股份有限公司深圳南山支行",
        "bank",
    ),
    ("贷款人：中国工商银行深圳分行", "中国工商银行深圳分行", "bank"),
    ("被告深圳市万象置业有限公司，住所地深圳市", "深圳市万象置业有限公司", "defendant"),
    ("深圳市南山区人民法院\n民事判决书", "深圳市南山区人民法院", "court"),
    ("深圳市万象置业有限公司：\n本院受理", "深圳市万象置业有限公司", ""),
    ("施工单位\n深圳市万象防水工程有限公司", "深圳市万象防水工程有限公司", "builder"),
]
NOT_FOUND = [
    ("本公司承诺", "it has no name"),
    ("贵公司：", "it has no name"),
    ("向有管辖权的人民法院起诉", "it has no name"),
    ("争议由贷款人住所地人民法院诉讼", "it has no name"),
    ("原告与被告房地产开发有限公司", "it stands in running text"),
    ("买受人：王建国", "it is a person"),
]


@pytest.mark.parametrize(("text", "name", "role"), FOUND)
def test_a_company_is_found_with_its_role(text: str, name: str, role: str) -> None:
    assert told(find, text) == [(name, role)]


@pytest.mark.parametrize(("text", "why"), NOT_FOUND)
def test_other_words_are_no_company(text: str, why: str) -> None:
    assert told(find, text) == [], why
