from __future__ import annotations

import pytest

from classifiers.facts.address import find
from tests.classifiers.facts.page import told

FOUND = [
    (
        "住址：广东省深圳市南山区后海大道12号3栋2单元1201室",
        "广东省深圳市南山区后海大道12号3栋2单元1201室",
        "residence",
    ),
    (
        "住址\n四川省成都市锦江区锦\n华路25号12幢3单元\n302室\n公民身份号码",
        "四川省成都市锦江区锦华路25号12幢3单元302室",
        "residence",
    ),
    ("原告：王强，住广东省深圳市宝安区新安街道1号。", "广东省深圳市宝安区新安街道1号", "residence"),
    (
        "坐落：深圳市福田区福华路1号锦绣花园3栋2单元1201",
        "深圳市福田区福华路1号锦绣花园3栋2单元1201",
        "property",
    ),
    ("通讯地址：江苏省南京市鼓楼区汉中路5号 邮编：210000", "江苏省南京市鼓楼区汉中路5号", "mail"),
    ("地址：武汉市江夏区文化大道3号置盛大厦18层　电话：", "武汉市江夏区文化大道3号置盛大厦18层", ""),
    (
        "送达地址\n石家庄市桥西区槐安路3号6幢3单元303室\n受送达人",
        "石家庄市桥西区槐安路3号6幢3单元303室",
        "mail",
    ),
    ("坐落 深圳市 福田区 福华路 1号", "深圳市福田区福华路1号", "property"),
]
NOT_FOUND = [
    ("地址变更应书面通知对方", "it is a clause"),
    ("住所地：贷款人住所地人民法院", "it is a clause"),
    ("地址：\n电话：0755-12345678", "it is not filled in"),
    ("位于主卧飘窗左下角", "it is no place on a map"),
    ("住宅质量保证书", "it is a paper"),
]


@pytest.mark.parametrize(("text", "address", "role"), FOUND)
def test_an_address_is_found_in_one_piece(text: str, address: str, role: str) -> None:
    assert told(find, text) == [(address, role)]


@pytest.mark.parametrize(("text", "why"), NOT_FOUND)
def test_other_words_are_no_address(text: str, why: str) -> None:
    assert told(find, text) == [], why
