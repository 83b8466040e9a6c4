from __future__ import annotations

import re
from random import Random

from classifiers.corpus.invented import SLOTS, fill
from classifiers.facts import id_number, uscc
from classifiers.facts.capital import yuan


def _filled(*lines: str, seed: int = 1) -> tuple[str, ...]:
    return fill(lines, Random(seed))


def test_every_slot_is_filled() -> None:
    filled = _filled(*(f"{{{slot}}}" for slot in sorted(SLOTS)))
    assert all(filled)
    assert not any(set("{}") & set(line) for line in filled)


def test_a_slot_has_one_value_in_one_text() -> None:
    first, second = _filled("买受人：{buyer}", "签字：{buyer}")
    assert first.removeprefix("买受人：") == second.removeprefix("签字：")


def test_the_same_seed_gives_the_same_text_and_another_one_another() -> None:
    lines = ("{buyer} {unit} {amount} {date} {case_no}",)
    assert fill(lines, Random(5)) == fill(lines, Random(5))
    assert fill(lines, Random(5)) != fill(lines, Random(6))


def test_numbers_with_a_check_digit_are_valid() -> None:
    for seed in range(60):
        number, code = _filled("{id}", "{uscc}", seed=seed)
        if len(number) == 18 and "*" not in number:
            assert id_number.is_valid(number)
        assert uscc.is_valid(code)


def test_an_amount_in_capitals_is_that_in_digits() -> None:
    for seed in range(80):
        digits, capitals = _filled("{amount}", "{amount_words}", seed=seed)
        if "角零分" not in capitals and "元零角" not in capitals:
            assert float(yuan(capitals)) == float(re.sub("[^0-9.]", "", digits))


def test_a_unit_is_written_in_many_ways() -> None:
    shapes = {re.sub(r"[0-9]+", "0", _filled("{unit}", seed=seed)[0][-9:]) for seed in range(200)}
    assert len(shapes) > 30
