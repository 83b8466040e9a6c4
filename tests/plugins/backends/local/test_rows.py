"""Tests of plugins.backends.local.rows."""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.backends.local.rows import card_of, number_of, restored, storable
from retention.errors import NoSuchRecord
from retention.record import FactValue
from tests.retention.a_record import a_record


@given(st.text(st.characters(codec=None)))
def test_any_string_comes_back_as_it_was(text: str) -> None:
    assert restored(storable(text)) == text


def test_only_an_id_as_we_write_them_is_an_id() -> None:
    assert number_of("17") == 17
    for wrong in ("017", "１７", "17 ", "0", ""):
        with pytest.raises(NoSuchRecord):
            number_of(wrong)


def written(**changed: object) -> str:
    values = {**asdict(CARD), **changed}
    return json.dumps(values, ensure_ascii=False, default=date.isoformat)


CARD = replace(
    a_record().card,
    facts=(
        FactValue("person_name", "赵晓云", 1, "买受人：赵晓云", "buyer"),
        FactValue("unit", "1203", 2, "1203"),
    ),
    review_reasons=("日期与金额不符",),
    asn=17,
)


def test_a_card_comes_back_as_it_was_written() -> None:
    assert card_of(written()) == CARD
    assert card_of(storable(written(title="\ud800"))) == replace(CARD, title="\ud800")


def test_a_card_of_an_older_version_knows_less_and_is_read_all_the_same() -> None:
    older = {
        name: value for name, value in json.loads(written()).items() if name not in ("asn", "handed_over")
    }
    assert card_of(json.dumps(older)) == replace(CARD, asn=None)


@pytest.mark.parametrize(
    "changed", [{"filed_on": "21.11.2026"}, {"of_tomorrow": 1}, {"facts": [{"name": "unit"}]}]
)
def test_what_is_no_card_is_never_taken_for_one(changed: dict[str, object]) -> None:
    with pytest.raises((TypeError, ValueError)):
        card_of(written(**changed))
