"""The tormentor: lets faults strike at random, several at a time, and mends each after a while."""

from __future__ import annotations

import contextlib
import os
import random
import signal
import sqlite3
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator

from tests.servers.starting import Server
from tests.soak import office as programs
from tests.soak.office import LEASE, Office
from tests.soak.place import Place, read_only
from tests.soak.scanners import Scanner
from tests.soak.server import MOODS, MoodyPaperless

_BETWEEN = 5.0
"""Seconds between two faults, on average."""


class Tormentor(threading.Thread):
    """`faults` counts what has struck. Every fault is over when the thread has ended."""

    def __init__(
        self,
        place: Place,
        office: Office,
        dms: MoodyPaperless,
        scanners: list[Scanner],
        servers: list[Server],
        seed: int,
    ) -> None:
        super().__init__(name="tormentor", daemon=True)
        self.stop = threading.Event()
        self.faults: Counter[str] = Counter()
        self._place, self._office, self._dms, self._servers = place, office, dms, servers
        self._scanners = scanners
        self._chance = random.Random(seed)
        self._under_way: list[threading.Thread] = []
        self._held: dict[str, threading.Lock] = {}

    def run(self) -> None:
        """Strike until it is told to stop, then wait for what is under way."""
        strikes: dict[Callable[[], None], int] = {
            self._kill_worker: 8,
            self._kill_reader: 8,
            self._kill_watcher: 5,
            self._kill_crew: 3,
            self._stop_for_longer_than_a_lease: 8,
            self._bad_dms: 14,
            self._two_hundred: 1,
            self._inbox_away: 4,
        }
        if self._place.mounted:
            strikes |= {self._full_disk: 4, self._read_only_inbox: 4, self._read_only_aside: 3}
        strikes |= {self._server_gone: 3} if self._servers else {self._locked_database: 5}
        while not self.stop.wait(min(15.0, self._chance.expovariate(1 / _BETWEEN))):
            strike = self._chance.choices(list(strikes), list(strikes.values()))[0]
            thread = threading.Thread(target=strike, daemon=True)
            thread.start()
            self._under_way = [one for one in self._under_way if one.is_alive()] + [thread]
        for thread in self._under_way:
            thread.join()

    @contextlib.contextmanager
    def _fault(self, name: str, alone: str = "") -> Iterator[bool]:
        """Count it; False where another one of its sort is under way, which it would not add to."""
        lock = self._held.setdefault(alone or name, threading.Lock())
        if not lock.acquire(blocking=False):
            yield False
            return
        try:
            self.faults[name] += 1
            yield True
        finally:
            lock.release()

    def _last(self, least: float, most: float) -> None:
        """So long a fault lasts, or until all is to end."""
        self.stop.wait(self._chance.uniform(least, most))

    def _kill(self, name: str, pids: list[int]) -> None:
        if pids and programs.kill(self._chance.choice(pids)):
            self.faults[name] += 1

    def _kill_worker(self) -> None:
        posts = [one for one in self._office.posts if one.words[0] == "worker" and not one.spared]
        self._kill("SIGKILL of a worker", [pid for post in posts for pid in programs.workers_of(post)])

    def _kill_reader(self) -> None:
        posts = self._office.posts
        self._kill("SIGKILL of a reading process", [pid for one in posts for pid in programs.readers_of(one)])

    def _kill_watcher(self) -> None:
        posts = [one for one in self._office.posts if one.words[0] == "watch" and not one.spared]
        self._kill("SIGKILL of a watcher", [post.pid for post in posts if post.pid])

    def _kill_crew(self) -> None:
        posts = [one for one in self._office.posts if one.words[0] == "worker" and not one.spared]
        self._kill("SIGKILL of who watches over workers", [post.pid for post in posts if post.pid])

    def _stop_for_longer_than_a_lease(self) -> None:
        pids = [pid for post in self._office.posts for pid in programs.workers_of(post)]
        if not pids:
            return
        pid = self._chance.choice(pids)
        with self._fault("SIGSTOP for longer than a lease", f"stopped {pid}") as struck:
            if struck:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGSTOP)
                    self._last(1.5 * LEASE, 4 * LEASE)
                    os.kill(pid, signal.SIGCONT)

    def _bad_dms(self) -> None:
        mood = self._chance.choice(MOODS)
        with self._fault(f"DMS: {mood}", "DMS") as struck:
            if struck:
                with self._dms.in_mood(mood):
                    self._last(1, 20)

    def _two_hundred(self) -> None:
        self.faults["200 files at once"] += 1
        self._chance.choice(self._scanners).bulk.set()

    def _inbox_away(self) -> None:
        share = self._chance.choice(self._place.shares)
        with share.calm, self._fault("inbox away and back", f"share {share.folder}") as struck:
            if not struck:
                return
            away = share.folder / "away"
            try:
                share.inbox.rename(away)
            except OSError:
                return
            empty = self._chance.random() < 0.5
            if empty:
                # A mount point whose share went away looks like an empty folder.
                share.inbox.mkdir()
            self._last(1, 8)
            if empty:
                share.inbox.rmdir()
            away.rename(share.inbox)

    def _full_disk(self) -> None:
        with self._place.shares[0].calm, self._fault("full disk", "disk") as struck:
            if struck:
                ballast = self._place.fill()
                self._last(1, 8)
                ballast.unlink()

    def _read_only_inbox(self) -> None:
        share = self._chance.choice(self._place.shares)
        with share.calm, self._fault("read-only inbox", f"share {share.folder}") as struck:
            if struck and read_only(share.folder, True):
                self._last(1, 8)
                _insist(lambda: read_only(share.folder, False))

    def _read_only_aside(self) -> None:
        with self._fault("read-only set-aside folder", "aside") as struck:
            if struck and read_only(self._place.aside, True):
                self._last(2, 10)
                _insist(lambda: read_only(self._place.aside, False))

    def _locked_database(self) -> None:
        with self._fault("database locked", "database") as struck:
            if not struck:
                return
            with (
                contextlib.closing(
                    sqlite3.connect(self._place.home / "dossier.sqlite3", timeout=20, isolation_level=None)
                ) as other,
                contextlib.suppress(sqlite3.OperationalError),
            ):
                other.execute("BEGIN IMMEDIATE")
                # Some of them for longer than the programs wait for it.
                self._last(2, 15) if self._chance.random() < 0.85 else self._last(31, 40)
                other.execute("ROLLBACK")

    def _server_gone(self) -> None:
        server = self._chance.choice(self._servers)
        name = server.url.partition(":")[0].partition("+")[0]
        with self._fault(f"{name} killed and back", "server") as struck:
            if struck:
                server.stop(signal.SIGKILL)
                self._last(1, 15)
                server.start(120)


def _insist(done: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 30
    while not done() and time.monotonic() < deadline:
        time.sleep(0.2)
