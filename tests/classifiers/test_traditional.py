from __future__ import annotations

import pytest

from classifiers.traditional import SIMPLIFIED

TITLES = [
    ("民事判決書", "民事判决书"),
    ("商品房買賣合同", "商品房买卖合同"),
    ("認購書", "认购书"),
    ("補充協議", "补充协议"),
    ("不動產權證書", "不动产权证书"),
    ("報修單", "报修单"),
    ("結案報告", "结案报告"),
    ("開庭傳票", "开庭传票"),
    ("契稅完稅證明", "契税完税证明"),
    ("維修資金繳存憑證", "维修资金缴存凭证"),
    ("授權委託書", "授权委托书"),
    ("機密★長期", "机密★长期"),
]


@pytest.mark.parametrize(("traditional", "simplified"), TITLES)
def test_a_title_in_traditional_characters_reads_as_the_simplified_one(
    traditional: str, simplified: str
) -> None:
    assert traditional.translate(SIMPLIFIED) == simplified


def test_what_is_simplified_stays_as_it_is() -> None:
    assert {chr(after) if isinstance(after, int) else after for after in SIMPLIFIED.values()} & {
        chr(before) for before in SIMPLIFIED
    } == set()


def test_one_character_stands_for_one() -> None:
    assert {len(str(after)) for after in SIMPLIFIED.values()} == {1}
