from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from plugins.exit_codes import ExitCode
from tests.plugins.cli.conftest import Answer

Dossier = Callable[..., Answer]
HOLD = ("--customer", "测试甲", "--reason", "税务稽查", "--mandate", "12号", "--by", "李静", "--json")


@pytest.fixture(autouse=True)
def _two_entries(dossier: Dossier) -> None:
    dossier("holds", "place", *HOLD)
    dossier("holds", "place", *HOLD)


def test_an_untouched_register_verifies(dossier: Dossier) -> None:
    (told,) = dossier("register", "verify", "--json").lines
    assert (told["ok"], told["entries"], told["heads"], told["bad_entry"]) == (True, 2, 2, None)
    assert "台账完好" in dossier("register", "verify").out


def test_an_edited_entry_is_named(dossier: Dossier, home: Path) -> None:
    with closing(sqlite3.connect(home / "dossier.sqlite3")) as connection:
        connection.execute("DROP TRIGGER register_refuses_update")
        connection.execute("UPDATE register SET actor = '王五' WHERE seq = 2")
        connection.commit()
    answer = dossier("register", "verify", "--json")
    assert (answer.code, answer.lines[0]["bad_entry"]) == (ExitCode.REFUSED, 2)
    assert "entry 2" in dossier("register", "verify").out


def test_a_copy_of_the_heads_shows_a_cut_tail(dossier: Dossier, home: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.txt"
    copy.write_bytes((home / "register-heads.txt").read_bytes())
    with closing(sqlite3.connect(home / "dossier.sqlite3")) as connection:
        connection.execute("DROP TRIGGER register_refuses_delete")
        connection.execute("DELETE FROM register WHERE seq = 2")
        connection.commit()
    (home / "register-heads.txt").write_bytes(copy.read_bytes().splitlines(keepends=True)[0])
    assert dossier("register", "verify").code == ExitCode.OK
    (told,) = dossier("register", "verify", "--heads", copy, "--json").lines
    assert (told["ok"], told["bad_entry"]) == (False, 2)


def test_missing_heads_are_told(dossier: Dossier, home: Path) -> None:
    (home / "register-heads.txt").unlink()
    answer = dossier("register", "verify", "--json")
    assert (answer.code, answer.lines[0]["ok"]) == (ExitCode.REFUSED, False)


def test_it_is_exported_to_a_file_and_to_stdout(dossier: Dossier, tmp_path: Path) -> None:
    said = dossier("register", "export").out
    assert [json.loads(line)["seq"] for line in said.splitlines()] == [1, 2]
    dossier("register", "export", "--output", tmp_path / "r.jsonl")
    assert (tmp_path / "r.jsonl").read_text("utf-8") == said
    assert dossier("register", "export", "--output", tmp_path / "no" / "r.jsonl").code == ExitCode.USAGE
