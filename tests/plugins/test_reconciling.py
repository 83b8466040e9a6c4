"""Register and DMS compared, on each backend that can be asked."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from plugins.archiving.filing import ACTOR
from plugins.reconciling import Discrepancy, reconcile
from plugins.wiring import Archive
from retention import register
from retention.errors import DmsUnavailable
from retention.register import entries
from tests.contract.deposits import deposit


def file(archive: Archive, folder: Path, content: bytes) -> str:
    """A paper, filed and registered."""
    paper = deposit(folder, content)
    dms_id = archive.dms.file(paper)
    enter(archive, dms_id, paper.card.sha256)
    return dms_id


def enter(archive: Archive, dms_id: str, sha256: str, action: str = "filed") -> None:
    with archive.engine.begin() as connection:
        register.append(
            connection,
            at=archive.clock(),
            actor=ACTOR,
            action=action,
            subject=f"record/{dms_id}",
            payload={"sha256": sha256},
        )


def told(archive: Archive) -> dict[str, tuple[str, bool]]:
    return {one.dms_id: (one.what, one.known) for one in reconcile(archive)}


def entered(archive: Archive) -> list[tuple[str, str]]:
    with archive.engine.begin() as connection:
        found = [entry for entry in entries(connection) if entry.action.startswith("dms-")]
        assert register.verify(connection) > 0
    return [(entry.action, entry.subject) for entry in found]


def original(archive: Archive, sha256: str) -> Path:
    (found,) = (path for path in archive.settings.home.rglob(sha256) if path.is_file())
    return found


def test_a_dms_that_holds_what_was_filed_has_nothing_to_be_told(archive: Archive, tmp_path: Path) -> None:
    file(archive, tmp_path, b"1")
    assert told(archive) == {}
    assert entered(archive) == []


def test_other_bytes_are_told_each_time_and_written_down_once_until_they_are_right_again(
    archive: Archive, tmp_path: Path
) -> None:
    number = file(archive, tmp_path, b"1")
    place = original(archive, archive.dms.record(number).card.sha256)
    kept = place.read_bytes()
    place.chmod(0o600)
    place.write_bytes(b"other")
    assert told(archive) == {number: ("changed-bytes", False)}
    assert told(archive) == {number: ("changed-bytes", True)}
    place.write_bytes(kept)
    assert told(archive) == {number: ("came-back", False)}
    assert told(archive) == {}
    subject = f"record/{number}"
    assert entered(archive) == [("dms-changed-bytes", subject), ("dms-came-back", subject)]


def test_a_file_that_is_gone_is_unreadable_and_stays_so(archive: Archive, tmp_path: Path) -> None:
    number = file(archive, tmp_path, b"1")
    original(archive, archive.dms.record(number).card.sha256).unlink()
    assert told(archive) == {number: ("unreadable", False)}


def test_a_record_that_vanished_is_told_and_nothing_is_filed_in_its_place(
    archive: Archive, tmp_path: Path
) -> None:
    enter(archive, "4711", "a" * 64)
    number = file(archive, tmp_path, b"1")
    assert told(archive) == {"4711": ("vanished", False)}
    assert [record.dms_id for record in archive.dms.records()] == [number]


def test_the_same_bytes_under_another_id_are_named(archive: Archive, tmp_path: Path) -> None:
    paper = deposit(tmp_path, b"1")
    now = archive.dms.file(paper)
    enter(archive, "4711", paper.card.sha256)
    found = {one.dms_id: one for one in reconcile(archive)}
    assert (found["4711"].what, now in found["4711"].detail) == ("changed-id", True)
    assert found[now].what == "unregistered"


def test_what_was_destroyed_on_purpose_is_not_missed(archive: Archive) -> None:
    enter(archive, "4711", "a" * 64)
    enter(archive, "4711", "a" * 64, "destroyed")
    assert told(archive) == {}


def test_a_dms_that_is_away_is_no_loss(archive: Archive, tmp_path: Path) -> None:
    file(archive, tmp_path, b"1")
    shutil.move(archive.settings.home / "dms", archive.settings.home / "elsewhere")
    with pytest.raises(DmsUnavailable):
        told(archive)
    assert entered(archive) == []


def test_what_is_right_again_needs_nobody() -> None:
    assert not Discrepancy("1", "came-back", "", "").wrong
    assert json.dumps(vars(Discrepancy("1", "vanished", "", "")))
