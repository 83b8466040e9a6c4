from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.cn import uscc as stdnum_uscc

from classifiers.facts.uscc import ALPHABET, check_character, find, organisation_check
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


def test_a_look_alike_is_mended_where_both_check_characters_prove_it() -> None:
    code = next(
        code
        for serial in range(100)
        for body in (f"91440300MA5DB{serial:03d}",)
        for code in (body + organisation_check(body + "0"),)
        if code[16] != "X"
    )
    code += check_character(code)
    assert values(find, f"统一社会信用代码：{code.replace('B', '8', 1)}") == [code]
    assert values(find, f"{code.replace('B', '8', 1)}") == []


@given(st.text(ALPHABET, min_size=9, max_size=9))
def test_the_check_character_is_that_of_python_stdnum(tail: str) -> None:
    code = f"91440300{tail}"
    assert stdnum_uscc.calc_check_digit(code) == check_character(code)
