"""A watcher with nothing to do: what `dossier watch` costs beside a folder of old files that stay where they are.

They stay because the disk is said to be full (DOSSIER_MIN_FREE_MB): to the watcher they are finished files that it must not take
yet, which is the hardest case; files that it leaves alone for their names cost less.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from benchmarks.measure.processes import Memory, cpu_seconds

_LEAST, _MOST = 30.0, 300.0
"""Seconds for which it may get to know the folder before the time begins; it is let go on once it has grown quiet."""


@dataclass(frozen=True)
class IdleWatch:
    """So many old files in so many sub-folders (0: all in the inbox itself), watched for so many seconds."""

    files: int
    folders: int
    seconds: float
    cpu: float
    memory_mb: float

    @property
    def share(self) -> float:
        """The part of one processor that it took, all its processes together."""
        return self.cpu / self.seconds


def run(files: int, folders: int, seconds: float) -> IdleWatch:
    """Lay the files out, start `dossier watch`, wait until it knows them, and look on."""
    with tempfile.TemporaryDirectory() as name:
        place = Path(name)
        _lay_out(place / "inbox", files, folders)
        told = {
            "DOSSIER_HOME": str(place / "home"),
            "DOSSIER_INBOX": str(place / "inbox"),
            "DOSSIER_MIN_FREE_MB": str(1 << 40),
            "DOSSIER_WORKERS": "1",
        }
        own = {key: value for key, value in os.environ.items() if not key.startswith("DOSSIER_")}
        words = [sys.executable, "-m", "plugins", "watch"]
        with (place / "log").open("wb") as log:
            watch = subprocess.Popen(words, env=own | told, stdout=log, stderr=log)
        try:
            with Memory(watch.pid, every=_MOST) as memory:
                _until_quiet(watch, place / "log")
                began, before = time.monotonic(), cpu_seconds(watch.pid)
                time.sleep(seconds)
                spent, took = cpu_seconds(watch.pid) - before, time.monotonic() - began
                return IdleWatch(files, folders, took, spent, memory.of_root())
        finally:
            watch.terminate()
            watch.wait()


def _lay_out(inbox: Path, files: int, folders: int) -> None:
    inbox.mkdir()
    places = [inbox / f"{number:02}" for number in range(folders)] or [inbox]
    for place in places:
        place.mkdir(exist_ok=True)
    for number in range(files):
        (places[number % len(places)] / f"old{number:07}.pdf").write_bytes(b"%PDF-1.4\n%%EOF\n")


def _until_quiet(watch: subprocess.Popen[bytes], log: Path) -> None:
    """Wait until all files have settled: it says then that nothing is taken in."""
    began = time.monotonic()
    while time.monotonic() - began < _MOST:
        if watch.poll() is not None:
            raise RuntimeError(f"the watcher has ended with {watch.returncode}: {log.read_text('utf-8')}")
        if b"nothing more is taken in" in log.read_bytes() and time.monotonic() - began > _LEAST:
            return
        time.sleep(0.5)
    raise RuntimeError(f"the watcher does not get to know its folder: {log.read_text('utf-8')}")
