"""Tests of the vocabulary: made where it is missing, adopted where it is there."""

from __future__ import annotations

from typing import Any

import pytest

from plugins import wiring
from plugins.paperless import tags
from plugins.paperless.backend import PaperlessDms
from plugins.paperless.client.connection import Connection
from plugins.paperless.custom_fields import TYPES, CustomFields
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


def test_beside_a_field_of_people_that_can_not_hold_our_values_stands_one_of_ours(
    dms: PaperlessDms, fake: FakePaperless
) -> None:
    theirs: list[dict[str, Any]] = [
        {"id": 70, "name": "密级", "data_type": "select", "extra_data": {"select_options": []}},
        {"id": 71, "name": "处置状态", "data_type": "select", "extra_data": {"select_options": []}},
    ]
    fake.named["custom_fields"] += [dict(row) for row in theirs]
    told = {change.name: change.action for change in dms.prepare([], dry_run=True)}
    assert told["密级（档案）"] == told["处置状态（档案）"] == "create"
    dms.prepare([])
    assert fake.named["custom_fields"][:2] == theirs
    made = {row["name"]: row["id"] for row in fake.named["custom_fields"]}
    assert dms._fields.id_of("密级") == made["密级（档案）"]
    assert {change.action for change in dms.prepare([])} == {"keep"}
    assert [one.name for one in dms.cautions() if "（档案）" in one.remedy] == ["field", "field"]
    # The other one may be renamed since, or be made to fit: ours stays ours.
    fake.named["custom_fields"][0]["data_type"] = "string"
    assert CustomFields(dms._connection).id_of("密级") == made["密级（档案）"]


@pytest.mark.parametrize("dry_run", [False, True])
@pytest.mark.parametrize("name", ["原件sha256", "卷宗卡片"])
def test_the_fields_that_tell_a_record_have_no_twins(
    dms: PaperlessDms, fake: FakePaperless, name: str, *, dry_run: bool
) -> None:
    fake.named["custom_fields"].append({"id": 1, "name": name, "data_type": "date"})
    with pytest.raises(DmsRefused, match=f"{name} of the type date, and .*: rename"):
        dms.prepare([], dry_run=dry_run)


def test_a_field_whose_type_was_changed_under_our_records_is_told_of(
    dms: PaperlessDms, fake: FakePaperless
) -> None:
    dms.prepare([])
    for row in fake.named["custom_fields"]:
        if row["name"] == "到期日":
            row["data_type"] = "string"
    with pytest.raises(DmsRefused, match=r"请在 paperless-ngx 中给它改名.*到期日 of the type string"):
        CustomFields(dms._connection).missing()


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
