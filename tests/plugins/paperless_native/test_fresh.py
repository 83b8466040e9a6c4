"""A process for one document alone: how it ends."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from plugins.paperless_native import fresh


def script(folder: Path, body: str) -> str:
    """A program that stands in for Python, and does as `body` (a shell script) says."""
    file = folder / "python"
    file.write_text(f"#!/bin/sh\n{body}\n", encoding="utf-8")
    file.chmod(0o755)
    return str(file)


def run(folder: Path, body: str, seconds: float = 60.0) -> tuple[int, str]:
    return fresh.run(
        script(folder, body), ["word"], folder, {"PATH": os.environ["PATH"], "TOLD": "this"}, seconds
    )


def test_the_exit_code_and_the_last_line_are_told(tmp_path: Path) -> None:
    assert run(tmp_path, "echo first >&2; echo last >&2; echo >&2; exit 5") == (5, "last")
    assert run(tmp_path, "exit 0") == (0, "")


def test_nothing_but_what_it_was_told_is_in_its_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PAPERLESS_SECRET_KEY", "secret")
    assert run(tmp_path, 'echo "$TOLD$PAPERLESS_SECRET_KEY" >&2') == (0, "this")


def test_one_that_takes_too_long_is_ended_with_all_that_it_started(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fresh, "_GRACE", 0.2)
    with pytest.raises(fresh.Ended, match="more than"):
        run(tmp_path, "trap '' TERM; echo $$ > pid; while :; do sleep 1; done", seconds=0.5)
    with pytest.raises(ProcessLookupError):
        os.kill(int((tmp_path / "pid").read_text()), 0)


def test_one_that_was_ended_by_a_signal_says_which(tmp_path: Path) -> None:
    with pytest.raises(fresh.Ended, match="ended by SIGKILL"):
        run(tmp_path, "kill -KILL $$")


def test_one_that_is_not_there_can_not_be_started(tmp_path: Path) -> None:
    with pytest.raises(fresh.Ended, match="can not be started"):
        fresh.run(str(tmp_path / "none"), [], tmp_path, {}, 60.0)
