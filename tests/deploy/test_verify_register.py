"""The script that checks the register needs nothing of ours, and names the first bad entry."""

from __future__ import annotations

import ast
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
import sqlalchemy as sa

from retention import register
from retention.heads import publish_head
from retention.register_lines import lines
from retention.tables import GENESIS, metadata

SCRIPT = Path(__file__).parents[2] / "deploy" / "verify-register.py"
NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
TRIGGERS = ("register_refuses_update", "register_refuses_delete", "register_refuses_out_of_order")
ALL = "at, actor, action, subject, payload, prev, hash"
COLUMNS = ", ".join(f"{name} = (SELECT {name} FROM was WHERE seq = {{0}})" for name in ALL.split(", "))


def made(folder: Path, name: str, count: int = 7) -> sa.Engine:
    engine = sa.create_engine(f"sqlite:///{folder / name}")
    metadata.create_all(engine)
    with engine.begin() as connection:
        for number in range(1, count + 1):
            payload = {"题名": f'认购书 "{number}"\n\u2028', "件数": number}
            told = {"actor": "李静", "action": "filed", "subject": f"record/{number}", "payload": payload}
            register.append(connection, at=NOON, **told)  # type: ignore[arg-type]  # rows of the test
    return engine


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Path]:
    """A folder with a register of seven entries and the file of heads 5 and 7."""
    engine = made(tmp_path, "d.sqlite3", 5)
    for more in (0, 2):
        with engine.begin() as connection:
            for number in range(more):
                told = {"actor": "李静", "action": "filed", "subject": f"late/{number}", "payload": {}}
                register.append(connection, at=NOON, **told)  # type: ignore[arg-type]  # rows of the test
        with engine.begin() as connection:
            publish_head(tmp_path / "heads.txt", register.head(connection))
    yield tmp_path
    engine.dispose()


def check(*words: str | Path, said: str = "") -> tuple[int, str]:
    done = subprocess.run(
        [sys.executable, "-I", "-S", str(SCRIPT), *map(str, words)],
        capture_output=True,
        text=True,
        check=False,
        input=said,
        encoding="utf-8",
    )
    return done.returncode, done.stdout + done.stderr


def tamper(place: Path, *statements: str) -> None:
    with closing(sqlite3.connect(place / "d.sqlite3")) as connection:
        connection.execute("CREATE TEMP TABLE was AS SELECT * FROM register")
        for name in TRIGGERS:
            connection.execute(f"DROP TRIGGER {name}")
        for statement in statements:
            connection.execute(statement)
        connection.commit()


def exported(place: Path) -> Path:
    engine = sa.create_engine(f"sqlite:///{place / 'd.sqlite3'}")
    with engine.begin() as connection:
        (place / "register.jsonl").write_text("".join(lines(connection)), "utf-8")
    engine.dispose()
    return place / "register.jsonl"


def test_it_imports_nothing_but_the_standard_library() -> None:
    tree = ast.parse(SCRIPT.read_text("utf-8"))
    names = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    names |= {str(node.module) for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert {name.split(".")[0] for name in names} <= sys.stdlib_module_names


def test_an_untouched_register_is_right_as_a_database_and_as_lines(place: Path) -> None:
    for what in (place / "d.sqlite3", exported(place)):
        code, told = check(what, "--heads", place / "heads.txt")
        assert (code, "7 entries" in told, "2 published heads agree" in told) == (0, True, True)
    assert check("-", said=exported(place).read_text("utf-8"))[0] == 0


SWAPPED = (
    f"UPDATE register SET {COLUMNS.format(4)}, prev = 'x' WHERE seq = 3",
    f"UPDATE register SET {COLUMNS.format(3)} WHERE seq = 4",
    f"UPDATE register SET {COLUMNS.format(4)} WHERE seq = 3",
)


@pytest.mark.parametrize("form", ["database", "lines"])
@pytest.mark.parametrize(
    ("statements", "bad"),
    [
        (("UPDATE register SET payload = replace(payload, '3', '8') WHERE seq = 3",), 3),
        (("UPDATE register SET actor = '王五' WHERE seq = 4",), 4),
        (("DELETE FROM register WHERE seq = 3",), 3),
        (("DELETE FROM register WHERE seq = 1",), 1),
        (SWAPPED, 3),
        (
            (
                "UPDATE register SET seq = -seq WHERE seq > 3",
                "UPDATE register SET seq = 1 - seq WHERE seq < 0",
                f"INSERT INTO register SELECT 4, {ALL.replace('prev', chr(39) + 'a' * 64 + chr(39))} FROM was WHERE seq = 2",
            ),
            4,
        ),
        (("DELETE FROM register WHERE seq > 6",), 7),
        (("DELETE FROM register",), 1),
    ],
    ids=["edited", "actor", "removed", "first-removed", "swapped", "inserted", "cut-tail", "emptied"],
)
def test_the_first_bad_entry_is_named(place: Path, statements: tuple[str, ...], bad: int, form: str) -> None:
    tamper(place, *statements)
    what = place / "d.sqlite3" if form == "database" else exported(place)
    code, told = check(what, "--heads", place / "heads.txt")
    assert (code, told.startswith("BAD: ") and f" entry {bad} " in told) == (1, True), told


def test_a_replaced_database_is_found_by_the_heads(place: Path) -> None:
    made(place, "other.sqlite3", 9).dispose()
    code, told = check(place / "other.sqlite3", "--heads", place / "heads.txt")
    # Its first five entries are those of the true one; the heads tell where another register begins.
    assert (code, told.startswith("BAD: ") and " entry 7 " in told) == (1, True), told
    made(place, "short.sqlite3", 6).dispose()
    assert " entry 7 " in check(place / "short.sqlite3", "--heads", place / "heads.txt")[1]


def test_without_heads_it_says_what_it_can_not_see(place: Path) -> None:
    tamper(place, "DELETE FROM register WHERE seq > 6")
    code, told = check(place / "d.sqlite3")
    assert (code, "cut tail" in told) == (0, True)


@pytest.mark.parametrize("content", ["no json\n", '{"seq": 1}\n', "[]\n", "1\n"])
def test_what_is_no_register_is_told(tmp_path: Path, content: str) -> None:
    (tmp_path / "x.jsonl").write_text(content)
    assert check(tmp_path / "x.jsonl")[0] == 2
    assert check(tmp_path / "missing")[0] == 2


def test_the_script_and_the_program_agree_on_the_first_hash_before(place: Path) -> None:
    assert f'GENESIS = "0" * {len(GENESIS)}' in SCRIPT.read_text("utf-8")
