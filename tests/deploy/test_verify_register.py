"""The script that checks the register needs nothing of ours, and names the first bad entry."""

from __future__ import annotations

import ast
import importlib.util
import io
import json
import os
import sqlite3
import subprocess
import sys
import unicodedata
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

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


def check(*words: str | Path, said: str | bytes = "", ascii_only: bool = False) -> tuple[int, str]:
    """The exit code, and what it says; with `ascii_only` on a terminal that knows nothing else."""
    alone = [] if ascii_only else ["-I"]
    done = subprocess.run(
        [sys.executable, *alone, "-S", str(SCRIPT), *map(str, words)],
        capture_output=True,
        check=False,
        input=said.encode() if isinstance(said, str) else said,
        env={**os.environ, "PYTHONIOENCODING": "ascii"},
    )
    told = (done.stdout + done.stderr).decode("utf-8", "replace")
    assert "Traceback" not in told
    return done.returncode, told


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


def verdict(*words: str | Path, said: str | bytes = "") -> tuple[int, str]:
    """The same without a process of its own, which takes its time."""
    raw = said.encode() if isinstance(said, str) else said
    out = io.TextIOWrapper(io.BytesIO(), "utf-8")
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(raw), "ascii"))
        for name in ("stdout", "stderr"):
            patched.setattr(sys, name, out)
        code = _script().main([*map(str, words)])
    out.seek(0)
    return code, out.read()


