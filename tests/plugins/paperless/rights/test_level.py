"""Tests of how confidential a document is."""

from __future__ import annotations

from dataclasses import replace

import pytest

from plugins.paperless.client.documents import Document
from plugins.paperless.rights.level import Marks, highest
from tests.contract.deposits import CARD

LADDER = ("公开", "内部", "机密")
MARKS = Marks({7: "内部", 8: "机密"}, 5)


def document(*tags: int, field: str = "") -> Document:
    return Document(1, "t", "2024-01-01", None, None, "", frozenset(tags), {5: field} if field else {})


@pytest.mark.parametrize(
    ("tags", "field", "level"),
    [
        ((), "", "公开"),
        ((7,), "", "内部"),
        ((7, 8), "", "机密"),
        ((), "机密", "机密"),
        ((8,), "公开", "机密"),
        ((), "绝密", None),
        ((99,), "", "公开"),
    ],
)
def test_the_highest_of_all_that_bears_a_level_counts(
    tags: tuple[int, ...], field: str, level: str | None
) -> None:
    borne = MARKS.on(document(*tags, field=field), replace(CARD, confidentiality="公开"))
    assert highest(borne, LADDER) == level


def test_a_card_is_not_outvoted_by_a_lower_tag() -> None:
    assert highest(MARKS.on(document(7), replace(CARD, confidentiality="机密")), LADDER) == "机密"


def test_what_bears_no_level_has_none() -> None:
    assert MARKS.on(document(), None) == ()
    assert highest((), LADDER) is None
