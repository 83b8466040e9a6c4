"""The SQLite file of the local DMS: opened anew for every call, so that threads, processes and forks
never share a connection."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from plugins.backends.local.schema import TABLES, UPGRADES, VERSION
from plugins.backends.local.trouble import NO_FTS5, explained
from plugins.write_ahead import write_ahead
from retention.errors import DmsUnavailable


class Database:
    """The file at `path`, made with its tables where it is missing. Whoever meets a lock waits up to
    `busy_seconds`. Everything here raises DmsUnavailable where SQLite can not work."""

    def __init__(self, path: Path, busy_seconds: float) -> None:
        self.path = path
        self._busy_seconds = busy_seconds
        with explained(path):
            os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
            with closing(self._connect()) as connection:
                write_ahead(connection, self._busy_seconds)
        self._make_tables()

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """A connection that sees one state of the database from its first statement to its last."""
        with explained(self.path), closing(self._connect()) as connection:
            connection.execute("BEGIN")
            yield connection

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """A connection that alone may write, until all of it is on the disk, or none where it raises."""
        with explained(self.path), closing(self._connect()) as connection:
            connection.execute("BEGIN IMMEDIATE")
            yield connection
            # What raises above or here closes the connection, and that undoes all of it.
            connection.execute("COMMIT")

    def flush(self) -> None:
        """Bring all that was written into the file itself and empty the log beside it, unless somebody reads just now."""
        with explained(self.path), closing(self._connect()) as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def _connect(self) -> sqlite3.Connection:
        # mode=rw: a file that has gone missing is an error, never an empty archive.
        address = f"{self.path.absolute().as_uri()}?mode=rw"
        connection = sqlite3.connect(address, uri=True, timeout=self._busy_seconds, isolation_level=None)
        try:
            connection.execute("PRAGMA synchronous = FULL")
            connection.execute("PRAGMA foreign_keys = ON")
            # What is removed is overwritten: destroyed text must not be found in the file's free pages.
            connection.execute("PRAGMA secure_delete = ON")
        except sqlite3.Error:
            connection.close()
            raise
        return connection

    def _make_tables(self) -> None:
        with self.reading() as connection:
            if self._version(connection) == VERSION:
                return
        with self.writing() as connection:
            if self._version(connection) == 0:
                for statement in TABLES:
                    connection.execute(statement)
            while (version := self._version(connection)) < VERSION:
                for statement in UPGRADES[version]:
                    connection.execute(statement)

    def _version(self, connection: sqlite3.Connection) -> int:
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        if version > VERSION:
            raise DmsUnavailable(
                f"the database {self.path} was written by a newer release (schema {version}, this one "
                f"knows {VERSION}): install that release or a later one"
            )
        return int(version)


def ask_for_fts5() -> None:
    """Raise DmsUnavailable unless this Python's SQLite has full-text search."""
    try:
        with closing(sqlite3.connect(":memory:")) as connection:
            connection.execute("CREATE VIRTUAL TABLE found USING fts5 (text)")
    except sqlite3.OperationalError as error:
        raise DmsUnavailable(NO_FTS5.format(version=sqlite3.sqlite_version)) from error
