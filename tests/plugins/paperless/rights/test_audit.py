"""Tests of comparing rights with levels."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from plugins.paperless.backend import PaperlessDms
from retention.dms import Term
from tests.contract.deposits import deposit
from tests.plugins.paperless.conftest import LEVELS
from tests.plugins.paperless.fake import ME, FakePaperless, grants


@pytest.fixture
def numbers(dms: PaperlessDms, tmp_path: Path) -> list[int]:
    """A record of each level, the lowest first."""
    dms.prepare([Term("level", level) for level in LEVELS])
    papers = [deposit(tmp_path, level.encode(), ("x",), confidentiality=level) for level in LEVELS]
    return [int(dms.file(paper)) for paper in papers]


def found(dms: PaperlessDms, *, repair: bool = False) -> list[tuple[int, str, bool]]:
    return [(int(one.dms_id), one.fault, one.repaired) for one in dms.audit_rights(repair=repair)]


@pytest.mark.usefixtures("numbers")
def test_what_was_filed_is_as_it_should_be(dms: PaperlessDms) -> None:
    assert found(dms) == []


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"owner": None}, "no-owner"),
        ({"owner": 77}, "other-owner"),
        ({"view": {"users": [77]}}, "seen-by-others"),
        ({"view": {"groups": [77]}}, "seen-by-others"),
        ({"change": {"users": [77]}}, "changed-by-others"),
    ],
)
def test_what_differs_is_told_and_mended(
    dms: PaperlessDms, fake: FakePaperless, numbers: list[int], change: dict[str, Any], fault: str
) -> None:
    document = fake.documents[numbers[2]]
    before = {"owner": document["owner"], "permissions": document["permissions"]}
    document["permissions"] = {action: dict(who) for action, who in document["permissions"].items()}
    for name, value in change.items():
        if name == "owner":
            document["owner"] = value
        else:
            for who, ids in value.items():
                document["permissions"][name][who] = [*document["permissions"][name][who], *ids]
    assert found(dms) == [(numbers[2], fault, False)]
    assert found(dms, repair=True) == [(numbers[2], fault, True)]
    assert {"owner": document["owner"], "permissions": document["permissions"]} == before
    assert found(dms) == []


def test_lost_grants_are_told_and_given_back(
    dms: PaperlessDms, fake: FakePaperless, numbers: list[int]
) -> None:
    fake.documents[numbers[0]]["permissions"] = grants()
    assert {fault for _, fault, _ in found(dms, repair=True)} == {"not-seen", "not-changed"}
    assert found(dms) == []


def test_a_level_that_a_person_raises_closes_the_document(
    dms: PaperlessDms, fake: FakePaperless, numbers: list[int]
) -> None:
    raised = next(row["id"] for row in fake.named["tags"] if row["name"] == "密级/secret")
    fake.documents[numbers[0]]["tags"].append(raised)
    assert {fault for _, fault, _ in found(dms, repair=True)} == {"seen-by-others", "changed-by-others"}
    secret = fake.documents[numbers[2]]["permissions"]
    assert fake.documents[numbers[0]]["permissions"] == secret


def test_an_unknown_level_closes_the_document_and_stays_told(
    dms: PaperlessDms, fake: FakePaperless, numbers: list[int]
) -> None:
    field = next(row["id"] for row in fake.named["custom_fields"] if row["name"] == "密级")
    fake.documents[numbers[0]]["values"][field] = "绝密"
    found(dms, repair=True)
    assert found(dms) == [(numbers[0], "unknown-level", False)]
    assert fake.documents[numbers[0]]["permissions"] == grants()


def test_a_document_of_somebody_else_is_left_as_it_is(
    dms: PaperlessDms, fake: FakePaperless, numbers: list[int]
) -> None:
    assert numbers
    tag = next(row["id"] for row in fake.named["tags"] if row["name"] == "密级/secret")
    plain = fake.add_document(b"theirs", owner=None)
    marked = fake.add_document(b"theirs too", owner=None, tags=[tag])
    told = found(dms, repair=True)
    assert {number for number, _, _ in told} == {marked}
    assert not any(repaired for _, _, repaired in told)
    assert fake.documents[plain]["owner"] is fake.documents[marked]["owner"] is None


def test_a_link_is_told_of_above_the_lowest_level(
    dms: PaperlessDms, fake: FakePaperless, numbers: list[int]
) -> None:
    fake.links = [
        {"id": 1, "document": numbers[0], "expiration": None, "owner": ME},
        {"id": 2, "document": numbers[1], "expiration": "2030-01-01T00:00:00Z", "owner": ME},
        {"id": 3, "document": numbers[2], "expiration": None, "owner": 77},
        {"id": 4, "documents": [numbers[0], numbers[2]], "expiration": None, "owner": ME},
    ]
    assert found(dms) == [(number, "share-link", False) for number in (numbers[1], numbers[2], numbers[2])]
    mended = found(dms, repair=True)
    assert [repaired for _, _, repaired in mended] == [True, False, True]
    assert [link["id"] for link in fake.links] == [1, 3]


def test_a_damaged_card_is_told_of_and_nothing_else_done(
    dms: PaperlessDms, fake: FakePaperless, numbers: list[int]
) -> None:
    field = next(row["id"] for row in fake.named["custom_fields"] if row["name"] == "卷宗卡片")
    fake.documents[numbers[1]]["values"][field] = "{"
    assert found(dms, repair=True) == [(numbers[1], "damaged-card", False)]
