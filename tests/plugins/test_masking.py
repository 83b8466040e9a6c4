"""Tests of plugins.masking."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.masking import mask_id_numbers

MASKED = [
    ("11010119900101001X", "1101**********001X"),
    ("11010119900101001x", "1101**********001x"),
    ("身份证110101199001010010。", "身份证1101**********0010。"),
    ("11010119901341001X", "1101**********001X"),  # OCR misread the day of birth
    ("A110101199001010010B", "A1101**********0010B"),
    ("110101 19900101 001X", "1101** ******** 001X"),
    ("110101199\r\n00101001X", "1101*****\r\n*****001X"),
    ("1 1 0 1 0 1 1 9 9 0 0 1 0 1 0 0 1 X", "1 1 0 1 * * * * * * * * * * 0 0 1 X"),
    ("１１０１０１１９９００１０１００１Ｘ", "１１０１**********００１Ｘ"),
    ("11010119900101001×", "1101**********001×"),
    ("第3页110101199001010010", "第3页1101**********0010"),
    ("7110101199001010010", "71101**********0010"),  # glued to another digit
    ("110101900101001", "1101*******1001"),
    ("甲110101900101001乙", "甲1101*******1001乙"),
    ("110101199001010010,110101198505050022", "1101**********0010,1101**********0022"),
]
KEPT = [
    "",
    "13800138000",
    "2024-预售-000777",
    "1234567890123456",
    "6222021234567890123",
    "2024年2月29日 1,280,000.00元",
    "91110000MA01ABCD2X",
    "350000 2023-05-01 120000",
]


@pytest.mark.parametrize(("text", "masked"), MASKED)
def test_an_id_number_keeps_its_first_and_last_four_places(text: str, masked: str) -> None:
    assert mask_id_numbers(text) == masked


@pytest.mark.parametrize("text", KEPT)
def test_other_numbers_stay_as_they_are(text: str) -> None:
    assert mask_id_numbers(text) == text


def _number(places: int, day: str) -> st.SearchStrategy[str]:
    tail = "[0-9]{3}[0-9X]" if places == 18 else "[0-9]{3}"
    return st.from_regex(rf"\A[1-8][0-9]{{5}}{day}{tail}\Z")


NEW = _number(18, "(19|20)[0-9]{2}(0[1-9]|1[0-2])(0[1-9]|[12][0-9]|3[01])")
OLD = _number(15, "[0-9]{6}")
NO_DIGIT = st.text().filter(lambda text: not any(sign.isdecimal() for sign in text))


@given(st.text(), NEW, st.text())
def test_no_number_of_18_places_survives_in_any_surroundings(before: str, number: str, behind: str) -> None:
    assert number not in mask_id_numbers(before + number + behind)


@given(st.text("0123456789X \n"), NEW, st.text("0123456789X \n"))
def test_no_number_of_18_places_survives_among_digits(before: str, number: str, behind: str) -> None:
    assert number not in mask_id_numbers(before + number + behind)


@given(NO_DIGIT, OLD, NO_DIGIT.filter(lambda text: text[:1] not in set("XxＸｘΧХ×")))
def test_no_number_of_15_places_survives_between_other_signs(before: str, number: str, behind: str) -> None:
    assert number not in mask_id_numbers(before + number + behind)


@given(st.text("0123456789Xx ９Ｘ\n甲"))
def test_the_result_is_as_long_as_the_text_and_differs_in_stars_alone(text: str) -> None:
    masked = mask_id_numbers(text)
    assert len(masked) == len(text)
    assert all(after in (before, "*") for before, after in zip(text, masked, strict=True))
