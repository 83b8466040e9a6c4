"""Destruction on the real server: whatever people have put on a document goes with it, and nothing of anybody else's."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest
import requests

from plugins.paperless.backend import PaperlessDms
from plugins.paperless.client.connection import Connection
from plugins.paperless.client.documents import Documents
from plugins.paperless.client.named import EVERYTHING
from plugins.paperless.client.tasks import Tasks
from plugins.paperless.disk import Disk
from plugins.paperless.upload.filing import Patience
from retention.errors import DmsRefused, DmsUnavailable
from retention.record import Record
from tests.contract.deposits import deposit
from tests.live import server

MEDIA = os.environ.get("PAPERLESS_MEDIA_ROOT", "")
"""Where the server's own folder can be seen from here, the files are looked for there too."""
WORDS = "独一无二的认购房屋"


@pytest.fixture
def record(dms: PaperlessDms, tmp_path: Path) -> Record:
    """A paper in quarantine."""
    text = f"{WORDS} {tmp_path.name}".encode()
    return dms.record(dms.file(deposit(tmp_path, text, (WORDS,), ())))


def hide(dms: PaperlessDms, record: Record) -> None:
    dms.quarantine(record.dms_id, record.card.sha256)


def destroy(dms: PaperlessDms, record: Record) -> None:
    dms.destroy(record.dms_id, record.card.sha256)


def put_over(person: Connection, number: str, content: bytes) -> int:
    """A person puts a new version over the document; gives back the version's id."""
    task = person.upload(f"documents/{number}/update_version/", [], ("new.txt", content, "text/plain"))
    return int(Tasks(person).wait(str(task), hashlib.sha256(content).hexdigest(), 300.0))


def known(number: int) -> bool:
    return Documents(server.administrator()).is_known(number)


def in_trash() -> set[int]:
    return {int(row["id"]) for row in server.administrator().rows("trash/", [EVERYTHING])}


def test_versions_notes_links_and_search_entries_go_with_it(
    dms: PaperlessDms, person: Connection, record: Record
) -> None:
    number = int(record.dms_id)
    contents = [f"version {count} of {record.card.sha256}".encode() for count in range(2)]
    versions = [put_over(person, record.dms_id, content) for content in contents]
    person.send("POST", f"documents/{number}/notes/", {"note": "备注"})
    asked = {"document": number, "file_version": "original", "expiration": None}
    slug = person.send("POST", "share_links/", asked)["slug"]
    folder = Path(MEDIA) / "documents"
    names = [f"thumbnails/{each:07}.webp" for each in (number, *versions)]
    for each in (number, *versions):
        told = person.get(f"documents/{number}/metadata/", [("version", str(each))])
        names.append(f"originals/{told['media_filename']}")
    assert not MEDIA or all((folder / name).exists() for name in names)
    hide(dms, record)
    assert dms.versions(record.dms_id) == tuple(hashlib.sha256(one).hexdigest() for one in contents)
    destroy(dms, record)
    assert dms.is_gone(record.dms_id, record.card.sha256)
    assert [each for each in (number, *versions) if known(each)] == []
    assert in_trash().isdisjoint({number, *versions})
    link = requests.get(f"{server.url()}/share/{slug}", allow_redirects=False, timeout=60)
    assert (link.status_code, "notfound" in link.headers["Location"]) == (302, True)
    for search in ("query", "search"):
        found = server.administrator().rows("documents/", [(search, WORDS), ("fields", "id"), EVERYTHING])
        assert number not in [row["id"] for row in found]
    assert [name for name in names if MEDIA and (folder / name).exists()] == []


def test_a_version_that_a_person_had_thrown_away_before_goes_as_well(
    dms: PaperlessDms, person: Connection, record: Record
) -> None:
    version = put_over(person, record.dms_id, b"thrown away " + record.card.sha256.encode())
    person.delete(f"documents/{record.dms_id}/versions/{version}/")
    hide(dms, record)
    assert dms.versions(record.dms_id) == ()
    destroy(dms, record)
    assert not known(version)
    assert version not in in_trash()


def test_out_of_the_trash_again_it_is_whole_with_its_versions(
    dms: PaperlessDms, person: Connection, record: Record
) -> None:
    put_over(person, record.dms_id, b"second " + record.card.sha256.encode())
    hide(dms, record)
    before = dms.versions(record.dms_id)
    person.delete(f"documents/{record.dms_id}/")
    hide(dms, record)
    assert dms.versions(record.dms_id) == before != ()
    assert list(dms.quarantined(record.dms_id)) == [record]
    dms.restore(record.dms_id)
    assert dms.record(record.dms_id) == record


@pytest.mark.parametrize("in_the_trash", [False, True])
def test_what_an_administrator_has_given_to_somebody_else_is_neither_destroyed_nor_taken_for_gone(
    dms: PaperlessDms, person: Connection, record: Record, in_the_trash: bool
) -> None:
    admin, number = server.administrator(), int(record.dms_id)
    hide(dms, record)
    me = person.get("ui_settings/")["user"]["id"]
    admin.send("PATCH", f"documents/{number}/", {"owner": admin.get("ui_settings/")["user"]["id"]})
    if in_the_trash:
        admin.delete(f"documents/{number}/")
    with pytest.raises(DmsRefused, match="belongs to another account"):
        destroy(dms, record)
    assert not dms.is_gone(record.dms_id, record.card.sha256)
    if in_the_trash:
        admin.send("POST", "trash/", {"action": "restore", "documents": [number]})
    admin.send("PATCH", f"documents/{number}/", {"owner": me})
    destroy(dms, record)
    assert dms.is_gone(record.dms_id, record.card.sha256)


def test_what_others_have_in_the_trash_stays_there(
    dms: PaperlessDms, person: Connection, record: Record, tmp_path: Path
) -> None:
    theirs = int(dms.file(deposit(tmp_path, b"theirs " + tmp_path.name.encode(), ("theirs",), ())))
    person.delete(f"documents/{theirs}/")
    hide(dms, record)
    destroy(dms, record)
    assert theirs in in_trash()
    assert known(theirs)


@pytest.fixture
def mounted(token: str) -> PaperlessDms:
    """The backend where the server's own folder is mounted."""
    if not MEDIA:
        pytest.skip("PAPERLESS_MEDIA_ROOT is not set: the server's folder can not be seen from here")
    return PaperlessDms(
        server.url(), token, disk=Disk(Path(MEDIA)), patience=Patience(reading=600.0, other=10.0)
    )


def test_a_file_that_the_server_could_not_remove_is_told(mounted: PaperlessDms, record: Record) -> None:
    hide(mounted, record)
    destroy(mounted, record)
    assert mounted.is_gone(record.dms_id, record.card.sha256)
    left = Path(MEDIA) / "documents" / "thumbnails" / f"{int(record.dms_id):07}.webp"
    left.touch()
    try:
        with pytest.raises(DmsUnavailable, match=left.name):
            mounted.is_gone(record.dms_id, record.card.sha256)
    finally:
        left.unlink()
