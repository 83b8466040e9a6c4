"""Local workers beside a watcher that only takes in: one dies, and its files come back to the others."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest
from PIL import Image

from consumers.scan import sha256_of
from tests.plugins.running import account, start, start_watch, stop, wait

pytestmark = pytest.mark.process


def _lay_out(inbox: Path, count: int) -> dict[str, str]:
    inbox.mkdir()
    sums = {}
    for number in range(count):
        path = inbox / f"scan{number:02}.png"
        Image.new("L", (40 + number, 60), 255).save(path)
        sums[path.name] = sha256_of(path)
    return sums


def _children(pid: int) -> list[int]:
    return [int(word) for word in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def _workers(pid: int) -> list[int]:
    """The workers of a crew, without the process that multiprocessing keeps for itself."""
    return [
        child
        for child in _children(pid)
        if b"resource_tracker" not in Path(f"/proc/{child}/cmdline").read_bytes()
    ]


def test_a_worker_that_is_killed_is_replaced_and_its_files_are_filed_once(tmp_path: Path) -> None:
    home, inbox = tmp_path / "home", tmp_path / "inbox"
    sums = _lay_out(inbox, 20)
    (inbox / "broken.png").write_bytes(b"\x89PNG\r\n\x1a\n" + b"0" * 40)
    sums["broken.png"] = sha256_of(inbox / "broken.png")
    log = tmp_path / "log"
    watcher = start_watch(home, inbox, log, "--line-up", DOSSIER_LEASE_SECONDS="3")
    wait(lambda: not list(inbox.iterdir()), 60)
    crew = start(home, inbox, log, "worker", "--count", "2", DOSSIER_LEASE_SECONDS="3")
    wait(lambda: log.read_text().count('"event": "working"') >= 2, 60)
    wait(lambda: '"event": "filed"' in log.read_text(), 60)
    os.kill(_workers(crew.pid)[0], signal.SIGKILL)
    wait(lambda: not list((home / "spool").glob("*/content")), 90)
    wait(lambda: "another one is started" in log.read_text())
    assert "another one is started" in log.read_text()
    crew.terminate()
    assert crew.wait(180) == 0, log.read_text()
    stop(watcher, log, 1)
    account(home, inbox, sums, {"broken.png"})


def test_workers_end_when_the_one_that_watches_over_them_is_killed(tmp_path: Path) -> None:
    home, inbox = tmp_path / "home", tmp_path / "inbox"
    inbox.mkdir()
    log = tmp_path / "log"
    crew = start(home, inbox, log, "worker", "--count", "1")
    wait(lambda: '"event": "working"' in log.read_text(), 60)
    (worker,) = _workers(crew.pid)
    crew.kill()
    crew.wait()
    wait(lambda: '"event": "stopped"' in log.read_text(), 30)
    wait(lambda: not Path(f"/proc/{worker}").exists(), 30)
    assert not Path(f"/proc/{worker}").exists()
