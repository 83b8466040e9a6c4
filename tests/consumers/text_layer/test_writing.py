from __future__ import annotations

import pytest

from consumers.text_layer.writing import is_mojibake, is_no_chinese, is_soup
from tests.consumers.text_layer.paper import CLAUSES

ENGLISH = (
    "This Agreement is made between the Seller and the Buyer. The Buyer shall pay the price of RMB 1,595,880.00 "
    "within ten days (see Annex A, No. HT-2021-0317); otherwise the Seller may terminate it at any time."
)


def test_the_text_of_a_contract_is_text() -> None:
    for text in (CLAUSES, ENGLISH, CLAUSES + ENGLISH):
        assert not is_no_chinese(text)
        assert not is_mojibake(text)
        assert not is_soup(text)


@pytest.mark.parametrize(
    "text",
    [
        "序号 01 02 03 HT-2021-0317 JZJK-2022-0386 ZS20200530 YL7-1803 42019819910409062X 13700008105 " * 3,
        "Zhou Minhui, Wang Bowen, Li Hong, Qin Qing, Yan Fengxue, Shi Yingqi, Luo Juanmei, Tian Xiaozhen",
        "Contrat de vente signé à Genève: l'acquéreur règle le prix dès réception, à défaut il répond des frais",
    ],
)
def test_codes_names_and_other_languages_are_no_rubbish(text: str) -> None:
    assert not is_soup(text)
    assert not is_mojibake(text)


def test_a_list_of_names_is_chinese() -> None:
    assert not is_no_chinese("周敏慧秦庆罗娟梅田晓珍王波文冯雅素魏明博廖怡凤严凤雪石颖琪史兰廖雅梦陈熊")


def test_traditional_characters_are_chinese() -> None:
    text = "出賣人應當在本合同約定的期限內將符合條件的商品房交付買受人使用，逾期交付的應當按日支付違約金"
    assert not is_no_chinese(text)


@pytest.mark.parametrize(
    "text",
    [
        "".join(chr(ord(char) + 300) for char in CLAUSES if "\u4e00" <= char <= "\u9fff"),
        "".join(chr(ord(char) - 1) for char in CLAUSES if "\u4e00" <= char <= "\u9fff"),
        "鎴跺彛鏈鎴戝競鍟嗗搧鎴夸拱鍗栧悎鍚屼功鍑哄崠浜轰拱鍙椾汉鐢插叿鏈夋埧灞嬫墍鏈夋潈",
    ],
)
def test_han_characters_of_a_wrong_map_are_no_chinese(text: str) -> None:
    assert is_no_chinese(text)


def test_chinese_bytes_read_as_latin_are_mojibake() -> None:
    assert is_mojibake(CLAUSES.encode("gb18030").decode("latin-1"))
    assert is_mojibake(CLAUSES.encode("utf-8").decode("latin-1"))


@pytest.mark.parametrize(
    "text",
    [
        "HR AAS AE ATR ARMS WH BR EA AAT BBS IR AE BE TS BAB AA EE RRA SS AEA HE AE AR AAA AE BASE ERAS AS",
        "".join(chr(max(33, ord(char) - 29)) for char in ENGLISH),
        "".join(chr(33 + (ord(char) * 7) % 90) for char in CLAUSES),
    ],
)
def test_what_a_wrong_engine_or_glyph_numbers_leave_is_rubbish(text: str) -> None:
    assert is_soup(text)
