from __future__ import annotations

from datetime import date
from decimal import Decimal
from random import Random

import pytest

from classifiers.corpus import numbers, places
from classifiers.facts import case_no, certificate_no
from tests.classifiers.facts.page import values


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("1280000", "壹佰贰拾捌万元整"),
        ("20005000", "贰仟万伍仟元整"),
        ("1000001", "壹佰万零壹元整"),
        ("100100", "壹拾万零壹佰元整"),
        ("10.52", "壹拾元伍角贰分"),
    ],
)
def test_a_sum_in_capitals(value: str, said: str) -> None:
    assert numbers.in_capitals(Decimal(value)) == said


def test_a_day_in_words_as_courts_write_it() -> None:
    assert numbers.in_words(date(2023, 5, 16)) == "二〇二三年五月十六日"
    assert numbers.in_words(date(2010, 10, 20)) == "二〇一〇年十月二十日"


def test_case_numbers_are_such_that_courts_give() -> None:
    home = places.home(Random(1))
    made = [numbers.case_number(Random(seed), home) for seed in range(30)]
    found = [values(case_no.find, number) for number in made]
    assert sum(map(bool, found)) > 27


def test_certificates_are_numbered_as_registries_do() -> None:
    home = places.home(Random(2))
    assert all(values(certificate_no.find, numbers.certificate(Random(s), home)) for s in range(20))
