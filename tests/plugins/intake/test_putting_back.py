"""A file that is put back goes the whole way once more, and a crash in between leaves it in one place."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from consumers import intake
from consumers.inbox.owner import Owner
from consumers.inbox.spool import Spool
from plugins.errors import BadWord
from plugins.intake import aside
from plugins.intake.intake_json import story_json, where_now
from plugins.intake.putting_back import put_back
from plugins.wiring import Archive
from tests.plugins.conftest import RULES_OF_THE_OFFICE
from tests.plugins.taking import Desk

Write = Callable[[str, str], Path]
BAD = b"no scan at all"


@pytest.fixture
def desk(archive: Archive) -> Iterator[Desk]:
    with Owner(archive.settings.home / "run") as owner:
        yield Desk(archive, owner)


@pytest.fixture
def row(desk: Desk, write: Write) -> intake.Intake:
    path = write("坏.pdf", "")
    path.write_bytes(BAD)
    desk.take(path)
    return desk.rows()[0]


def _lying(archive: Archive) -> list[str]:
    folder = archive.settings.set_aside_folder
    return sorted(path.name[9:] for path in folder.iterdir()) if folder.is_dir() else []


def test_it_is_looked_at_again_and_refused_again_where_nothing_has_changed(
    desk: Desk, row: intake.Intake
) -> None:
    put_back(desk.archive, row, "李静")
    assert _lying(desk.archive) == []
    assert where_now(desk.archive, desk.rows()[0])[0] == "spool"
    desk.taking.recover()
    desk.finish()
    assert desk.states() == ["quarantined"]
    assert _lying(desk.archive) == ["坏.pdf", "坏.pdf.json"]
    states = [one["state"] for one in story_json(desk.archive, desk.rows()[0])["events"]]
    assert states == ["claimed", "quarantined", "claimed", "quarantined"]
    assert where_now(desk.archive, desk.rows()[0])[0] == "set-aside"


def test_what_was_refused_for_a_limit_that_was_raised_since_is_filed(
    desk: Desk, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(desk.taking._journeys._pool.bounds.__class__, "check_bytes", _too_large)
        desk.take(write("a.pdf", RULES_OF_THE_OFFICE))
    (row,) = desk.rows()
    put_back(desk.archive, row, "李静")
    desk.taking.recover()
    desk.finish()
    assert desk.states() == ["confirmed"]
    assert _lying(desk.archive) == []
    assert desk.spooled() == []
    assert where_now(desk.archive, desk.rows()[0]) == ("dms", desk.rows()[0].dms_id)


def _too_large(*_told: object) -> None:
    from consumers.errors import Refused

    raise Refused("too-large", "太大。", "Too large.")


def test_what_is_not_set_aside_is_not_put_back(desk: Desk, write: Write) -> None:
    desk.take(write("a.pdf", RULES_OF_THE_OFFICE))
    with pytest.raises(BadWord, match="not set aside"):
        put_back(desk.archive, desk.rows()[0], "李静")


def test_a_file_that_was_changed_or_taken_away_is_told(desk: Desk, row: intake.Intake) -> None:
    found = aside.lying(desk.archive, row.id)
    assert found is not None
    found.place.write_bytes(b"mended")
    with pytest.raises(BadWord, match="changed"):
        put_back(desk.archive, row, "李静")
    found.place.unlink()
    with pytest.raises(BadWord, match="drop the scan"):
        put_back(desk.archive, row, "李静")
    assert desk.states() == ["quarantined"]
    assert where_now(desk.archive, row) == ("elsewhere", "")


def test_a_disk_that_is_full_leaves_it_set_aside_as_it_was(
    desk: Desk, row: intake.Intake, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_told: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(shutil, "copyfile", full)
        with pytest.raises(OSError, match="space"):
            put_back(desk.archive, row, "李静")
    (now,) = desk.rows()
    assert (now.state, now.reason) == ("quarantined", row.reason)
    assert _lying(desk.archive) == ["坏.pdf", "坏.pdf.json"]


class _Killed(BaseException):
    pass


@pytest.mark.parametrize("step", range(1, 12))
def test_killed_at_any_step_it_is_in_one_place_once_all_is_taken_up(
    step: int, desk: Desk, row: intake.Intake, monkeypatch: pytest.MonkeyPatch
) -> None:
    steps = iter(range(1, 100))

    def stepping(real: Callable[..., object]) -> Callable[..., object]:
        def around(*told: object, **more: object) -> object:
            if next(steps) == step:
                raise _Killed
            done = real(*told, **more)
            if next(steps) == step:
                raise _Killed
            return done

        return around

    with monkeypatch.context() as patch:
        for place, name in ((os, "replace"), (os, "rename"), (Path, "unlink"), (shutil, "copyfile")):
            patch.setattr(place, name, stepping(getattr(place, name)))
        # Whoever is killed tidies nothing up: his lock is gone, and so is he.
        patch.setattr(Owner, "__exit__", lambda self, *_told: os.close(self._handle))
        with contextlib.suppress(_Killed):
            put_back(desk.archive, row, "李静")
    for _ in range(3):
        desk.taking.recover()
        desk.finish()
        with aside.alone(desk.archive):
            pass
    assert desk.states() == ["quarantined"]
    assert _lying(desk.archive) == ["坏.pdf", "坏.pdf.json"]
    assert [path for path in desk.spooled() if (path / "content").exists()] == []
    note = next(desk.archive.settings.set_aside_folder.glob("*.json"))
    assert json.loads(note.read_text("utf-8"))["code"] == desk.rows()[0].reason.partition(":")[0]


def test_two_people_at_once_put_it_back_once(desk: Desk, row: intake.Intake) -> None:
    put_back(desk.archive, row, "李静")
    with pytest.raises(BadWord):
        put_back(desk.archive, row, "王强")
    assert Spool(desk.archive.settings.home / "spool", "").find(row.id) is not None
