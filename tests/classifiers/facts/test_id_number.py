from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.cn import ric

from classifiers.facts.id_number import check_character, find, is_valid
from tests.classifiers.facts.page import page, values

FOUND = [
    ("身份证号：110101199001010023", "110101199001010023"),
    ("身份证11010119900101004x,", "11010119900101004X"),
    ("王某(身份证号码110101199001010023)", "110101199001010023"),
    ("公民身份号码 110101 19900101 0023", "110101199001010023"),
    ("公民身份号码：1101011990\n01010023", "110101199001010023"),
    ("1101O119900101OO23", "110101199001010023"),
    ("身份证 l10101199001010023", "110101199001010023"),
    ("身份证号：11010119900101004×", "11010119900101004X"),
    ("身份证号：11010119900101004 X", "11010119900101004X"),
    ("身份证号：11010119900101004", "11010119900101004X"),
    ("身份证：110101900101001", "110101900101001"),
    ("港澳居民居住证 810000199001010019", "810000199001010019"),
    ("１１０１０１１９９００１０１００２３", "110101199001010023"),
    ("身份证号：110101｜19900101｜0023", "110101199001010023"),
    ("身份证号\n110101\n19900101\n0023", "110101199001010023"),
    ("身份证号：110101　19900101　0023", "110101199001010023"),
    ("1101〇1199〇0101〇〇23", "110101199001010023"),
]
NOT_FOUND = [
    ("110101199001010024", "the check digit is wrong"),
    ("110101199013010023", "there is no 13th month"),
    ("990101199001010023", "there is no region 99"),
    ("62284800110101199001010023", "it is a slice of a card number"),
    ("1101011990010100231", "there is a digit too many"),
    ("流水号11010119900101004", "a lost X is credible only after 身份证"),
    ("合同号110101900101001", "15 digits are credible only after 身份证"),
    ("1101**********0023", "it is masked"),
    ("联系电话13800138000 440306", "two other numbers stand side by side"),
]


@pytest.mark.parametrize(("text", "number"), FOUND)
def test_an_identity_number_is_found_as_it_is_written(text: str, number: str) -> None:
    assert values(find, text) == [number]


@pytest.mark.parametrize(("text", "why"), NOT_FOUND)
def test_other_digits_are_no_identity_number(text: str, why: str) -> None:
    assert values(find, text) == [], why


def test_a_number_that_stands_twice_is_one_fact() -> None:
    assert values(find, "110101199001010023\n身份证110101199001010023") == ["110101199001010023"]


def test_the_quote_is_the_text_as_it_stands() -> None:
    (fact,) = find(page("身份证 1101O1 19900101 0023 号"))
    assert fact.quote == "1101O1 19900101 0023"
    assert fact.confidence < 0.95


@given(st.text("0123456789", min_size=17, max_size=17), st.integers(0, 17), st.integers(1, 9))
def test_any_single_changed_digit_is_found_out(body: str, place: int, shift: int) -> None:
    number = body + check_character(body)
    old = number[place]
    new = str((int(old) + shift) % 10) if old.isdigit() else str(shift)
    changed = number[:place] + new + number[place + 1 :]
    assert check_character(changed[:17]) != changed[17]


@given(st.dates().filter(lambda day: 1900 <= day.year <= 2099), st.integers(0, 999))
def test_every_day_of_two_centuries_is_a_birthday(day: object, order: int) -> None:
    body = f"440306{str(day).replace('-', '')}{order:03d}"
    assert is_valid(body + check_character(body))


@given(st.dates(date(1950, 1, 1), date(2020, 12, 31)), st.integers(0, 999))
def test_the_check_character_is_that_of_python_stdnum(day: date, order: int) -> None:
    body = f"440306{day:%Y%m%d}{order:03d}"
    assert ric.calc_check_digit(body + "0") == check_character(body)
