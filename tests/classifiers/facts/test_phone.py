from __future__ import annotations

import pytest

from classifiers.facts.phone import find
from tests.classifiers.facts.page import values

FOUND = [
    ("联系电话：13800138000", ["13800138000"]),
    ("手机 138 0013 8000", ["13800138000"]),
    ("+86 138-0013-8000", ["13800138000"]),
    ("张三13800138000\n李四13900139000", ["13800138000", "13900139000"]),
    ("13800138000/13900139000", ["13800138000", "13900139000"]),
    ("手机１３８００１３８０００", ["13800138000"]),
    ("联系电话1380\n0138000。", ["13800138000"]),
    ("联系电话：1380O138O00", ["13800138000"]),
    ("电话：0755-12345678、0755－87654321", ["0755-12345678", "0755-87654321"]),
    ("电话（0755）8234 5678", ["0755-82345678"]),
    ("电话：010-12345678-801", ["010-12345678-801"]),
    ("服务热线：400-123-4567", ["400-123-4567"]),
    ("客户经理罗洋（0755-54865002）", ["0755-54865002"]),
]
NOT_FOUND = [
    ("62220213800138000123", "it is a slice of a card number"),
    ("账号：13800138000", "it is an account"),
    ("合同编号：13800138000", "it is a contract"),
    ("13800138000元", "it is money"),
    ("编号：010-12345678", "it is a number of something"),
    ("010 12345678", "no word names it a telephone"),
    ("传真：0755-12345678", "it is a fax machine"),
    ("12800138000", "no mobile number begins with 12"),
    ("110101199001010023", "it is an identity number"),
    ("130****8000", "it is masked"),
]


@pytest.mark.parametrize(("text", "numbers"), FOUND)
def test_a_telephone_number_is_found(text: str, numbers: list[str]) -> None:
    assert values(find, text) == numbers


@pytest.mark.parametrize(("text", "why"), NOT_FOUND)
def test_other_digits_are_no_telephone_number(text: str, why: str) -> None:
    assert values(find, text) == [], why
