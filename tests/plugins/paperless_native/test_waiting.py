"""Readers that wait for the next document: kept, found again, gone, killed."""

from __future__ import annotations

import fcntl
import json
import os
import signal
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from plugins.paperless_native import waiting
from plugins.paperless_native.waiting import Keeping, NoReader, TooSlow, ask
from tests.conftest import SAMPLES

BORN = SAMPLES / "scans" / "YL20200530-0063.pdf"


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    """Where readers wait; those that still do are ended."""
    place = tmp_path / "w"
    yield place
    for file in place.glob("*.pid"):
        waiting._kill(file)


def keeping(folder: Path, *, seconds: int = 60, program: str = sys.executable, **told: str) -> Keeping:
    return Keeping(folder, seconds, program, {"PATH": os.environ["PATH"], "DOSSIER_READER": "blank", **told})


def words(folder: Path) -> list[str]:
    folder.mkdir(exist_ok=True)
    return [str(BORN), str(folder)]


def numbers(folder: Path) -> set[int]:
    return {int(file.read_text()) for file in folder.glob("*.pid")}


def script(folder: Path, body: str) -> str:
    file = folder / "python"
    file.write_text(f"#!/bin/sh\n{body}\n", encoding="utf-8")
    file.chmod(0o755)
    return str(file)


def gone(number: int) -> bool:
    """Whether that process ends within ten seconds; one that is ours has to be fetched first."""
    for _ in range(100):
        try:
            if os.waitpid(number, os.WNOHANG)[0]:
                return True
        except ChildProcessError:
            return True
        time.sleep(0.1)
    return False


@pytest.mark.process
def test_the_second_document_finds_the_reader_of_the_first(folder: Path, tmp_path: Path) -> None:
    for name in ("one", "two"):
        assert ask(keeping(folder), words(tmp_path / name), 60.0) == (0, "")
        assert json.loads((tmp_path / name / "reading.json").read_text())["pages"]
    assert len(numbers(folder)) == 1


@pytest.mark.process
def test_a_reader_that_was_killed_is_replaced(folder: Path, tmp_path: Path) -> None:
    ask(keeping(folder), words(tmp_path / "one"), 60.0)
    (first,) = numbers(folder)
    os.kill(first, signal.SIGKILL)
    os.waitpid(first, 0)
    assert ask(keeping(folder), words(tmp_path / "two"), 60.0) == (0, "")
    assert numbers(folder) != {first}


@pytest.mark.process
def test_a_document_that_can_not_be_read_costs_no_reader(folder: Path, tmp_path: Path) -> None:
    (locked,) = SAMPLES.glob("bad/*加密*.pdf")
    told = keeping(folder, DOSSIER_READER="text-layer")
    assert ask(told, [str(locked), str(tmp_path)], 60.0) == (3, "")
    code, said = ask(told, [str(tmp_path / "nowhere.pdf"), str(tmp_path)], 60.0)
    assert (code, said.split(":")[0]) == (1, "FileNotFoundError")
    assert ask(told, words(tmp_path / "good"), 60.0) == (0, "")
    assert len(numbers(folder)) == 1


@pytest.mark.process
def test_a_reader_goes_when_nobody_asks_any_more(folder: Path, tmp_path: Path) -> None:
    ask(keeping(folder, seconds=1), words(tmp_path / "one"), 60.0)
    (number,) = numbers(folder)
    assert gone(number)
    assert [file.suffix for file in folder.iterdir()] == [".lock"]


def test_a_reader_that_takes_too_long_is_killed(folder: Path, tmp_path: Path) -> None:
    told = keeping(folder, program=script(tmp_path, "sleep 600"))
    with pytest.raises(TooSlow, match="more than"):
        ask(told, words(tmp_path / "one"), 0.5)
    (number,) = numbers(folder)
    assert gone(number)


@pytest.mark.parametrize("body", ["exit 1", "sleep 0.2; kill -KILL $$"])
def test_a_reader_that_ends_on_the_way_is_told(body: str, folder: Path, tmp_path: Path) -> None:
    # Before or after it was asked: that depends on who is quicker.
    with pytest.raises(NoReader):
        ask(keeping(folder, program=script(tmp_path, body)), words(tmp_path / "one"), 60.0)


def test_a_python_that_does_not_start_is_told(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(NoReader, match="no reader can be started"):
        ask(keeping(folder, program=str(tmp_path / "none")), words(tmp_path / "one"), 60.0)


def test_another_setting_asks_another_reader(folder: Path, tmp_path: Path) -> None:
    config = tmp_path / "dossier.toml"
    config.write_text("workers = 1")
    told = keeping(folder, DOSSIER_CONFIG=str(config))
    kinds = {keeping(folder).kind, keeping(folder, DOSSIER_READER="rapid").kind, told.kind}
    os.utime(config, (1, 1))
    assert len({*kinds, told.kind}) == 4
    assert keeping(folder).kind == keeping(folder).kind


def test_a_reader_that_is_at_work_is_nobody_elses(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(waiting, "_MOST", 1)
    folder.mkdir(mode=0o700)
    told = keeping(folder)
    with (folder / f"{told.kind}0.lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with pytest.raises(NoReader, match="at work"):
            ask(told, words(tmp_path / "one"), 60.0)


def test_a_folder_that_others_may_enter_is_not_used(folder: Path, tmp_path: Path) -> None:
    folder.mkdir(mode=0o755)
    folder.chmod(0o755)
    with pytest.raises(NoReader, match="not a folder of our own"):
        ask(keeping(folder), words(tmp_path / "one"), 60.0)


def test_a_link_to_a_folder_is_not_used(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "theirs").mkdir(mode=0o700)
    folder.symlink_to(tmp_path / "theirs")
    with pytest.raises(NoReader, match="not a folder of our own"):
        ask(keeping(folder), words(tmp_path / "one"), 60.0)


def test_a_path_too_long_for_a_socket_is_told(tmp_path: Path) -> None:
    with pytest.raises(NoReader, match="too long"):
        ask(keeping(tmp_path / ("x" * 90)), words(tmp_path / "one"), 60.0)


def test_a_number_that_another_process_has_by_now_is_not_killed(folder: Path) -> None:
    folder.mkdir(mode=0o700)
    (folder / "a.pid").write_text(str(os.getpid()))
    waiting._kill(folder / "a")
