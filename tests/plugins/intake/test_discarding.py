"""What was set aside is thrown away by a person with a reason, is told in the register, and is never a record."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from consumers import intake
from consumers.inbox.owner import Owner
from plugins.errors import BadWord
from plugins.intake import aside
from plugins.intake.discarding import discard
from plugins.intake.intake_json import story_json
from plugins.keeping.holding import place
from plugins.wiring import Archive
from retention import register
from retention.blocking import holds
from retention.errors import DmsUnavailable
from tests.plugins.conftest import SUBSCRIPTION
from tests.plugins.taking import Desk

Write = Callable[[str, str], Path]


@pytest.fixture
def desk(archive: Archive) -> Iterator[Desk]:
    with Owner(archive.settings.home / "run") as owner:
        yield Desk(archive, owner)


@pytest.fixture
def bad(desk: Desk, write: Write) -> intake.Intake:
    path = write("坏 420198198803054519.pdf", "")
    path.write_bytes(b"no scan at all")
    desk.take(path)
    return desk.rows()[-1]


def _files(archive: Archive) -> list[str]:
    folder = archive.settings.set_aside_folder
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


def test_its_bytes_go_and_what_it_was_is_kept_in_table_register_and_note(
    desk: Desk, bad: intake.Intake
) -> None:
    discard(desk.archive, bad, by="李静", reason="空白页")
    (name,) = _files(desk.archive)
    note = json.loads((desk.archive.settings.set_aside_folder / name).read_text("utf-8"))
    assert (note["name"], note["sha256"]) == (bad.name, bad.sha256)
    assert (note["discarded_by"], note["discarded_reason"]) == ("李静", "空白页")
    story = story_json(desk.archive, desk.rows()[0])
    assert (story["state"], story["where"], story["name"]) == ("discarded", "discarded", bad.name)
    assert story["events"][-1]["actor"] == "李静"
    with desk.archive.engine.begin() as connection:
        (entry,) = register.entries(connection)
        register.verify(connection)
    assert (entry.action, entry.actor, entry.subject) == ("discarded", "李静", f"intake/{bad.id}")
    assert json.loads(entry.payload) == {
        "sha256": bad.sha256,
        "code": "wrong-type",
        "reason": "空白页",
        "record": "",
    }


@pytest.mark.parametrize(("by", "reason"), [("", "空白页"), ("李静", " ")])
def test_without_a_reason_or_a_name_nothing_is_discarded(
    by: str, reason: str, desk: Desk, bad: intake.Intake
) -> None:
    with pytest.raises(BadWord, match="--by, --reason"):
        discard(desk.archive, bad, by=by, reason=reason)
    assert len(_files(desk.archive)) == 2


def test_what_is_filed_is_no_matter_of_this(desk: Desk, write: Write) -> None:
    desk.take(write("a.pdf", SUBSCRIPTION))
    with pytest.raises(BadWord, match="not set aside"):
        discard(desk.archive, desk.rows()[0], by="李静", reason="错")
    assert len(list(desk.archive.dms.records())) == 1


def test_a_copy_of_a_record_goes_and_the_record_stays_unless_a_hold_lies_on_it(
    desk: Desk, write: Write
) -> None:
    desk.take(write("a.pdf", SUBSCRIPTION))
    (record,) = desk.archive.dms.records()
    desk.take(write("b.pdf", SUBSCRIPTION))
    copy = next(row for row in desk.rows() if row.state == "quarantined")
    hold = place(
        desk.archive,
        "record",
        record.dms_id,
        reason="诉讼",
        mandate="法务函〔2026〕1号",
        by="王强",
        sort="hold",
    )
    with pytest.raises(BadWord, match="the copy stays too"):
        discard(desk.archive, copy, by="李静", reason="双份")
    assert len(_files(desk.archive)) == 2
    with desk.archive.engine.begin() as connection:
        holds.release(connection, hold.id, who="王强", at=desk.archive.clock(), reason="结案")
    discard(desk.archive, copy, by="李静", reason="双份")
    assert [one.dms_id for one in desk.archive.dms.records()] == [record.dms_id]
    assert desk.archive.dms.checksum(record.dms_id) == copy.sha256


def test_a_dms_that_can_not_be_asked_means_no(
    desk: Desk, bad: intake.Intake, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(_sha256: str) -> str:
        raise DmsUnavailable("away")

    monkeypatch.setattr(desk.archive.dms, "find", away)
    with pytest.raises(DmsUnavailable):
        discard(desk.archive, bad, by="李静", reason="空白页")
    assert (desk.states(), len(_files(desk.archive))) == (["quarantined"], 2)


def test_a_paper_with_the_mark_of_a_state_secret_is_taken_out_by_the_officer_first(
    desk: Desk, write: Write
) -> None:
    desk.take(write("密.pdf", f"绝密★启用前\n{SUBSCRIPTION}"))
    (row,) = desk.rows()
    assert row.reason.startswith("state-secret")
    with pytest.raises(BadWord, match="officer"):
        discard(desk.archive, row, by="李静", reason="已移交")
    found = aside.lying(desk.archive, row.id)
    assert found is not None
    found.place.unlink()
    discard(desk.archive, row, by="李静", reason="已移交保密办")
    assert desk.states() == ["discarded"]


def test_cut_off_before_the_table_says_so_it_lies_there_as_it_was(desk: Desk, bad: intake.Intake) -> None:
    found = aside.lying(desk.archive, bad.id)
    assert found is not None
    found.place.rename(found.moving)
    with aside.alone(desk.archive):
        assert found.place.exists()


def test_cut_off_after_the_table_says_so_the_next_one_finishes_it(
    desk: Desk, bad: intake.Intake, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Killed(BaseException):
        pass

    def die(*_told: object) -> None:
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(aside, "keep_note", die)
        with pytest.raises(Killed):
            discard(desk.archive, bad, by="李静", reason="空白页")
    assert desk.states() == ["discarded"]
    with aside.alone(desk.archive):
        (name,) = _files(desk.archive)
    assert name.startswith("discarded/")
