"""The register: nothing is changed in it, and whoever changes it behind its back is found out."""

from __future__ import annotations

import hashlib
import json
import multiprocessing
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Connection, Engine, create_engine, text
from sqlalchemy.exc import IntegrityError

from retention.errors import BadEntry, NotRegistrable
from retention.register import Head, append, canonical, entries, head, verify
from retention.tables import GENESIS, metadata

REST = "action, subject, payload"
NOON = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)


def an_engine(path: Path) -> Engine:
    """A real SQLite file; the driver begins nothing by itself, so that a writer can begin at once."""
    return create_engine(f"sqlite:///{path}", connect_args={"timeout": 60, "isolation_level": None})


def write(connection: Connection, number: int, actor: str = "王晓云") -> None:
    append(connection, at=NOON, actor=actor, action="filed", subject=f"{number}", payload={"份数": number})


@pytest.fixture
def connection(tmp_path: Path) -> Iterator[Connection]:
    engine = an_engine(tmp_path / "register.sqlite3")
    metadata.create_all(engine)
    with engine.connect() as open_one:
        for number in range(1, 8):
            write(open_one, number)
        yield open_one
    engine.dispose()


def tamper(connection: Connection, *statements: str) -> None:
    """What somebody does who owns the database: the triggers go first."""
    for name in ("register_refuses_update", "register_refuses_delete", "register_refuses_out_of_order"):
        connection.execute(text(f"DROP TRIGGER {name}"))
    for statement in statements:
        connection.execute(text(statement))


def first_bad(connection: Connection, published: tuple[Head, ...] = ()) -> int:
    with pytest.raises(BadEntry, match="entry") as caught:
        verify(connection, published)
    assert f"entry {caught.value.seq} " in str(caught.value)
    return caught.value.seq


def forge(connection: Connection, start: int) -> None:
    """Make every hash from `start` on fit again, as a forger who knows the rule would."""
    rows = connection.execute(
        text("SELECT * FROM register WHERE seq >= :start ORDER BY seq"), {"start": start}
    )
    prev = (
        connection.execute(text("SELECT hash FROM register WHERE seq = :seq"), {"seq": start - 1}).scalar()
        or GENESIS
    )
    for row in rows.all():
        array = [prev, row.seq, row.at, row.actor, row.action, row.subject, json.loads(row.payload)]
        raw = json.dumps(array, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
        update = text("UPDATE register SET prev = :prev, hash = :hash WHERE seq = :seq")
        digest = hashlib.sha256(raw).hexdigest()
        connection.execute(update, {"prev": prev, "hash": digest, "seq": row.seq})
        prev = digest


def test_an_untouched_register_verifies(connection: Connection) -> None:
    assert verify(connection) == 7
    assert verify(connection, [head(connection), Head(0, "", GENESIS)]) == 7


def test_an_empty_register_verifies(tmp_path: Path) -> None:
    engine = an_engine(tmp_path / "empty.sqlite3")
    metadata.create_all(engine)
    with engine.connect() as empty:
        assert (verify(empty), head(empty)) == (0, Head(0, "", GENESIS))
    engine.dispose()


def test_an_entry_is_hashed_as_the_canonical_array_says(connection: Connection) -> None:
    first = next(entries(connection))
    raw = f'["{GENESIS}",1,"2026-11-21T12:00:00.000000Z","王晓云","filed","1",{{"份数":1}}]'
    assert first.hash == hashlib.sha256(raw.encode()).hexdigest()
    assert (first.prev, first.payload) == (GENESIS, '{"份数":1}')


def test_time_is_written_as_utc(connection: Connection) -> None:
    beijing = datetime(2026, 11, 21, 20, 0, tzinfo=timezone(timedelta(hours=8)))
    entry = append(connection, at=beijing, actor="甲", action="x", subject="y", payload={})
    assert entry.at == "2026-11-21T12:00:00.000000Z"


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE register SET actor = '李四' WHERE seq = 3",
        "DELETE FROM register WHERE seq = 3",
        f"INSERT OR REPLACE INTO register SELECT seq, at, '李四', {REST}, prev, hash FROM register",
        f"INSERT OR REPLACE INTO register SELECT 8, at, actor, {REST}, prev, hash FROM register LIMIT 1",
        f"INSERT INTO register SELECT 9, at, actor, {REST}, hash, 'x' FROM register WHERE seq = 7",
        f"REPLACE INTO register SELECT 7, at, actor, {REST}, hash, 'x' FROM register WHERE seq = 7",
    ],
)
def test_the_database_itself_refuses_to_change_the_register(connection: Connection, statement: str) -> None:
    with pytest.raises(IntegrityError, match="append-only"):
        connection.execute(text(statement))
    assert verify(connection) == 7


@pytest.mark.parametrize("column", ["at", "actor", "action", "subject", "payload"])
def test_an_edited_entry_is_named(connection: Connection, column: str) -> None:
    tamper(connection, f"UPDATE register SET {column} = {column} || ' ' WHERE seq = 4")
    assert first_bad(connection) == 4


def test_an_entry_of_another_type_is_named(connection: Connection) -> None:
    tamper(connection, "UPDATE register SET actor = x'00ff' WHERE seq = 4")
    assert first_bad(connection) == 4


def test_an_edited_entry_with_its_hash_made_to_fit_breaks_the_next(connection: Connection) -> None:
    tamper(connection, "UPDATE register SET hash = 'f' || substr(hash, 2) WHERE seq = 4")
    assert first_bad(connection) in (4, 5)


def test_a_removed_entry_is_named(connection: Connection) -> None:
    tamper(connection, "DELETE FROM register WHERE seq = 4")
    assert first_bad(connection) == 4


