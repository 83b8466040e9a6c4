"""Tests of plugins.backends.local.trouble."""

from __future__ import annotations

import errno
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from plugins.backends.local.trouble import explained
from retention.errors import DmsUnavailable


def test_a_full_database_tells_to_make_room() -> None:
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.execute("CREATE TABLE a (b)")
        connection.execute("PRAGMA max_page_count = 2")
        with pytest.raises(DmsUnavailable, match="make room"), explained(Path("x")):
            connection.execute("INSERT INTO a VALUES (zeroblob(100000))")


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT])
def test_a_full_disk_tells_to_make_room(number: int) -> None:
    with pytest.raises(DmsUnavailable, match="make room"), explained(Path("x")):
        raise OSError(number, "full")


def test_a_missing_search_module_tells_which_python_to_take() -> None:
    with pytest.raises(DmsUnavailable, match="FTS5"), explained(Path("x")):
        raise sqlite3.OperationalError("no such module: fts5")


def test_a_fault_of_ours_is_not_hidden() -> None:
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.execute("CREATE TABLE a (b UNIQUE)")
        with pytest.raises(sqlite3.IntegrityError), explained(Path("x")):
            connection.executemany("INSERT INTO a VALUES (?)", [(1,), (1,)])
