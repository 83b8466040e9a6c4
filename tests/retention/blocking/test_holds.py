"""Holds in the database: placed, listed, released with a reason, never deleted."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy import Connection

from retention import register
from retention.blocking import holds
from retention.blocking.hold import Hold
from retention.blocking.hold_query import HeldQuery
from retention.errors import BadHold
from tests.retention.our_database import NOW, our_database

WORDS: dict[str, Any] = {"reason": "税务稽查", "mandate": "税稽通12号", "who": "李静", "at": NOW}


@pytest.fixture
def connection() -> Iterator[Connection]:
    engine = our_database()
    with engine.begin() as open_one:
        yield open_one
    engine.dispose()


def placed(connection: Connection, **changes: Any) -> Hold:
    return holds.place(connection, "dossier", "甲苑/1-101", **(WORDS | changes))


def test_a_hold_is_kept_with_reason_mandate_who_and_since(connection: Connection) -> None:
    one = placed(connection)
    assert (one.reason, one.mandate, one.who, one.at[:10], one.stands) == (
        "税务稽查",
        "税稽通12号",
        "李静",
        "2026-11-21",
        True,
    )
    assert holds.every(connection) == (one,)
    (entry,) = register.entries(connection)
    assert (entry.action, entry.subject) == ("hold-placed", f"hold/{one.id}")


@pytest.mark.parametrize("missing", ["reason", "mandate", "who"])
def test_a_hold_without_reason_mandate_or_name_is_refused(connection: Connection, missing: str) -> None:
    with pytest.raises(BadHold, match="Say"):
        placed(connection, **{missing: "  "})


@pytest.mark.parametrize("scope", ["case", "customer"])
def test_a_hold_on_a_single_letter_is_refused(connection: Connection, scope: Any) -> None:
    with pytest.raises(BadHold, match="too short"):
        holds.place(connection, scope, "王", **WORDS)


def test_a_query_without_conditions_is_refused() -> None:
    with pytest.raises(BadHold, match="no condition"):
        HeldQuery().written()


def test_a_released_hold_stays_readable_with_who_and_why(connection: Connection) -> None:
    one = placed(connection)
    gone = holds.release(connection, one.id, who="王晓云", at=NOW, reason="稽查结束")
    assert (gone.stands, gone.released_by, gone.release_reason) == (False, "王晓云", "稽查结束")
    assert (holds.every(connection), holds.every(connection, released=True)) == ((), (gone,))
    assert [entry.action for entry in register.entries(connection)] == ["hold-placed", "hold-released"]


def test_a_release_needs_a_reason_and_happens_once(connection: Connection) -> None:
    one = placed(connection)
    with pytest.raises(BadHold, match="say who and why"):
        holds.release(connection, one.id, who="王晓云", at=NOW, reason="")
    holds.release(connection, one.id, who="王晓云", at=NOW, reason="稽查结束")
    with pytest.raises(BadHold, match="released before"):
        holds.release(connection, one.id, who="王晓云", at=NOW, reason="稽查结束")
    with pytest.raises(BadHold, match="no hold 99"):
        holds.release(connection, 99, who="王晓云", at=NOW, reason="稽查结束")


def test_the_database_refuses_to_delete_a_hold(connection: Connection) -> None:
    placed(connection)
    with pytest.raises(sa.exc.DatabaseError, match="release it"):
        connection.execute(sa.text("DELETE FROM hold"))


def test_the_list_of_a_query_is_written_once(connection: Connection) -> None:
    one = holds.place(connection, "query", HeldQuery(kind="报修单").written(), **WORDS)
    assert one.listed_at == ""
    assert holds.write_down(connection, one.id, [("1", "a" * 64), ("2", "b" * 64)], NOW) == 2
    assert holds.write_down(connection, one.id, [("1", "a" * 64), ("2", "b" * 64)], NOW) == 0
    assert holds.found_by(connection, one.id) == (("1", "a" * 64), ("2", "b" * 64))
