"""The programs under test: two watchers and two crews of workers, started again when they end, as systemd does it.

One watcher and one crew are spared by whoever kills: their memory tells in the end whether it grows.
"""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import threading
import time
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from tests.plugins.running import start
from tests.soak.scanners import SETTLE

LEASE = 4.0
"""Seconds; short, so that who is stopped for longer loses it often."""
_AGAIN_AFTER = 2.0


@dataclass
class Post:
    """A program that is kept running. `spared`: nobody kills it."""

    name: str
    words: tuple[str, ...]
    inbox: Path
    spared: bool
    process: subprocess.Popen[bytes] | None = None
    ended: float = 0.0
    ends: Counter[int] = field(default_factory=Counter)

    @property
    def pid(self) -> int:
        """Its process number; 0: it does not run."""
        return self.process.pid if self.process is not None and self.process.poll() is None else 0


class Office(threading.Thread):
    """Keeps the posts running until it is told to stop."""

    def __init__(self, home: Path, posts: list[Post], logs: Path, settings: Mapping[str, str]) -> None:
        super().__init__(name="office", daemon=True)
        self.posts = posts
        self.stop = threading.Event()
        self._home, self._logs, self._settings = home, logs, settings

    def run(self) -> None:
        """Start what does not run."""
        while not self.stop.is_set():
            for post in self.posts:
                self._keep(post)
            self.stop.wait(0.3)

    def close(self) -> dict[str, int]:
        """Tell all to stop; gives back how each ended, those that had to be killed with -9."""
        self.stop.set()
        self.join()
        for post in self.posts:
            if post.pid and post.process is not None:
                post.process.terminate()
        ends = {}
        for post in self.posts:
            if post.process is not None:
                try:
                    ends[post.name] = post.process.wait(90)
                except subprocess.TimeoutExpired:
                    post.process.kill()
                    ends[post.name] = post.process.wait()
        return ends

    def _keep(self, post: Post) -> None:
        if post.pid:
            return
        if post.process is not None and not post.ended:
            post.ended = time.monotonic()
            post.ends[post.process.returncode] += 1
        if post.process is None or time.monotonic() - post.ended > _AGAIN_AFTER:
            log = self._logs / f"{post.name}.log"
            post.process = start(self._home, post.inbox, log, *post.words, **self._settings)
            post.ended = 0.0


def settings(set_aside: Path, dms: str, **more: str) -> dict[str, str]:
    """The settings of all programs."""
    return {
        "DOSSIER_SET_ASIDE": str(set_aside),
        "DOSSIER_DMS": "paperless",
        "PAPERLESS_URL": dms,
        "PAPERLESS_TOKEN": "0" * 40,
        "DOSSIER_LEASE_SECONDS": str(LEASE),
        "DOSSIER_SETTLE_SECONDS": str(SETTLE),
        "DOSSIER_PATIENCE_SECONDS": "20",
        "DOSSIER_POLL_SECONDS": "1",
        "DOSSIER_MIN_FREE_MB": "4",
        "DOSSIER_DOUBLE_SIDED": "-",
    } | more


def children(pid: int) -> list[int]:
    """The processes that this one has started, and theirs; none where it has ended."""
    found: list[int] = []
    with contextlib.suppress(OSError):
        for own in Path(f"/proc/{pid}/task").iterdir():
            for word in (own / "children").read_text().split():
                found += [int(word), *children(int(word))]
    return found


def is_program(pid: int) -> bool:
    """Whether it is one of ours, and not the process that Python's multiprocessing keeps for itself."""
    try:
        return b"spawn_main" in Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return False


def workers_of(post: Post) -> list[int]:
    """The processes of a crew that take work; of a watcher itself."""
    if not post.pid:
        return []
    if post.words[0] == "watch":
        return [post.pid]
    try:
        direct = Path(f"/proc/{post.pid}/task/{post.pid}/children").read_text().split()
    except OSError:
        return []
    return [int(one) for one in direct if is_program(int(one))]


def readers_of(post: Post) -> list[int]:
    """The reading processes below a post."""
    workers = workers_of(post)
    return [one for worker in workers for one in children(worker) if is_program(one) and one not in workers]


def kill(pid: int) -> bool:
    """SIGKILL it; whether it was there."""
    try:
        os.kill(pid, signal.SIGKILL)
    except ProcessLookupError:
        return False
    return True
