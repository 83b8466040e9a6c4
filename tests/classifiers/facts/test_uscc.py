from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from classifiers.facts.uscc import ALPHABET, check_character, find
from tests.classifiers.facts.page import values

FOUND = [
    ("统一社会信用代码：91440300MA5DA1234H", "91440300MA5DA1234H"),
    ("统一社会信用代码\n91440300MA5DA1234H，", "91440300MA5DA1234H"),
    ("91440300MA5DA1234H", "91440300MA5DA1234H"),
    ("信用代码 9144O3OOMA5DAI234H", "91440300MA5DA1234H"),
    ("统一社会信用代码：91440300 MA5DA1234H", "91440300MA5DA1234H"),
    ("纳税人识别号:52440300MJL1234565", "52440300MJL1234565"),
]
NOT_FOUND = [
    ("91440300MA5DA1235H", "the check character is wrong"),
    ("01440300MA5DA1234H", "there is no registrar 01"),
    ("91440300MA5DA1234HX", "it is longer"),
    ("510107196608251834", "it is an identity number"),
    ("代码 91440300 MA5DA1234H", "it is broken and nothing names it"),
]


@pytest.mark.parametrize(("text", "code"), FOUND)
def test_a_credit_code_is_found(text: str, code: str) -> None:
    assert values(find, text) == [code]


@pytest.mark.parametrize(("text", "why"), NOT_FOUND)
def test_other_characters_are_no_credit_code(text: str, why: str) -> None:
    assert values(find, text) == [], why


@given(st.text(ALPHABET, min_size=17, max_size=17), st.integers(0, 17), st.sampled_from(ALPHABET))
def test_any_single_changed_character_is_found_out(body: str, place: int, new: str) -> None:
    code = body + check_character(body)
    changed = code[:place] + new + code[place + 1 :]
    assert changed == code or check_character(changed[:17]) != changed[17]