@cache
def _script() -> Any:
    spec = importlib.util.spec_from_file_location("verify_register", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    made = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(made)
    return made


def _again(raw: bytes, number: int, **values: object) -> bytes:
    """The lines with other values in one of them, counted from 1."""
    rows = raw.splitlines(keepends=True)
    rows[number - 1] = json.dumps({**json.loads(rows[number - 1]), **values}).encode() + b"\n"
    return b"".join(rows)


STILL_RIGHT: dict[str, Callable[[bytes], bytes]] = {
    "line ends of Windows": lambda raw: raw.replace(b"\n", b"\r\n"),
    "a mark of UTF-8": lambda raw: b"\xef\xbb\xbf" + raw,
    "no last line end": lambda raw: raw.rstrip(b"\n"),
    "blank lines": lambda raw: raw + b"\n \n",
}


@pytest.mark.parametrize("how", STILL_RIGHT)
def test_what_another_machine_does_to_a_text_file_changes_no_entry(place: Path, how: str) -> None:
    raw = exported(place).read_bytes()
    heads = (place / "heads.txt").read_bytes()
    (place / "other.txt").write_bytes(STILL_RIGHT[how](heads))
    assert STILL_RIGHT[how](raw) != raw
    code, told = verdict("-", "--heads", place / "other.txt", said=STILL_RIGHT[how](raw))
    assert (code, "7 entries" in told, "2 published heads" in told) == (0, True, True), told


NO_REGISTER: dict[str, tuple[Callable[[bytes], bytes], str]] = {
    "nothing": (lambda _: b"", "there is no entry in it"),
    "blank": (lambda _: b"\n\n", "there is no entry in it"),
    "a last line that is cut off": (lambda raw: raw[:-30], "line 7 is no whole exported entry"),
    "UTF-16": (lambda raw: raw.decode().encode("utf-16"), "line 1 is no whole exported entry"),
    "another code": (lambda raw: raw.decode().encode("gb18030"), "line 1 is no whole exported entry"),
    "NaN": (lambda raw: _again(raw, 3, seq=float("nan")), "line 3 is no whole exported entry (NaN"),
    "endless": (lambda raw: raw.replace(b'"seq": 3', b'"seq": ' + b"9" * 5000), "line 3 is no whole"),
    "a name twice": (lambda raw: raw.replace(b'"seq": 3', b'"seq": 9, "seq": 3'), "stands there twice"),
    "too deep": (lambda raw: raw.replace(b'"seq": 3', b'"seq": ' + b"[" * 100_000), "line 3 is no whole"),
    "a list": (lambda raw: raw + b"[1, 2]\n", "line 8 is no whole exported entry"),
}


@pytest.mark.parametrize("how", NO_REGISTER)
def test_what_is_not_a_whole_register_is_told_and_is_no_verdict_on_an_entry(place: Path, how: str) -> None:
    change, told = NO_REGISTER[how]
    assert change(exported(place).read_bytes()) != exported(place).read_bytes()
    (place / "odd.jsonl").write_bytes(change(exported(place).read_bytes()))
    code, said = verdict(place / "odd.jsonl")
    assert (code, told in said) == (2, True), said
    assert str(place / "odd.jsonl") in said or "no entry" in told


ONE_IS_BAD: dict[str, tuple[Callable[[bytes], bytes], int]] = {
    "a number twice": (lambda raw: raw + raw.splitlines(keepends=True)[2], 3),
    "a number as text": (lambda raw: _again(raw, 4, seq="4"), 4),
    "a number with a point": (lambda raw: _again(raw, 4, seq=4.0), 4),
    "a number that is none": (lambda raw: _again(raw, 1, seq=True), 1),
    "a number that is far too great": (lambda raw: _again(raw, 4, seq=10**4000), 4),
    "nothing where a text must be": (lambda raw: _again(raw, 4, actor=None), 4),
    "a payload that was read": (lambda raw: _again(raw, 4, payload={"a": 1}), 4),
    "half a letter": (lambda raw: _again(raw, 4, actor="\ud800"), 4),
    "a name in other signs": (
        lambda raw: _again(raw, 4, actor=unicodedata.normalize("NFD", "Zhào Mǐn")),
        4,
    ),
}


@pytest.mark.parametrize("how", ONE_IS_BAD)
def test_an_odd_value_makes_its_entry_the_first_bad_one(place: Path, how: str) -> None:
    change, bad = ONE_IS_BAD[how]
    code, told = verdict("-", said=change(exported(place).read_bytes()))
    assert (code, told.startswith("BAD: ") and f" entry {bad} " in told) == (1, True), told


def test_two_writings_of_one_name_are_two_entries_and_each_is_right_as_it_was_written(tmp_path: Path) -> None:
    engine = sa.create_engine(f"sqlite:///{tmp_path / 'd.sqlite3'}")
    metadata.create_all(engine)
    for form in ("NFC", "NFD"):
        with engine.begin() as connection:
            actor = unicodedata.normalize(form, "Zhào Mǐn")
            register.append(connection, at=NOON, actor=actor, action="filed", subject="record/1", payload={})
    engine.dispose()
    assert check(tmp_path / "d.sqlite3")[0] == verdict(exported(tmp_path))[0] == 0
    raw = exported(tmp_path).read_text("utf-8")
    code, told = verdict("-", said=unicodedata.normalize("NFC", raw))
    assert (code, " entry 2 " in told) == (1, True)


@pytest.mark.parametrize(
    "content", [b"", b"\n", b"1 2026 abc", b"\xef\xbb\xbf", b"\xff\xfe1\n", b"1 2026 abc\n", "一\n".encode()]
)
def test_a_file_without_heads_proves_nothing_and_that_is_told(place: Path, content: bytes) -> None:
    (place / "none.txt").write_bytes(content)
    code, told = verdict(place / "d.sqlite3", "--heads", place / "none.txt")
    assert (code, "none.txt" in told and "head" in told) == (2, True), told


def test_text_in_the_database_that_is_no_utf_8_makes_its_entry_bad(place: Path) -> None:
    tamper(place, "UPDATE register SET actor = CAST(x'ff41' AS TEXT) WHERE seq = 4")
    code, told = verdict(place / "d.sqlite3")
    assert (code, " entry 4 " in told) == (1, True), told


@pytest.mark.parametrize("what", ["empty", "cut", "another", "folder"])
def test_a_database_that_is_none_is_told(place: Path, what: str) -> None:
    path = place / what
    if what == "folder":
        path.mkdir()
    elif what == "another":
        with closing(sqlite3.connect(path)) as connection:
            connection.execute("CREATE TABLE other (id)")
    else:
        path.write_bytes((place / "d.sqlite3").read_bytes()[: 0 if what == "empty" else 5000])
    code, told = verdict(path)
    assert (code, "can not be checked" in told) == (2, True), told


def test_a_terminal_that_knows_no_chinese_gets_the_same_answer(place: Path) -> None:
    code, told = check(place / "d.sqlite3", "--heads", place / "heads.txt", ascii_only=True)
    assert (code, "7 entries" in told) == (0, True)
    code, told = check("-", said=exported(place).read_bytes(), ascii_only=True)
    assert (code, "7 entries" in told) == (0, True)


def test_the_script_and_the_program_agree_on_the_first_hash_before(place: Path) -> None:
    assert f'GENESIS = "0" * {len(GENESIS)}' in SCRIPT.read_text("utf-8")
