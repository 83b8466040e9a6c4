"""What is invented is well-formed, and nobody's."""

from __future__ import annotations

import numpy as np
import pytest

from benchmarks.drawn.invented import Invention, capital


def _invention(seed: int = 1) -> Invention:
    return Invention(np.random.default_rng(seed))


@pytest.mark.parametrize(
    ("amount", "text"),
    [
        (20_000, "贰万元整"),
        (10_050, "壹万零伍拾元整"),
        (1_000_505, "壹佰万零伍佰零伍元整"),
        (6_015, "陆仟零壹拾伍元整"),
        (3_055_119, "叁佰零伍万伍仟壹佰壹拾玖元整"),
    ],
)
def test_money_is_written_in_capital_numerals(amount: int, text: str) -> None:
    assert capital(amount) == text


def test_id_numbers_have_their_check_digit_and_stand_in_counties_that_were_never_given_out() -> None:
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    made = _invention()
    for _ in range(200):
        number = made.id_number()
        total = sum(int(digit) * weight for digit, weight in zip(number[:17], weights, strict=True))
        assert number[17] == "10X98765432"[total % 11]
        assert number[4:6] in ("95", "96", "97", "98")


def test_the_same_seed_invents_the_same() -> None:
    assert _invention(7).soul() == _invention(7).soul()
    assert _invention(7).soul() != _invention(8).soul()


def test_values_are_remembered_under_the_names_of_the_truth() -> None:
    made = _invention()
    case, contract, certificate = made.case_number(), made.contract_number(), made.certificate_number()
    assert (made.fields["case_no"], made.fields["contract_no"], made.fields["cert_no"]) == (
        [case],
        [contract],
        [certificate],
    )
