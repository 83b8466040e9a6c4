"""Taking up what a crash left: one process at a time, and rows whose file is gone from the spool."""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import sqlalchemy as sa

from consumers import intake
from plugins.logs import log
from plugins.wiring import Archive


def close_orphan(archive: Archive, connection: sa.Connection, row: intake.Intake) -> None:
    """Close the row of a file that has left the spool.

    A crash came between setting the file aside and writing the state; a file that is in neither
    place is told as lost, loudly, because that must never be.
    """
    notes = list(archive.settings.set_aside_folder.glob(f"{row.id[:8]}-*.json"))
    reason = _reason_of(notes[0]) if notes else "lost: the file is neither here nor set aside"
    if not notes:
        log().error("a claimed file is gone from the spool", intake=row.id, name=row.name)
    intake.move(connection, row.id, "quarantined", at=archive.clock(), reason=reason)


def _reason_of(note: Path) -> str:
    """What the row of a file would say that was set aside with that note."""
    try:
        told = json.loads(note.read_text("utf-8"))
        return f"{told['code']}: {told['message_zh']}"
    except (OSError, ValueError, KeyError, TypeError):
        return f"set aside: {note.name}"


@contextmanager
def one_at_a_time(lock: Path) -> Iterator[None]:
    """Wait until no other process is in here; the system frees the lock of one that dies."""
    lock.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle = os.open(lock, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)
