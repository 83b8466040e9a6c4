"""Putting a file off: when its last step is tried again, and the state that says so."""

from __future__ import annotations

import errno
from datetime import timedelta

import sqlalchemy as sa

from consumers import intake
from plugins.logs import log
from plugins.wiring import Archive

BACKOFF = (5.0, 15.0, 60.0, 300.0)
"""Seconds between two tries while the DMS is out of reach; the last one is repeated."""


_LACKS = (errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EACCES, errno.EPERM, errno.EIO, errno.ESTALE)


def is_lack_of_storage(error: BaseException | None) -> bool:
    """Whether a folder is full, can not be written to, or has gone away: no file's fault, and a person can mend it."""
    return isinstance(error, OSError) and error.errno in _LACKS


def pause_after(tries: int) -> float:
    """How many seconds to wait after so many tries."""
    return BACKOFF[min(tries, len(BACKOFF) - 1)]


def put_off(archive: Archive, intake_id: str, seconds: float, why: str) -> None:
    """Write down that the file waits; where the database is what it waits for, only the log has it."""
    now = archive.clock()
    try:
        with archive.engine.begin() as connection:
            again = now + timedelta(seconds=seconds)
            intake.move(connection, intake_id, "retry", at=now, reason=why, next_try=again)
    except sa.exc.OperationalError as also:
        log().warning("the database can not be written to just now", reason=str(also))
