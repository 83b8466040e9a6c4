from __future__ import annotations

import pytest

from classifiers.facts.area import find
from tests.classifiers.facts.page import told

FOUND = [
    ("建筑面积：89.5平方米", [("89.5", "gross")]),
    ("建筑面积 89.50 ㎡", [("89.50", "gross")]),
    ("建 筑 面 积 89.5 m²", [("89.5", "gross")]),
    ("建筑面积（㎡）\n89.50", [("89.50", "gross")]),
    ("暂测面积89.5平方\n米", [("89.5", "gross")]),
    (
        "建筑面积113.8平方米，套内92.5平方米，公摊21.3平方米",
        [("113.8", "gross"), ("92.5", "inner"), ("21.3", "shared")],
    ),
    ("专有建筑面积66.6m2，分摊建筑面积21.6m2", [("66.6", "inner"), ("21.6", "shared")]),
    ("建面约89平米", [("89", "gross")]),
    ("预（实）测面积 128.06", [("128.06", "gross")]),
    ("产权登记（实测）面积　117.31㎡", [("117.31", "gross")]),
    ("用途　住宅　面积 206.82", [("206.82", "gross")]),
    ("面积：95.36；共有人", [("95.36", "gross")]),
]
NOT_FOUND = [
    ("建筑面积90-120㎡", "it is a range"),
    ("按建筑面积每平方米21,222元", "it is a price"),
    ("面积误差3%", "it is a ratio"),
    ("脱落约18平方米", "nothing says that it is the home's"),
    ("宗地面积88407.80平方米", "it is the land"),
    ("建筑面积0平方米", "no home has it"),
    ("土地使用权面积为112.92平方米", "it is the land"),
]


@pytest.mark.parametrize(("text", "areas"), FOUND)
def test_a_labelled_area_is_found_with_its_role(text: str, areas: list[tuple[str, str]]) -> None:
    assert told(find, text) == areas


@pytest.mark.parametrize(("text", "why"), NOT_FOUND)
def test_other_measures_are_no_area(text: str, why: str) -> None:
    assert told(find, text) == [], why
