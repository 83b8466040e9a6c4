"""Tests against a real paperless-ngx: what no fake can tell. See README.md here."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import requests

from plugins.paperless.backend import PaperlessDms
from plugins.paperless.client.connection import Connection
from plugins.paperless.tags import Tags
from retention.dms import Clearance, Deposit, Query, Term
from retention.errors import AlreadyFiled, DmsRefused, DmsUnavailable, NoSuchRecord
from tests.contract.deposits import CARD, deposit
from tests.live import server

SAMPLES = Path(__file__).parents[2] / "samples"
ALL = Clearance(frozenset({"public", "internal", "secret"}))
PAGES = ("民 事 判 决 书\n认购 人民\n币1280000元", "第二页")
KEYS = ("3栋2单元1501室", "3-2-1501", "HT-2023-0815")


def smallest(suffix: str) -> Path:
    """The smallest sample scan with that ending."""
    return min(SAMPLES.glob(f"scans/*{suffix}"), key=lambda path: path.stat().st_size)


def scanned(path: Path, media_type: str) -> Deposit:
    sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
    card = replace(CARD, sha256=sha256, name=path.name, media_type=media_type)
    return Deposit(path, card, PAGES, KEYS)


def text(folder: Path, words: str, **card: Any) -> Deposit:
    """A deposit that the server reads in a moment."""
    return deposit(folder, words.encode(), PAGES, KEYS, **card)


@pytest.mark.parametrize(
    ("suffix", "media_type"),
    [
        (".pdf", "application/pdf"),
        (".jpg", "image/jpeg"),
        (".png", "image/png"),
        (".tif", "image/tiff"),
        (".webp", "image/webp"),
        (".bmp", "image/bmp"),
    ],
)
def test_a_scan_is_kept_byte_for_byte_and_read_as_we_read_it(
    dms: PaperlessDms, suffix: str, media_type: str
) -> None:
    paper = scanned(smallest(suffix), media_type)
    before = paper.original.read_bytes()
    dms_id = dms.file(paper)
    assert dms.original(dms_id) == before == paper.original.read_bytes()
    assert dms.checksum(dms_id) == paper.card.sha256
    assert dms.record(dms_id).card == paper.card
    assert dms.text(dms_id) == PAGES
    assert dms.find(paper.card.sha256) == dms_id


def test_an_encrypted_file_is_kept_too(dms: PaperlessDms) -> None:
    (locked,) = SAMPLES.glob("bad/*加密*.pdf")
    dms_id = dms.file(scanned(locked, "application/pdf"))
    assert dms.original(dms_id) == locked.read_bytes()
    assert dms.text(dms_id) == PAGES


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "empty"),
        (b"\0\1\2\3" * 99, "Unsupported mime type"),
        (b"%PDF-1.4 cut off", "could not take the file"),
    ],
)
def test_what_the_server_can_not_read_is_refused_and_not_kept(
    dms: PaperlessDms, tmp_path: Path, content: bytes, says: str
) -> None:
    paper = deposit(tmp_path, content)
    with pytest.raises(DmsRefused, match=says):
        dms.file(paper)
    assert dms.find(paper.card.sha256) is None


def test_people_see_title_date_kind_tags_and_fields(
    dms: PaperlessDms, person: Connection, tmp_path: Path
) -> None:
    dms_id = dms.file(text(tmp_path, "one", category="签约"))
    seen = person.get(f"documents/{dms_id}/")
    names = {row["id"]: row["name"] for row in person.rows("tags/", [("page_size", "1000")])}
    fields = {row["id"]: row["name"] for row in person.rows("custom_fields/", [("page_size", "1000")])}
    values = {fields[value["field"]]: value["value"] for value in seen["custom_fields"]}
    assert seen["title"] == CARD.title
    assert seen["created"] == "2024-02-29"
    assert person.get(f"document_types/{seen['document_type']}/")["name"] == CARD.kind
    # On a server in use its own workflows put further tags on, and a tag that was adopted hangs where people have put it.
    wanted = {"类别/签约", "密级/internal", "已归档"}
    tags, theirs = {names[tag] for tag in seen["tags"]}, server.theirs(person, "tags")
    assert wanted <= tags
    assert tags - theirs == {"类别", "密级", *wanted} - theirs - unused(person, tags)
    assert (values["房号"], values["客户"], values["置信度"]) == ("3-2-1501", "测试甲", 0.875)


def unused(person: Connection, tags: set[str]) -> set[str]:
    """The parents whose children, as they were adopted, hang elsewhere or nowhere."""
    rows = {row["id"]: row for row in person.rows("tags/", [("page_size", "1000")])}
    above = {
        rows[row["parent"]]["name"] for row in rows.values() if row["name"] in tags and row["parent"] in rows
    }
    return {"类别", "密级"} - above


def test_no_document_is_without_an_owner(dms: PaperlessDms, person: Connection, tmp_path: Path) -> None:
    dms_id = dms.file(text(tmp_path, "one"))
    assert person.get(f"documents/{dms_id}/")["owner"] is not None


@pytest.mark.parametrize("words", ["测试甲", "判决书", "3栋2单元1501室", "HT-2023-0815", "人民币"])
def test_the_servers_own_search_finds_it(
    dms: PaperlessDms, person: Connection, tmp_path: Path, words: str
) -> None:
    dms_id = dms.file(text(tmp_path, "one"))
    found = person.get("documents/", [("text", words), ("fields", "id"), server.own(tmp_path)])
    assert [row["id"] for row in found["results"]] == [int(dms_id)]


def test_version_nine_of_the_api_does_as_well(dms: PaperlessDms, tmp_path: Path) -> None:
    dms._connection._version = 9
    paper = text(tmp_path, "one")
    dms_id = dms.file(paper)
    assert dms.record(dms_id).card == paper.card
    assert [hit.record.dms_id for hit in dms.search(Query("判决书"), ALL)] == [dms_id]
    broken = deposit(tmp_path, b"%PDF-1.4 cut off")
    with pytest.raises(DmsRefused, match="could not take the file"):
        dms.file(broken)


def test_what_lies_in_the_trash_is_no_record_and_its_bytes_may_come_again(
    dms: PaperlessDms, person: Connection, tmp_path: Path
) -> None:
    paper = text(tmp_path, "one")
    dms_id = dms.file(paper)
    person.delete(f"documents/{dms_id}/")
    assert dms.find(paper.card.sha256) is None
    assert list(dms.records()) == []
    for asked in (dms.record, dms.original, dms.checksum, dms.text):
        with pytest.raises(NoSuchRecord):
            asked(dms_id)
    assert dms.file(paper) != dms_id


def test_the_scanners_bytes_stay_the_original_when_a_person_puts_a_new_version_over_them(
    dms: PaperlessDms, token: str, tmp_path: Path
) -> None:
    paper = text(tmp_path, "one")
    dms_id = dms.file(paper)
    answer = requests.post(
        f"{server.url()}/api/documents/{dms_id}/update_version/",
        headers={"Authorization": f"Token {token}"},
        files={"document": ("two.txt", b"two words")},
        timeout=60,
    )
    dms._filing._tasks.wait(answer.json(), paper.card.sha256, 60.0)
    assert dms.original(dms_id) == b"one"
    assert dms.checksum(dms_id) == paper.card.sha256
    assert dms.text(dms_id) == PAGES
    assert dms.find(paper.card.sha256) == dms_id


def test_a_persons_upload_of_the_same_bytes_is_left_alone(
    dms: PaperlessDms, token: str, tmp_path: Path
) -> None:
    paper = text(tmp_path, "one of theirs")
    answer = requests.post(
        f"{server.url()}/api/documents/post_document/",
        headers={"Authorization": f"Token {token}"},
        files={"document": ("theirs.txt", b"one of theirs")},
        timeout=60,
    )
    theirs = dms._filing._tasks.wait(answer.json(), paper.card.sha256, 60.0)
    with pytest.raises(AlreadyFiled) as told:
        dms.file(paper)
    assert told.value.dms_id == str(theirs) == dms.find(paper.card.sha256)
    assert not dms._documents.one(theirs).fields.keys() & set(dms._fields.ensure().values())


def test_a_document_that_was_cut_off_is_completed(
    dms: PaperlessDms, person: Connection, tmp_path: Path
) -> None:
    paper = text(tmp_path, "one")
    dms_id = dms.file(paper)
    card = {row["name"]: row["id"] for row in person.rows("custom_fields/", [("page_size", "1000")])}[
        "卷宗卡片"
    ]
    parameters = {"add_custom_fields": [], "remove_custom_fields": [card]}
    body = {"documents": [int(dms_id)], "method": "modify_custom_fields", "parameters": parameters}
    person.send("POST", "documents/bulk_edit/", body)
    assert dms.find(paper.card.sha256) is None
    assert dms.file(paper) == dms_id
    assert dms.record(dms_id).card == paper.card


def test_a_level_that_a_person_raises_hides_the_document_at_once(
    dms: PaperlessDms, person: Connection, tmp_path: Path
) -> None:
    dms.prepare([Term("level", "secret")])
    dms_id = dms.file(text(tmp_path, "one", confidentiality="public"))
    public = Clearance(frozenset({"public"}))
    assert len(dms.search(Query("判决书"), public)) == 1
    secret = Tags(person).find("密级/secret")
    assert secret is not None
    parameters = {"add_tags": [secret.id], "remove_tags": []}
    body = {"documents": [int(dms_id)], "method": "modify_tags", "parameters": parameters}
    person.send("POST", "documents/bulk_edit/", body)
    assert dms.search(Query("判决书"), public) == ()


def test_what_a_person_has_named_so_is_adopted_as_it_is(dms: PaperlessDms, person: Connection) -> None:
    theirs = person.send("POST", "tags/", {"name": "密级/内部", "color": "#123456"})
    assert dms.prepare([Term("level", "内部")])[0].action == "keep"
    assert theirs.items() <= person.get(f"tags/{theirs['id']}/").items()


def test_a_dry_run_makes_nothing(dms: PaperlessDms, person: Connection) -> None:
    dms.prepare([Term("level", "内部"), Term("kind", "认购书")], dry_run=True)
    assert Tags(person).find("密级/内部") is None


def test_a_wrong_token_is_told_of_without_showing_it(token: str) -> None:
    wrong = PaperlessDms(server.url(), token[::-1])
    with pytest.raises(DmsUnavailable, match="PAPERLESS_TOKEN") as told:
        wrong.status()
    assert token[::-1] not in str(told.value)


def test_an_address_beside_the_api_is_told_of(token: str) -> None:
    with pytest.raises(DmsUnavailable, match="PAPERLESS_URL"):
        PaperlessDms(f"{server.url()}/somewhere", token).status()


def test_the_version_of_the_server_is_named(dms: PaperlessDms) -> None:
    assert dms.status().version.startswith("3.")
