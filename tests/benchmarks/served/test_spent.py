from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.served.spent import VARIABLE, UnknownProcess, named, ours, spent


def test_a_process_is_named_by_its_number_or_by_a_file_that_holds_it(tmp_path: Path) -> None:
    file = tmp_path / "web.pid"
    file.write_text(f"{os.getppid()}\n", encoding="ascii")
    assert named([str(os.getpid()), str(file)], {}) == (os.getpid(), os.getppid())


def test_the_environment_names_them_where_the_command_line_does_not() -> None:
    told = {VARIABLE: f"{os.getpid()}, {os.getppid()}"}
    assert named([], told) == (os.getpid(), os.getppid())
    assert named([str(os.getpid())], told) == (os.getpid(),)
    assert named([], {}) == ()


@pytest.mark.parametrize("word", ["/no/such/file", "0", "nonsense"])
def test_a_process_that_is_not_there_is_told_of(word: str) -> None:
    with pytest.raises(UnknownProcess, match="--server-pid"):
        named([word], {})


@pytest.mark.process
def test_what_a_child_of_it_has_spent_counts_also_when_it_is_dead() -> None:
    before = spent((os.getpid(),))
    subprocess.run([sys.executable, "-c", "sum(range(20_000_000))"], check=True)
    assert spent((os.getpid(),)) > before


def test_our_program_is_told_nothing_of_another_archive(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DOSSIER_HOME", "/elsewhere")
    monkeypatch.setenv("PAPERLESS_TOKEN", "of an administrator")
    assert [name for name in ours() if name.startswith(("DOSSIER_", "PAPERLESS_"))] == []
    assert "PATH" in ours()
