"""A register on PostgreSQL that somebody tampers with who owns the database: program and script name the same first bad entry."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from retention import register
from retention.errors import BadEntry
from retention.heads import publish_head, published_heads
from retention.register_lines import lines
from retention.tables import metadata
from tests.deploy.test_verify_register import NOON, check
from tests.servers.postgresql import fresh_database
from tests.servers.starting import Server

ALL = "at, actor, action, subject, payload, prev, hash"
_MOVE = "UPDATE register SET seq = {} WHERE seq {}"

TAMPERINGS: dict[str, tuple[tuple[str, ...], int]] = {
    "edited": (("UPDATE register SET payload = replace(payload, '3', '8') WHERE seq = 3",), 3),
    "actor": (("UPDATE register SET actor = '王五' WHERE seq = 4",), 4),
    "removed": (("DELETE FROM register WHERE seq = 3",), 3),
    "first-removed": (("DELETE FROM register WHERE seq = 1",), 1),
    "gap-closed": (
        (
            "DELETE FROM register WHERE seq = 3",
            _MOVE.format("-seq", "> 3"),
            _MOVE.format("-seq - 1", "< 0"),
        ),
        3,
    ),
    "swapped": (
        (_MOVE.format("-4", "= 3"), _MOVE.format("3", "= 4"), _MOVE.format("4", "= -4")),
        3,
    ),
    "inserted": (
        (
            _MOVE.format("-seq", "> 3"),
            _MOVE.format("1 - seq", "< 0"),
            f"INSERT INTO register SELECT 4, {ALL.replace('prev', 'repeat(chr(97), 64)')} FROM register WHERE seq = 3",
        ),
        4,
    ),
    "cut-tail": (("DELETE FROM register WHERE seq > 5",), 6),
    "emptied": (("DELETE FROM register",), 1),
    "replaced": (("DELETE FROM register",), 7),
}
"""What is done, and which entry is the first bad one."""


def write(engine: sa.Engine, count: int, word: str = "") -> None:
    with engine.begin() as connection:
        for number in range(1, count + 1):
            payload = {"题名": f'认购书{word} "{number}"\n', "件数": number}
            told = {"actor": "李静", "action": "filed", "subject": f"record/{number}", "payload": payload}
            register.append(connection, at=NOON, **told)  # type: ignore[arg-type]  # rows of the test


@pytest.fixture(scope="module")
def engine(postgresql_server: Server) -> Iterator[sa.Engine]:
    """A database with an empty register."""
    made = sa.create_engine(fresh_database(postgresql_server))
    metadata.create_all(made)
    yield made
    made.dispose()


@pytest.mark.parametrize("how", TAMPERINGS)
def test_program_and_script_name_the_same_first_bad_entry(
    engine: sa.Engine, tmp_path: Path, how: str
) -> None:
    with engine.begin() as connection:
        connection.execute(sa.text("ALTER TABLE register DISABLE TRIGGER USER"))
        connection.execute(sa.text("DELETE FROM register"))
    write(engine, 7)
    with engine.begin() as connection:
        publish_head(tmp_path / "heads.txt", register.head(connection))
        for statement in TAMPERINGS[how][0]:
            connection.execute(sa.text(statement))
    if how == "replaced":
        write(engine, 9, "（伪）")
    bad = TAMPERINGS[how][1]
    with engine.begin() as connection:
        (tmp_path / "register.jsonl").write_text("".join(lines(connection)), "utf-8")
        with pytest.raises(BadEntry) as caught:
            register.verify(connection, published_heads(tmp_path / "heads.txt"))
    code, told = check(tmp_path / "register.jsonl", "--heads", tmp_path / "heads.txt")
    assert (caught.value.seq, code, f" entry {bad} " in told) == (bad, 1, True), told


def test_the_database_refuses_it_as_long_as_its_triggers_stand(engine: sa.Engine) -> None:
    with engine.begin() as connection:
        connection.execute(sa.text("ALTER TABLE register DISABLE TRIGGER USER"))
        connection.execute(sa.text("DELETE FROM register"))
    write(engine, 3)
    with engine.begin() as connection:
        connection.execute(sa.text("ALTER TABLE register ENABLE TRIGGER USER"))
    for statement in ("UPDATE register SET actor = 'x'", "DELETE FROM register", "TRUNCATE register"):
        with engine.connect() as connection, pytest.raises(sa.exc.DBAPIError):
            connection.execute(sa.text(statement))
