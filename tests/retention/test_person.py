from __future__ import annotations

import pytest

from retention import person


@pytest.mark.parametrize("other", ["李静", " 李　静 ", "李\u200b静", "李静\n"])
def test_writings_of_one_name_are_one_person(other: str) -> None:
    assert person.same("李静", other)


def test_width_and_case_make_nobody_another() -> None:
    assert person.same("Ｌi Jing", "LI JING")
    assert not person.same("李静", "李净")
