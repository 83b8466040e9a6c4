"""Tests of preparing a server: everything once, in an order that holds, and nothing that is there touched."""

from __future__ import annotations

import copy
import json
from pathlib import Path

import pytest

from plugins.paperless.backend import PaperlessDms
from plugins.paperless.init import views
from plugins.paperless.init.preparing import NEEDED
from retention.dms import Term
from tests.contract.deposits import deposit
from tests.plugins.paperless.conftest import LEVELS
from tests.plugins.paperless.fake import ME, FakePaperless, grants
from tests.plugins.paperless.wire import Answer, Asked, Wire, told, wire

TERMS = [
    Term("category", "签约"),
    Term("kind", "认购书", "签约"),
    *(Term("level", level) for level in LEVELS),
]


def test_a_second_run_keeps_everything(dms: PaperlessDms, fake: FakePaperless, server: Wire) -> None:
    first = dms.prepare(TERMS)
    made = copy.deepcopy(fake.named)
    server.asked.clear()
    second = dms.prepare(TERMS)
    assert [(change.sort, change.name) for change in second] == [
        (change.sort, change.name) for change in first if change.action != "share"
    ]
    assert {change.action for change in second} == {"keep"}
    assert {asked.method for asked in server.asked} == {"GET"}
    assert fake.named == made


def test_a_dry_run_tells_what_a_run_then_makes(dms: PaperlessDms, server: Wire) -> None:
    told = dms.prepare(TERMS, dry_run=True)
    assert {asked.method for asked in server.asked} == {"GET"}
    assert told == tuple(change for change in dms.prepare(TERMS) if change.action != "share")


def test_each_level_has_a_group_that_sees_and_one_that_changes_and_none_that_deletes(
    dms: PaperlessDms, fake: FakePaperless
) -> None:
    dms.prepare(TERMS)
    may = {row["name"]: set(row["permissions"]) for row in fake.named["groups"]}
    assert list(may) == [f"密级/{level}/{sort}" for level in LEVELS for sort in ("查阅", "编辑")]
    assert "change_document" not in may["密级/secret/查阅"]
    assert "change_document" in may["密级/secret/编辑"]
    forbidden = {"delete_document", "add_sharelink", "add_sharelinkbundle", "add_document"}
    assert all("view_document" in rights and not rights & forbidden for rights in may.values())


def test_what_is_made_is_shown_to_every_level(dms: PaperlessDms, fake: FakePaperless) -> None:
    dms.prepare(TERMS)
    groups = sorted(row["id"] for row in fake.named["groups"])
    for resource in ("tags", "document_types", "saved_views"):
        assert fake.named[resource]
        assert {tuple(row["permissions"]["view"]["groups"]) for row in fake.named[resource]} == {
            tuple(groups)
        }
        assert all(row["permissions"]["change"] == grants()["change"] for row in fake.named[resource])


def test_a_new_group_is_shown_what_is_ours_and_grants_of_others_stay(
    dms: PaperlessDms, fake: FakePaperless
) -> None:
    dms.prepare(TERMS)
    ours, theirs = fake.named["tags"][0], fake.named["tags"][1]
    ours["permissions"]["view"] = {"users": [77], "groups": [78]}
    theirs |= {"owner": 77, "permissions": grants()}
    changes = dms.prepare(TERMS)
    assert [(change.sort, change.name) for change in changes if change.action == "share"] == [
        ("tags", ours["name"])
    ]
    groups = {row["id"] for row in fake.named["groups"]}
    assert ours["permissions"]["view"] == {"users": [77], "groups": sorted({78, *groups})}
    assert theirs["permissions"] == grants()
    assert ours["owner"] == ME


@pytest.mark.parametrize("part", NEEDED)
def test_what_the_account_may_not_make_is_left_out_and_told(
    dms: PaperlessDms, fake: FakePaperless, part: str
) -> None:
    fake.may.remove(NEEDED[part][-1])
    dms.prepare(TERMS)
    resource = {"groups": "groups", "storage path": "storage_paths", "saved views": "saved_views"}[part]
    assert fake.named[resource] == []
    told = [caution for caution in dms.cautions() if caution.name == part]
    assert any(NEEDED[part][-1] in caution.remedy for caution in told)


def test_a_view_that_a_person_has_made_is_left_as_it_is(dms: PaperlessDms, fake: FakePaperless) -> None:
    theirs = {"id": 900, "name": views.HELD, "owner": 77, "permissions": grants(), "filter_rules": []}
    fake.named["saved_views"].append(copy.deepcopy(theirs))
    dms.prepare(TERMS)
    assert [row for row in fake.named["saved_views"] if row["name"] == views.HELD] == [theirs]
    assert {row["name"] for row in fake.named["saved_views"]} == set(views.NAMES)


def test_every_rule_of_a_view_fits_the_servers_column(dms: PaperlessDms, fake: FakePaperless) -> None:
    dms.prepare(TERMS)
    rules = [rule for row in fake.named["saved_views"] for rule in row["filter_rules"]]
    assert max(len(rule["value"]) for rule in rules) <= 255
    assert all(json.loads(rule["value"]) for rule in rules if rule["rule_type"] == 42)


def test_the_first_record_of_a_dossier_makes_its_folder(
    dms: PaperlessDms, fake: FakePaperless, tmp_path: Path
) -> None:
    dms.prepare(TERMS)
    for number, dossier in enumerate(("锦绣花园/3-2-1501", "锦绣花园/3-2-1501", "")):
        dms.file(deposit(tmp_path, bytes([number]), dossier=dossier))
    paths = {row["name"]: row["path"] for row in fake.named["storage_paths"]}
    assert set(paths) == {"客户档案/未归户", "客户档案/锦绣花园/3-2-1501"}
    assert paths["客户档案/锦绣花园/3-2-1501"].startswith("客户档案/锦绣花园-3-2-1501/")


class Outrun:
    """A server on which somebody else, of the same account, always makes a moment earlier what is asked for; of that it
    tells as `status`."""

    def __init__(self, fake: FakePaperless, status: int) -> None:
        self._fake, self._status = fake, status

    def __call__(self, asked: Asked) -> Answer:
        if asked.method != "POST":
            return self._fake(asked)
        assert self._fake(asked).status == 201
        refused = self._fake(asked)
        return refused if self._status == refused.status else told({"detail": "server error"}, self._status)


@pytest.mark.parametrize("status", [400, 500])
def test_who_comes_second_on_a_fresh_server_adopts_what_the_first_has_made(
    fake: FakePaperless, status: int
) -> None:
    with wire(Outrun(fake, status)) as server:
        second = PaperlessDms(server.url, "0" * 40, levels=LEVELS, sleep=lambda _: None)
        second.prepare(TERMS)
        made = copy.deepcopy(fake.named)
        changes = second.prepare(TERMS)
    assert {change.action for change in changes} == {"keep"}
    assert fake.named == made
    for rows in made.values():
        assert rows
        assert len({row["name"] for row in rows}) == len(rows)
