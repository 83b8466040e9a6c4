"""What lies in the set-aside folder: found by its row, and taken out of it by people, put back or discarded.

Principle: a file leaves the folder only when it lies whole in the spool again, or when the table and the register say who
discarded it and why. Meanwhile it is called `….moving`, which tells whoever comes after a crash where to go on.
"""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa

from consumers import intake
from consumers.inbox.spool import Spool
from plugins.intake.recovery import one_at_a_time
from plugins.logs import log
from plugins.wiring import Archive

MOVING = ".moving"
DISCARDED = "discarded"
"""The sub-folder that keeps the notes of what was discarded: name, checksum, reason, who and when; never the file."""


@dataclass(frozen=True)
class Aside:
    """A file that was set aside, the note beside it, and what that says."""

    place: Path
    note: Path
    told: dict[str, str]

    @property
    def moving(self) -> Path:
        """What the file is called while it is taken out."""
        return self.place.with_name(self.place.name + MOVING)


def lying(archive: Archive, intake_id: str) -> Aside | None:
    """What lies in the folder of that row; None where there is no note of it here."""
    for note in archive.settings.set_aside_folder.glob(f"{intake_id[:8]}-*.json"):
        found = _read(note)
        if found is not None and found.told.get("intake_id") == intake_id:
            return found
    return None


@contextlib.contextmanager
def alone(archive: Archive) -> Iterator[None]:
    """Nobody else takes anything out of the folder meanwhile; what a crash has left half done is finished first."""
    with one_at_a_time(archive.settings.home / "run" / "aside.lock"):
        for moving in archive.settings.set_aside_folder.glob(f"*{MOVING}"):
            note = moving.with_name(moving.name.removesuffix(MOVING) + ".json")
            found = _read(note)
            if found is not None:
                with archive.engine.begin() as connection:
                    _finish(archive, connection, found)
        yield


def keep_note(archive: Archive, found: Aside, by: str, reason: str, at: str) -> None:
    """Leave of a discarded file its note alone, with who discarded it and why."""
    folder = archive.settings.set_aside_folder / DISCARDED
    folder.mkdir(mode=0o700, exist_ok=True)
    told = found.told | {"discarded_by": by, "discarded_reason": reason, "discarded_at": at}
    unfinished = folder / f"{found.note.name}.part"
    with unfinished.open("w", encoding="utf-8") as file:
        file.write(json.dumps(told, ensure_ascii=False, indent=2) + "\n")
        file.flush()
        os.fsync(file.fileno())
    os.replace(unfinished, folder / found.note.name)
    found.moving.unlink(missing_ok=True)
    found.note.unlink(missing_ok=True)


def _finish(archive: Archive, connection: sa.Connection, found: Aside) -> None:
    row = intake.get(connection, found.told["intake_id"])
    if row is None or row.state == "quarantined":
        os.replace(found.moving, found.place)
    elif row.state == "discarded":
        last = intake.events_of(connection, row.id)[-1]
        keep_note(archive, found, last.actor, last.detail, last.at)
    elif row.state in intake.FINAL or Spool(archive.settings.home / "spool", "").find(row.id) is not None:
        found.moving.unlink()
        found.note.unlink()
    else:
        # On its way without its file: whoever takes it up finds the note, and sets it aside as it was.
        return
    log().info("finished what was begun in the set-aside folder", intake=found.told["intake_id"])


def _read(note: Path) -> Aside | None:
    try:
        told = json.loads(note.read_text("utf-8"))
    except (OSError, ValueError):
        return None
    return (
        Aside(note.with_name(note.name.removesuffix(".json")), note, told) if isinstance(told, dict) else None
    )
