from __future__ import annotations

import pytest

from classifiers.facts.case_no import find
from tests.classifiers.facts.page import page, values

FOUND = [
    ("（2023）粤0305民初1234号", "（2023）粤0305民初1234号"),
    ("〔2023〕粤0305民初1234号", "（2023）粤0305民初1234号"),
    ("﹝2023﹞粤03民终12号", "（2023）粤03民终12号"),
    ("［2019］最高法知民终123号", "（2019）最高法知民终123号"),
    ("【2023】粤03民终12号", "（2023）粤03民终12号"),
    ("( 2015 ) 川 0107 民初 1032 号", "（2015）川0107民初1032号"),
    ("2024）鄂\n0106民初40\n14号", "（2024）鄂0106民初4014号"),
    ("（202\n4）鄂0106民初4014号", "（2024）鄂0106民初4014号"),
    ("（2023）粤O3O5民初12l4号", "（2023）粤0305民初1214号"),
    ("（2023）粤0305执保99号之一", "（2023）粤0305执保99号之一"),
    ("（2023）粤0305民诉前调1234号", "（2023）粤0305民诉前调1234号"),
    ("（2023）京73行初1号", "（2023）京73行初1号"),
    ("（2016）裕民初字第1754号", "（2016）裕民初字第1754号"),
    ("（2013）深中法民终字第123-1号", "（2013）深中法民终字第123-1号"),
    ("（2023）西仲裁字第1601号", "（2023）西仲裁字第1601号"),
    ("（2022）中国贸仲京裁字第0123号", "（2022）中国贸仲京裁字第0123号"),
    ("根据华南国仲深裁〔2023〕D12号裁决", "华南国仲深裁（2023）D12号"),
    ("深劳人仲案〔2023〕123号", "深劳人仲案（2023）123号"),
    ("（2023）粤0305财保61号", "（2023）粤0305财保61号"),
    ("（2021）粤03证保2号", "（2021）粤03证保2号"),
    ("（2024）粤0305诉前调1号", "（2024）粤0305诉前调1号"),
    ("（2023）粤0305民初12.34号", "（2023）粤0305民初1234号"),
]
NOT_FOUND = [
    ("（2020）昆明证民字第3078号", "a notary wrote it"),
    ("（2020）粤广南方第012345号", "a notary wrote it"),
    ("国发〔2010〕10号", "it is an official paper"),
    ("法释〔2003〕7号", "it is an interpretation of law"),
    ("深市监处罚〔2023〕12号", "it is a fine"),
    ("粤（2021）深圳市不动产权第0012345号", "it is a certificate"),
    ("深国用（2005）第1234号", "it is a certificate"),
    ("津房预字（2015）第12号", "it is a permit"),
    ("（2023）律函字第12号", "a lawyer wrote it"),
]


@pytest.mark.parametrize(("text", "number"), FOUND)
def test_a_case_number_is_found_with_round_brackets(text: str, number: str) -> None:
    assert values(find, text) == [number]


@pytest.mark.parametrize(("text", "why"), NOT_FOUND)
def test_other_numbers_with_a_year_are_no_case_number(text: str, why: str) -> None:
    assert values(find, text) == [], why


def test_a_number_that_lost_its_bracket_is_less_sure() -> None:
    whole, broken = (find(page(text))[0] for text in ("（2024）鄂0106民初4014号", "2024）鄂0106民初4014号"))
    assert broken.value == whole.value
    assert broken.confidence < whole.confidence