def test_a_removed_first_entry_is_named(connection: Connection) -> None:
    tamper(connection, "DELETE FROM register WHERE seq = 1")
    assert first_bad(connection) == 1


def test_a_removed_entry_with_the_gap_closed_is_named(connection: Connection) -> None:
    tamper(
        connection, "DELETE FROM register WHERE seq = 4", "UPDATE register SET seq = seq - 1 WHERE seq > 4"
    )
    assert first_bad(connection) == 4


def test_swapped_entries_are_named(connection: Connection) -> None:
    tamper(
        connection,
        "UPDATE register SET seq = 99 WHERE seq = 3",
        "UPDATE register SET seq = 3 WHERE seq = 5",
        "UPDATE register SET seq = 5 WHERE seq = 99",
    )
    assert first_bad(connection) == 3


def test_an_entry_put_in_between_is_named(connection: Connection) -> None:
    tamper(
        connection,
        "UPDATE register SET seq = seq + 100 WHERE seq > 3",
        f"INSERT INTO register SELECT 4, at, '李四', {REST}, 'x', hash FROM register WHERE seq = 3",
        "UPDATE register SET seq = seq - 99 WHERE seq > 100",
    )
    assert first_bad(connection) == 4


def test_an_entry_before_the_first_is_named(connection: Connection) -> None:
    tamper(
        connection,
        f"INSERT INTO register SELECT 0, at, actor, {REST}, 'x', hash FROM register WHERE seq = 1",
    )
    assert first_bad(connection) == 1


def test_a_cut_tail_is_named_by_the_published_head(connection: Connection) -> None:
    published = (head(connection),)
    tamper(connection, "DELETE FROM register WHERE seq > 5")
    assert verify(connection) == 5
    assert first_bad(connection, published) == 6


def test_a_register_forged_to_the_end_is_named_by_the_published_head(connection: Connection) -> None:
    published = (Head(2, "", list(entries(connection))[1].hash), head(connection))
    tamper(connection, "UPDATE register SET actor = '李四' WHERE seq = 4")
    forge(connection, 4)
    assert verify(connection) == 7
    assert first_bad(connection, published) == 7


def test_two_published_heads_of_one_entry_that_differ_are_named(connection: Connection) -> None:
    last = head(connection)
    assert first_bad(connection, (Head(7, "", "0" * 64), last)) == 7


@pytest.mark.parametrize(
    "payload", [{"x": 1.5}, {"x": [1, {"y": 0.1}]}, {1: "x"}, {"x": NOON}, {"x": "\ud800"}]
)
def test_what_has_no_single_json_form_is_refused(connection: Connection, payload: Any) -> None:
    with pytest.raises(NotRegistrable, match=r"give|text"):
        append(connection, at=NOON, actor="甲", action="x", subject="y", payload=payload)
    assert verify(connection) == 7


def test_a_time_without_zone_and_an_empty_actor_are_refused(connection: Connection) -> None:
    with pytest.raises(NotRegistrable, match="time zone"):
        append(connection, at=NOON.replace(tzinfo=None), actor="甲", action="x", subject="y", payload={})
    with pytest.raises(NotRegistrable, match="actor is empty"):
        append(connection, at=NOON, actor=" ", action="x", subject="y", payload={})


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(st.characters(exclude_categories=["Cs"])), inner),
    max_leaves=10,
)


@given(json_values)
def test_canonical_json_reads_back_and_is_the_same_the_second_time(value: object) -> None:
    once = canonical(value)
    assert json.loads(once) == value
    assert canonical(json.loads(once)) == once


def append_many(path: str, actor: str, how_many: int) -> None:
    """What a process of its own does: each entry in its own transaction, begun with the write lock."""
    engine = an_engine(Path(path))
    for number in range(how_many):
        with engine.connect() as own:
            own.exec_driver_sql("BEGIN IMMEDIATE")
            write(own, number, actor)
            own.exec_driver_sql("COMMIT")
    engine.dispose()


def test_two_processes_that_write_at_once_make_one_chain(tmp_path: Path) -> None:
    path = tmp_path / "shared.sqlite3"
    engine = an_engine(path)
    metadata.create_all(engine)
    spawn = multiprocessing.get_context("spawn")
    writers = [spawn.Process(target=append_many, args=(str(path), actor, 60)) for actor in ("甲", "乙")]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert [writer.exitcode for writer in writers] == [0, 0]
    with engine.connect() as reader:
        assert verify(reader) == 120
        assert {entry.actor for entry in entries(reader)} == {"甲", "乙"}
    engine.dispose()


def test_the_lock_is_taken_before_the_head_is_read(tmp_path: Path) -> None:
    """A second writer that only said BEGIN waits in `append`, and does not build on an old head."""
    engine = create_engine(f"sqlite:///{tmp_path / 'r.sqlite3'}", connect_args={"timeout": 0})
    metadata.create_all(engine)
    with engine.connect() as first, engine.connect() as second:
        write(first, 1)
        with pytest.raises(Exception, match="locked"):
            write(second, 2)
        first.commit()
        second.rollback()
        write(second, 2)
        second.commit()
        assert verify(second) == 2
    engine.dispose()


def test_an_entry_that_was_rolled_back_leaves_no_gap(tmp_path: Path) -> None:
    engine = create_engine(f"sqlite:///{tmp_path / 'r.sqlite3'}")
    metadata.create_all(engine)
    with engine.connect() as one:
        write(one, 1)
        one.commit()
        write(one, 2)
        one.rollback()
        write(one, 3)
        one.commit()
        assert verify(one) == 2
    engine.dispose()
