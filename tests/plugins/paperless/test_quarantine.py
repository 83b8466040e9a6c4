"""Quarantine and destruction on paperless-ngx: rights and a tag, and never the trash before the end."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from plugins.paperless.backend import PaperlessDms
from plugins.paperless.quarantine import TAG
from retention.dms import Clearance, Query
from retention.errors import DmsError, DmsRefused, NoSuchRecord
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
