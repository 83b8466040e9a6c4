from __future__ import annotations

import pytest

from classifiers.facts.property_unit_no import find
from tests.classifiers.facts.page import values

NUMBER = "440305001001GB00001F00010002"
FOUND = [
    f"不动产单元号{NUMBER}",
    "不动产单元号\n440305 001001 GB00001 F00010002",
    "440305001001\nGB00001F00010002",
    "44O305 001001 GB 0000l F 0001 0002",
    "4403050010016B00001F00010002",
]
NOT_FOUND = [
    ("44030500100GB00001F00010002", "a digit is missing"),
    ("440305001001GB00001F000100021", "there is a digit too many"),
    ("990305001001GB00001F00010002", "there is no region 99"),
    ("440305001001GB00001", "it is the number of the parcel alone"),
]


@pytest.mark.parametrize("text", FOUND)
def test_a_property_unit_number_is_found_without_its_spaces(text: str) -> None:
    assert values(find, text) == [NUMBER]


@pytest.mark.parametrize(("text", "why"), NOT_FOUND)
def test_other_characters_are_no_property_unit_number(text: str, why: str) -> None:
    assert values(find, text) == [], why
