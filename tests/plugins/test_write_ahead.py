"""Write-ahead mode: waited for where another one writes, and no longer than told."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from plugins.write_ahead import write_ahead


@pytest.fixture
def other(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    """Another program's connection to the file, not in WAL, which the test lets write."""
    with closing(
        sqlite3.connect(tmp_path / "d.sqlite3", isolation_level=None, check_same_thread=False)
    ) as connection:
        yield connection


@pytest.fixture
def ours(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(tmp_path / "d.sqlite3", isolation_level=None, timeout=0)) as connection:
        yield connection


@pytest.mark.parametrize("held", ["BEGIN IMMEDIATE", "BEGIN EXCLUSIVE"])
def test_another_writer_is_waited_for(other: sqlite3.Connection, ours: sqlite3.Connection, held: str) -> None:
    other.execute(held)
    done = threading.Timer(0.3, other.execute, ["COMMIT"])
    done.start()
    write_ahead(ours, 30)
    done.join()
    assert ours.execute("PRAGMA journal_mode").fetchone() == ("wal",)


def test_one_that_does_not_end_is_told(other: sqlite3.Connection, ours: sqlite3.Connection) -> None:
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(sqlite3.OperationalError, match="locked"):
        write_ahead(ours, 0.1)


def test_what_is_no_lock_is_raised_at_once(tmp_path: Path) -> None:
    (tmp_path / "text").write_text("no database, but long enough to be looked at as one. " * 10)
    with (
        closing(sqlite3.connect(tmp_path / "text")) as connection,
        pytest.raises(sqlite3.DatabaseError, match="not a data"),
    ):
        write_ahead(connection, 30)
