"""Tests of the vocabulary: made where it is missing, adopted where it is there."""

from __future__ import annotations

from typing import Any

import pytest

from plugins import wiring
from plugins.paperless import tags
from plugins.paperless.backend import PaperlessDms
from plugins.paperless.client.connection import Connection
from plugins.paperless.custom_fields import TYPES
from retention.dms import Term
from retention.errors import DmsRefused
from tests.plugins.paperless.fake import FakePaperless, grants
from tests.plugins.paperless.wire import Answer, Asked, recorded, told, wire

TERMS = [
    Term("category", "签约"),
    Term("kind", "认购书", "签约"),
    Term("level", "内部"),
    Term("state", "待核"),
]


def test_tags_are_nested_and_kinds_are_document_types(dms: PaperlessDms, fake: FakePaperless) -> None:
    dms.prepare(TERMS)
    numbers = {row["name"]: row["id"] for row in fake.named["tags"]}
    parents = {row["name"]: row.get("parent") for row in fake.named["tags"]}
    assert parents == {
        "类别": None,
        "类别/签约": numbers["类别"],
        "密级": None,
        "密级/内部": numbers["密级"],
        "待核": None,
        "待归户": None,
        "缺件": None,
    }
    assert [row["name"] for row in fake.named["document_types"]] == ["认购书"]


def test_nothing_that_is_made_matches_documents_by_itself(dms: PaperlessDms, fake: FakePaperless) -> None:
    dms.prepare(TERMS)
    made = fake.named["tags"] + fake.named["document_types"] + fake.named["storage_paths"]
    assert {row["matching_algorithm"] for row in made} == {0}


def test_every_custom_field_is_made_with_its_type(dms: PaperlessDms, fake: FakePaperless) -> None:
    dms.prepare([])
    assert {row["name"]: row["data_type"] for row in fake.named["custom_fields"]} == TYPES


def test_what_a_person_has_made_is_adopted_where_it_is(dms: PaperlessDms, fake: FakePaperless) -> None:
    theirs: list[dict[str, Any]] = [
        {"id": 70, "name": "待核", "parent": 60, "owner": 9, "permissions": grants()},
        {"id": 71, "name": "密级/内部", "parent": None, "owner": None, "permissions": grants()},
    ]
    fake.named["tags"] += [dict(row) for row in theirs]
    fake.named["custom_fields"].append({"id": 72, "name": "客户", "data_type": "longtext"})
    actions = [change.action for change in dms.prepare(TERMS)][: len(TERMS)]
    assert actions == ["create", "create", "keep", "keep"]
    assert fake.named["tags"][:2] == theirs
    assert [row["id"] for row in fake.named["custom_fields"] if row["name"] == "客户"] == [72]


@pytest.mark.parametrize("dry_run", [False, True])
def test_a_field_that_can_not_hold_our_values_is_told_of(
    dms: PaperlessDms, fake: FakePaperless, *, dry_run: bool
) -> None:
    fake.named["custom_fields"].append({"id": 1, "name": "到期日", "data_type": "string"})
    with pytest.raises(DmsRefused, match="到期日 of the type string, and date is needed: rename"):
        dms.prepare([], dry_run=dry_run)


def test_a_dry_run_makes_nothing(dms: PaperlessDms, fake: FakePaperless) -> None:
    assert {change.action for change in dms.prepare(TERMS, dry_run=True)} == {"create"}
    assert not any(fake.named.values())


def test_who_comes_second_in_making_a_tag_takes_the_firsts() -> None:
    there: list[dict[str, object]] = []

    def answer(asked: Asked) -> Answer:
        if asked.method == "POST":
            there.append({"id": 5, "name": "待核"})
            return recorded("tag-taken")
        return told({"next": None, "results": there})

    with wire(answer) as server:
        assert tags.Tags(Connection(server.url, "0" * 40)).ensure("待核").id == 5


def test_a_tag_of_the_same_letters_in_another_case_is_another_tag(
    dms: PaperlessDms, fake: FakePaperless
) -> None:
    fake.named["tags"].append({"id": 1, "name": "密级/VIP"})
    assert dms.prepare([Term("level", "vip")])[0].action == "create"


def test_the_state_tags_are_those_of_the_product() -> None:
    assert set(wiring.STATES) == {tags.TO_CHECK, tags.FILED, tags.UNASSIGNED, tags.HANDED_OVER}
