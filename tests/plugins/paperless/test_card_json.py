"""Tests of the card as JSON."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from plugins.paperless import card_json
from retention.errors import DmsUnavailable
from tests.contract.deposits import CARD

ODD = replace(CARD, name="\udcc8\udccf\0.pdf", review_reasons=("甲",), retain_until=date(2054, 12, 31))


@pytest.mark.parametrize("card", [CARD, ODD])
def test_a_card_comes_back_as_it_was(card: object) -> None:
    assert isinstance(card, type(CARD))
    text = card_json.written(card, ("键", "\ud800"))
    text.encode()
    assert card_json.read(text, 1) == (card, ("键", "\ud800"))


def test_the_same_card_is_always_the_same_text() -> None:
    assert card_json.written(CARD, ()) == card_json.written(replace(CARD), ())
    assert card_json.written(CARD, ()).startswith('{"card":{"')


@pytest.mark.parametrize("text", ["", "{", "[]", "null", '{"format":1}', '{"format":1,"card":{},"keys":[]}'])
def test_a_damaged_card_names_its_document(text: str) -> None:
    with pytest.raises(DmsUnavailable, match="document 7 is damaged"):
        card_json.read(text, 7)


def test_a_card_of_a_later_program_is_told_of() -> None:
    with pytest.raises(DmsUnavailable, match="format 2"):
        card_json.read('{"format":2}', 7)


def test_a_card_may_have_lines_that_a_later_program_has_added() -> None:
    text = card_json.written(CARD, ()).replace('{"card":{', '{"card":{"colour":"red",')
    assert card_json.read(text, 1)[0] == CARD


def test_a_card_of_an_earlier_program_says_nothing_of_what_it_did_not_know() -> None:
    text = (
        card_json.written(CARD, ()).replace('"dossier_doubt":"",', "").replace('"dossier_evidence":[],', "")
    )
    assert "dossier_doubt" not in text
    assert card_json.read(text, 1)[0] == CARD
