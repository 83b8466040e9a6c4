"""What SQLite and the disk complain of, told as what an operator can do about it."""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from retention.errors import DmsUnavailable

NO_FTS5 = (
    "the SQLite {version} of this Python has no full-text search (FTS5): run on a Python whose SQLite "
    "has it (those of python.org, Debian and conda have)"
)
_FULL = "no space is left on the disk of {path}: make room and try again; nothing was filed"
_CORRUPT = (
    "the database {path} is damaged ({error}): stop all workers, then restore it from the last backup, "
    "or save what can be read with: sqlite3 dms.sqlite3 .recover | sqlite3 saved.sqlite3"
)
_LOCKED = (
    "the database {path} has been locked by another program for too long: look for a backup or an open "
    "sqlite3 shell that holds it, then try again"
)
_OTHER = "the local DMS at {path} can not work ({error}): see to that folder, its owner and its disk"

_SQLITE = {
    sqlite3.SQLITE_BUSY: _LOCKED,
    sqlite3.SQLITE_LOCKED: _LOCKED,
    sqlite3.SQLITE_FULL: _FULL,
    sqlite3.SQLITE_CORRUPT: _CORRUPT,
    sqlite3.SQLITE_NOTADB: _CORRUPT,
}


@contextmanager
def explained(path: Path) -> Iterator[None]:
    """Raise DmsUnavailable, with a remedy, for what SQLite or the disk at `path` can not do just now.

    A broken constraint or a wrong statement is a fault of this program and passes as it is.
    """
    try:
        yield
    except sqlite3.DatabaseError as error:
        template = _SQLITE.get(getattr(error, "sqlite_errorcode", 0) & 0xFF)
        if template is None and not isinstance(error, sqlite3.OperationalError):
            raise
        if "no such module: fts5" in str(error):
            template = NO_FTS5
        told = (template or _OTHER).format(path=path, error=error, version=sqlite3.sqlite_version)
        raise DmsUnavailable(told) from error
    except OSError as error:
        full = error.errno in (errno.ENOSPC, errno.EDQUOT)
        raise DmsUnavailable((_FULL if full else _OTHER).format(path=path, error=error)) from error
