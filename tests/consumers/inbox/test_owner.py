from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from consumers.inbox.owner import Owner
from tests.conftest import SAMPLES

_PROGRAM = """
import subprocess, sys
from pathlib import Path
from consumers.inbox.owner import Owner
with Owner(Path(sys.argv[1])) as owner:
    child = subprocess.Popen(["sleep", "60"], stdout=subprocess.DEVNULL) if sys.argv[2] == "parent" else None
    print(owner.id, child.pid if child else 0, flush=True)
    sys.stdin.readline()
"""


def _start(folder: Path, kind: str = "alone") -> tuple[subprocess.Popen[str], str, int]:
    """A process that owns, its owner's id, and the process number of its child (0: none)."""
    process = subprocess.Popen(
        [sys.executable, "-c", _PROGRAM, folder, kind],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=SAMPLES.parent,
    )
    assert process.stdout is not None
    owner, child = process.stdout.readline().split()
    return process, owner, int(child)


def _end(process: subprocess.Popen[str]) -> None:
    process.communicate(input="\n", timeout=60)


def test_an_owner_is_alive_to_itself(tmp_path: Path) -> None:
    with Owner(tmp_path) as owner:
        assert owner.is_alive(owner.id)


def test_every_owner_has_an_id_of_its_own(tmp_path: Path) -> None:
    assert Owner(tmp_path).id != Owner(tmp_path).id


@pytest.mark.parametrize("unknown", ["", "0" * 32, "../../etc/passwd"])
def test_an_owner_that_nobody_has_heard_of_is_dead(tmp_path: Path, unknown: str) -> None:
    with Owner(tmp_path) as owner:
        assert not owner.is_alive(unknown)


@pytest.mark.process
def test_an_owner_is_alive_while_its_process_lives_however_often_one_asks(tmp_path: Path) -> None:
    process, other, _ = _start(tmp_path)
    with Owner(tmp_path) as owner:
        answers = [owner.is_alive(other) for _ in range(3)]
    _end(process)
    assert answers == [True, True, True]


@pytest.mark.process
def test_an_owner_is_dead_once_its_process_has_ended(tmp_path: Path) -> None:
    process, other, _ = _start(tmp_path)
    _end(process)
    with Owner(tmp_path) as owner:
        assert not owner.is_alive(other)


@pytest.mark.process
def test_an_owner_is_dead_once_its_process_was_killed(tmp_path: Path) -> None:
    process, other, _ = _start(tmp_path)
    process.kill()
    process.communicate()
    with Owner(tmp_path) as owner:
        assert not owner.is_alive(other)


@pytest.mark.process
def test_an_owner_is_dead_once_its_process_was_killed_even_if_a_child_of_it_lives_on(tmp_path: Path) -> None:
    process, other, child = _start(tmp_path, "parent")
    process.kill()
    process.communicate()
    try:
        with Owner(tmp_path) as owner:
            assert not owner.is_alive(other)
    finally:
        os.kill(child, signal.SIGKILL)


@pytest.mark.process
def test_the_lock_of_a_dead_owner_is_cleared_away(tmp_path: Path) -> None:
    process, other, _ = _start(tmp_path)
    process.kill()
    process.communicate()
    with Owner(tmp_path) as owner:
        owner.is_alive(other)
    assert list(tmp_path.iterdir()) == []
