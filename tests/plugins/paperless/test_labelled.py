"""The tags of a card: one for its labels, and one more while nobody has said its household."""

from __future__ import annotations

from dataclasses import replace

import pytest

from plugins.paperless.labelled import tags_of
from tests.contract.deposits import CARD


@pytest.mark.parametrize(
    ("reasons", "doubt", "states"),
    [
        ((), "", {"已归档"}),
        ((), "未见房号", {"已归档", "待归户"}),
        (("请核对",), "", {"待核"}),
        (("几个房号",), "几个房号", {"待核", "待归户"}),
    ],
)
def test_labels_and_household_are_two_questions(
    reasons: tuple[str, ...], doubt: str, states: set[str]
) -> None:
    card = replace(CARD, review_reasons=reasons, dossier_doubt=doubt)
    assert {name for name, parent in tags_of(card, {}) if not parent} == states
