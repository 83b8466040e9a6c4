from __future__ import annotations

import pytest

from classifiers.facts.certificate_no import find
from tests.classifiers.facts.page import told

FOUND = [
    ("粤（2021）深圳市不动产权第0012345号", "粤（2021）深圳市不动产权第0012345号", "title"),
    ("京〔2022〕朝不动产权第0012345号", "京（2022）朝不动产权第0012345号", "title"),
    ("鄂 （ 2018 ） 武汉市 江夏 不动产权 第 0315145 号", "鄂（2018）武汉市江夏不动产权第0315145号", "title"),
    ("不动产权证号鄂（201\n8）武汉市不动产\n权第0315145号", "鄂（2018）武汉市不动产权第0315145号", "title"),
    ("粤（2021）深圳市不动产证明笫OO12345号", "粤（2021）深圳市不动产证明第0012345号", "proof"),
    ("权证为石房权证裕\n字第7056308号", "石房权证裕字第7056308号", "title"),
    ("房屋所有权证\n南房权证江字第8151457号", "南房权证江字第8151457号", "title"),
    ("房屋所有权证号X房权证建邺字第123456号", "X房权证建邺字第123456号", "title"),
    ("合房地权证字第C147916260号", "合房地权证字第C147916260号", "title"),
    ("京房权证朝其05字第001234号", "京房权证朝其05字第001234号", "title"),
    ("产权证号为深房地字第4000123456号。", "深房地字第4000123456号", "title"),
    ("沪房地浦字（2005）第012345号", "沪房地浦字（2005）第012345号", "title"),
    ("房地证津字第104021234567号", "房地证津字第104021234567号", "title"),
    ("成房他证锦字第900781号", "成房他证锦字第900781号", "lien"),
    ("持有深国用（2005）第1234号证书", "深国用（2005）第1234号", "title"),
    ("国用〔2010〕字第00123号", "国用（2010）字第00123号", "title"),
    ("青集用(2004)第45431号", "青集用（2004）第45431号", "title"),
    ("登记机构核发了柳州房地证字第5253197号", "柳州房地证字第5253197号", "title"),
    ("苏（2022）宁江市不\n动产权第41.11749号", "苏（2022）宁江市不动产权第4111749号", "title"),
]
NOT_FOUND = [
    ("昆房预售证第20140127号", "it is a permit to sell"),
    ("深房许字（2021）南山012号", "it is a permit to sell"),
    ("（2023）粤0305民初1234号", "it is a case"),
    ("结婚证字号J742322-2011-742322", "it is a marriage"),
    ("附记\n7967429号", "it is the rest of a number"),
]


@pytest.mark.parametrize(("text", "number", "role"), FOUND)
def test_a_certificate_number_is_found(text: str, number: str, role: str) -> None:
    assert told(find, text) == [(number, role)]


@pytest.mark.parametrize(("text", "why"), NOT_FOUND)
def test_other_numbers_are_no_certificate(text: str, why: str) -> None:
    assert told(find, text) == [], why
