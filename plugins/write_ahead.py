"""Putting an SQLite file into write-ahead mode while others may be doing the same."""

from __future__ import annotations

import sqlite3
import time

_PAUSE = 0.005


def write_ahead(connection: sqlite3.Connection, patience: float) -> None:
    """Ask for WAL until no other writer is in the way, for at most `patience` seconds; then raises what SQLite said.

    SQLite does not wait for this by itself, whatever its busy timeout says: a writer in a file that is not
    in WAL yet has it answer SQLITE_BUSY at once (seen on SQLite 3.40).
    """
    give_up = time.monotonic() + patience
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > give_up:
                raise
            time.sleep(_PAUSE)
        else:
            return
