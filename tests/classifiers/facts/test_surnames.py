from __future__ import annotations

import pytest

from classifiers.facts.surnames import is_name


@pytest.mark.parametrize("name", ["王强", "王建国", "欧阳明", "欧阳明月", "司徒静", "覃帆国"])
def test_a_surname_with_one_or_two_more_characters_is_a_name(name: str) -> None:
    assert is_name(name)


@pytest.mark.parametrize(
    "words", ["王", "王建国强", "欧阳", "签字", "方式", "单位", "应当", "向本院", "王某", "地址"]
)
def test_anything_else_is_no_name(words: str) -> None:
    assert not is_name(words)
