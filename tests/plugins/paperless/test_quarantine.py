"""Quarantine and destruction on paperless-ngx: rights and a tag, and never the trash before the end."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from plugins.paperless.backend import PaperlessDms
from plugins.paperless.disk import Disk
from plugins.paperless.quarantine import TAG
from retention.dms import Clearance, Query
from retention.errors import DmsError, DmsRefused, DmsUnavailable, NoSuchRecord
from retention.record import Record
from tests.contract.deposits import deposit
from tests.plugins.paperless.fake import ME, FakePaperless, grants
from tests.plugins.paperless.wire import Wire

ALL = Clearance(frozenset({"public", "internal", "secret"}))
OPEN = {action: {"users": [], "groups": [1]} for action in ("view", "change")}


@pytest.fixture
def record(dms: PaperlessDms, fake: FakePaperless, tmp_path: Path) -> Record:
    """A record, beside a document that somebody has thrown away."""
    number = dms.file(deposit(tmp_path, b"1", ("认购书",)))
    theirs = fake.add_document(b"theirs")
    throw(fake, theirs)
    return dms.record(number)


def throw(fake: FakePaperless, number: int) -> None:
    """Somebody puts it into the trash."""
    fake.discarded[number] = fake.documents.pop(number)
    fake.trash.append(number)


def hide(dms: PaperlessDms, record: Record) -> None:
    dms.quarantine(record.dms_id, record.card.sha256)


def destroy(dms: PaperlessDms, record: Record) -> None:
    dms.destroy(record.dms_id, record.card.sha256)


def emptied(server: Wire) -> list[dict[str, object]]:
    calls = [one for one in server.asked if one.method == "POST" and one.path == "/api/trash/"]
    return [json.loads(one.body) for one in calls]


def test_in_quarantine_only_the_owner_sees_it_and_no_link_opens_it(
    dms: PaperlessDms, fake: FakePaperless, record: Record
) -> None:
    number = int(record.dms_id)
    fake.documents[number]["permissions"] = OPEN
    link = {"id": 9, "document": number, "owner": ME, "expiration": None}
    fake.links.append(link)
    hide(dms, record)
    document = fake.documents[number]
    tags = {row["id"]: row["name"] for row in fake.named["tags"]}
    assert (document["owner"], document["permissions"], fake.links) == (ME, grants(), [])
    assert TAG in [tags[tag] for tag in document["tags"]]
    assert number not in fake.trash


def test_one_record_is_asked_for_without_looking_at_the_others_in_quarantine(
    dms: PaperlessDms, fake: FakePaperless, server: Wire, record: Record, tmp_path: Path
) -> None:
    others = [dms.record(dms.file(deposit(tmp_path, bytes([50 + count]), ("认购书",)))) for count in range(3)]
    seen = dms.record(dms.file(deposit(tmp_path, b"seen", ("认购书",))))
    for one in (record, *others):
        hide(dms, one)
    server.asked.clear()
    assert list(dms.quarantined(record.dms_id)) == [record]
    assert list(dms.quarantined(others[0].dms_id, seen.dms_id, "none", "77")) == [others[0]]
    assert [one.one("id__in").split(",") for one in server.asked] == [
        [record.dms_id],
        sorted((others[0].dms_id, seen.dms_id, "77"), key=int),
    ]


def test_the_tag_is_shown_to_nobody(dms: PaperlessDms, fake: FakePaperless, record: Record) -> None:
    hide(dms, record)
    (tag,) = [row for row in fake.named["tags"] if row["name"] == TAG]
    assert (tag["owner"], tag["permissions"]) == (ME, grants())


def test_an_audit_with_repair_leaves_it_closed(
    dms: PaperlessDms, fake: FakePaperless, record: Record
) -> None:
    hide(dms, record)
    assert list(dms.audit_rights(repair=True)) == []
    assert fake.documents[int(record.dms_id)]["permissions"] == grants()


def test_another_process_that_runs_already_hides_it_too(
    dms: PaperlessDms, another: Callable[..., PaperlessDms], record: Record, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = another()
    assert other.record(record.dms_id) == record
    hide(dms, record)
    monkeypatch.setattr("plugins.paperless.quarantine._LOOK_AGAIN", -1.0)
    with pytest.raises(NoSuchRecord):
        other.record(record.dms_id)
    assert other.search(Query(), ALL) == ()
    assert list(other.records()) == []
    assert list(other.quarantined()) == [record]


def test_destruction_empties_the_trash_by_this_one_id(
    dms: PaperlessDms, fake: FakePaperless, server: Wire, record: Record
) -> None:
    theirs = set(fake.trash)
    hide(dms, record)
    assert emptied(server) == []
    destroy(dms, record)
    assert emptied(server) == [{"action": "empty", "documents": [int(record.dms_id)]}]
    assert (set(fake.trash), int(record.dms_id) in fake.documents) == (theirs, False)
    assert dms.is_gone(record.dms_id, record.card.sha256)


def test_a_server_that_says_ok_and_keeps_it_is_not_believed(
    dms: PaperlessDms, fake: FakePaperless, record: Record
) -> None:
    hide(dms, record)
    fake.keeps_trash = True
    destroy(dms, record)
    assert not dms.is_gone(record.dms_id, record.card.sha256)
    # Put into quarantine again, it is a record whose card says what may stand in its way.
    assert list(dms.quarantined(record.dms_id)) == []
    hide(dms, record)
    assert list(dms.quarantined(record.dms_id)) == [record]
    fake.keeps_trash = False
    destroy(dms, record)
    assert dms.is_gone(record.dms_id, record.card.sha256)


def test_out_of_the_trash_again_and_closed_where_it_must_be_kept_after_all(
    dms: PaperlessDms, fake: FakePaperless, record: Record
) -> None:
    hide(dms, record)
    fake.keeps_trash = True
    destroy(dms, record)
    hide(dms, record)
    assert int(record.dms_id) not in fake.trash
    assert list(dms.quarantined()) == [record]
    dms.restore(record.dms_id)
    assert dms.record(record.dms_id) == record


def test_a_document_in_the_trash_that_was_not_in_quarantine_stays_there(
    dms: PaperlessDms, fake: FakePaperless, server: Wire, record: Record
) -> None:
    hide(dms, record)
    dms.restore(record.dms_id)
    number = int(record.dms_id)
    throw(fake, number)
    with pytest.raises(DmsRefused, match="not in quarantine"):
        destroy(dms, record)
    assert emptied(server) == []


def test_changed_bytes_are_never_destroyed(
    dms: PaperlessDms, fake: FakePaperless, server: Wire, record: Record
) -> None:
    hide(dms, record)
    fake.documents[int(record.dms_id)]["bytes"] = b"other bytes"
    with pytest.raises(DmsRefused, match="checksum"):
        destroy(dms, record)
    assert (emptied(server), int(record.dms_id) in fake.documents) == ([], True)


def test_its_versions_are_told_and_named_in_the_one_call_that_empties(
    dms: PaperlessDms, fake: FakePaperless, server: Wire, record: Record
) -> None:
    number = int(record.dms_id)
    second, third = fake.add_version(number, b"second"), fake.add_version(number, b"third")
    hide(dms, record)
    sums = tuple(hashlib.sha256(content).hexdigest() for content in (b"second", b"third"))
    assert dms.versions(record.dms_id) == sums
    destroy(dms, record)
    assert emptied(server) == [{"action": "empty", "documents": [second, third, number]}]
    assert dms.is_gone(record.dms_id, record.card.sha256)


@pytest.mark.parametrize("in_trash", [False, True])
def test_what_now_belongs_to_somebody_else_is_neither_destroyed_nor_taken_for_gone(
    dms: PaperlessDms, fake: FakePaperless, server: Wire, record: Record, in_trash: bool
) -> None:
    hide(dms, record)
    if in_trash:
        throw(fake, int(record.dms_id))
    fake.give_away(int(record.dms_id))
    with pytest.raises(DmsRefused, match="belongs to another account"):
        destroy(dms, record)
    assert emptied(server) == []
    assert not dms.is_gone(record.dms_id, record.card.sha256)


def _mounted(server: Wire, folder: Path) -> PaperlessDms:
    for place in ("media/documents/originals", "media/documents/thumbnails", "trash"):
        (folder / place).mkdir(parents=True)
    return PaperlessDms(
        server.url, "0" * 40, disk=Disk(folder / "media", folder / "trash"), sleep=lambda _: None
    )


@pytest.mark.parametrize("left", ["originals/{:07}.txt", "thumbnails/{:07}.webp", "originals/version"])
def test_where_its_folders_are_mounted_a_file_that_is_still_there_is_told(
    fake: FakePaperless, server: Wire, record: Record, tmp_path: Path, left: str
) -> None:
    number, mounted = int(record.dms_id), _mounted(server, tmp_path)
    version = fake.add_version(number, b"second")
    name = left.format(number).replace("version", f"{version:07}.txt")
    file = tmp_path / "media" / "documents" / name
    file.write_bytes(b"any")
    hide(mounted, record)
    destroy(mounted, record)
    with pytest.raises(DmsUnavailable, match=f"{file.name}.*Remove it"):
        mounted.is_gone(record.dms_id, record.card.sha256)
    file.unlink()
    assert mounted.is_gone(record.dms_id, record.card.sha256)


@pytest.mark.parametrize("anew", [False, True])
def test_an_original_that_the_server_has_moved_to_its_trash_folder_is_told_of(
    fake: FakePaperless, server: Wire, record: Record, tmp_path: Path, anew: bool
) -> None:
    mounted = _mounted(server, tmp_path)
    hide(mounted, record)
    destroy(mounted, record)
    if anew:
        mounted = PaperlessDms(
            server.url, "0" * 40, disk=Disk(None, tmp_path / "trash"), sleep=lambda _: None
        )
    (tmp_path / "trash" / "other.pdf").write_bytes(b"other")
    assert mounted.is_gone(record.dms_id, record.card.sha256)
    (tmp_path / "trash" / "认购书_01.pdf").write_bytes(b"1")
    with pytest.raises(DmsUnavailable, match=r"认购书_01\.pdf"):
        mounted.is_gone(record.dms_id, record.card.sha256)


def test_a_folder_that_is_not_mounted_after_all_proves_nothing(
    server: Wire, record: Record, tmp_path: Path
) -> None:
    away = PaperlessDms(server.url, "0" * 40, disk=Disk(tmp_path / "away"), sleep=lambda _: None)
    hide(away, record)
    destroy(away, record)
    with pytest.raises(DmsUnavailable, match="DOSSIER_PAPERLESS_MEDIA"):
        away.is_gone(record.dms_id, record.card.sha256)


def test_what_stays_on_the_server_is_told_with_the_command_that_removes_it(
    dms: PaperlessDms, fake: FakePaperless, another: Callable[..., PaperlessDms]
) -> None:
    assert "prune_audit_logs" in {one.name: one.remedy for one in dms.remains()}["audit log"]
    fake.settings["auditlog_enabled"] = False
    assert [one.name for one in another().remains()] == ["search index", "trash folder"]


def test_a_trash_folder_that_is_looked_into_needs_no_caution(server: Wire, tmp_path: Path) -> None:
    assert "trash folder" not in [one.name for one in _mounted(server, tmp_path).remains()]


@pytest.mark.parametrize("deed", ["quarantine", "restore", "destroy"])
def test_cut_off_after_any_request_doing_it_again_completes_it(
    another: Callable[..., PaperlessDms], fake: FakePaperless, tmp_path: Path, deed: str
) -> None:
    expected = {"quarantine": (False, 1, 0), "restore": (False, 0, 1), "destroy": (True, 0, 0)}[deed]
    done, after = False, 0
    while not done:
        first = another()
        number = first.file(deposit(tmp_path, bytes([after])))
        sha256 = first.record(number).card.sha256
        words = (number,) if deed == "restore" else (number, sha256)
        if deed != "quarantine":
            first.quarantine(number, sha256)
        fake.down_after = after
        try:
            getattr(another(), deed)(*words)
            done = True
        except DmsError:
            after += 1
        fake.down_after = None
        again = another()
        getattr(again, deed)(*words)
        shown = [one.dms_id for one in again.records() if one.dms_id == number]
        found = again.is_gone(number, sha256), len(list(again.quarantined(number))), len(shown)
        assert found == expected
    assert after > 5
