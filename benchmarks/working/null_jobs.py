"""Null jobs: rows that go through all that the table does for a file, read by a reader that reads nothing.

Each makes the transactions of a real file, each durable by itself: taken, as many at a time as a worker takes; read, labelled
and sent, with the right to file its bytes; confirmed.
"""

from __future__ import annotations

import multiprocessing
import os
import sqlite3
import time
import uuid
from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from multiprocessing.connection import wait as connection_wait
from multiprocessing.synchronize import Barrier
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from consumers import intake, lease
from plugins import database
from plugins.intake.working import FEW, IN_HAND

_BATCH = 10_000
_COMMITS = 300
LOOK_EVERY = 1.0
"""Seconds between two looks at what is left: each counts it, which costs milliseconds."""


@dataclass(frozen=True)
class NullJobs:
    """So many jobs by so many workers, on a table that had that many finished files before.

    `early_mb` is the memory of the largest worker after a tenth of its jobs, `memory_mb` after all of them; `cpu` the CPU seconds
    of all workers. `first` and `last` are the jobs a second of the first and of the last tenth; 0 where there are too few to tell.
    """

    jobs: int
    workers: int
    history: int
    seconds: float
    cpu: float
    early_mb: float
    memory_mb: float
    first: float = 0.0
    last: float = 0.0

    @property
    def a_second(self) -> float:
        """Jobs a second, all workers together."""
        return self.jobs / self.seconds


class Pace:
    """How fast it goes in the first and in the last tenth of so many jobs, told by looks at what is left."""

    def __init__(self, engine: sa.Engine, jobs: int) -> None:
        self._engine = engine.execution_options(only_reads=True)
        self._jobs = jobs
        self._looks = [(time.monotonic(), 0)]

    def is_done(self) -> bool:
        """Look; whether nothing is left."""
        with self._engine.begin() as connection:
            left = connection.execute(_LEFT).scalar_one()
        self._looks.append((time.monotonic(), self._jobs - left))
        return left == 0

    def of_tenths(self) -> tuple[float, float]:
        """Jobs a second of the first and of the last tenth, 0 where no two looks fell into one."""
        tenth = self._jobs / 10
        return (
            _rate([one for one in self._looks if one[1] <= tenth]),
            _rate([one for one in self._looks if one[1] >= self._jobs - tenth]),
        )


_LEFT = sa.select(sa.func.count()).select_from(intake.intake).where(intake.intake.c.turn.is_not(None))


def _rate(looks: list[tuple[float, int]]) -> float:
    (began, done), (ended, more) = looks[0], looks[-1]
    return (more - done) / (ended - began) if ended > began else 0.0


def enter(url: str, count: int) -> None:
    """Put so many rows into the table that wait."""
    engine = database.connect(url)
    now = datetime.now(UTC)
    turn = lease.turn_of(now, 1)
    for ids in _ids(count):
        rows = [_row(one, "claimed", now) | {"turn": turn} for one in ids]
        with engine.begin() as connection:
            connection.execute(intake.intake.insert(), rows)
            connection.execute(intake.intake_event.insert(), [_event(one, "", "claimed", now) for one in ids])
    engine.dispose()


def commit_ms(folder: Path) -> float:
    """Milliseconds that one transaction of a single small row takes in that folder, all else left out."""
    with closing(sqlite3.connect(folder / "commits.sqlite3", isolation_level=None)) as connection:
        for statement in (
            "PRAGMA journal_mode = WAL",
            "PRAGMA synchronous = FULL",
            "CREATE TABLE IF NOT EXISTS t (a)",
        ):
            connection.execute(statement)
        began = time.monotonic()
        for _ in range(_COMMITS):
            connection.execute("INSERT INTO t VALUES (1)")
        return 1000 * (time.monotonic() - began) / _COMMITS


def _ids(count: int, batch: int = _BATCH) -> Iterable[list[str]]:
    for first in range(0, count, batch):
        yield [uuid.uuid4().hex for _ in range(min(batch, count - first))]


def _row(intake_id: str, state: str, now: datetime) -> dict[str, Any]:
    named = {"id": intake_id, "name": "scan.pdf", "source": "inbox", "origin": "", "owner": ""}
    empty = {"attempts": 0, "next_try": "", "reason": "", "dms_id": ""}
    return named | empty | {"sha256": intake_id * 2, "state": state, "since": intake.stamp(now)}


def _event(intake_id: str, before: str, state: str, now: datetime) -> dict[str, str]:
    told = {"intake_id": intake_id, "at": intake.stamp(now), "actor": "benchmark", "detail": ""}
    return told | {"before": before, "state": state}


def run(url: str, workers: int, history: int) -> NullJobs:
    """Have everything that waits done."""
    engine = database.connect(url)
    with engine.begin() as connection:
        jobs = lease.waiting(connection)
    context = multiprocessing.get_context("spawn")
    ready, told = context.Barrier(workers + 1), context.SimpleQueue()
    share = jobs // workers // 10
    processes = [context.Process(target=_work, args=(url, share, ready, told)) for _ in range(workers)]
    for process in processes:
        process.start()
    ready.wait()
    began, pace = time.monotonic(), Pace(engine, jobs)
    while any(process.is_alive() for process in processes):
        sentinels = [process.sentinel for process in processes if process.is_alive()]
        pace.is_done()
        connection_wait(sentinels, timeout=LOOK_EVERY)
    seconds = time.monotonic() - began
    engine.dispose()
    spent = [told.get() for _ in processes]
    early, late = max(one[1] for one in spent), max(one[2] for one in spent)
    return NullJobs(
        jobs, workers, history, seconds, sum(one[0] for one in spent), early, late, *pace.of_tenths()
    )


def _work(url: str, share: int, ready: Barrier, told: Any) -> None:
    owner = uuid.uuid4().hex
    plain = database.connect(url)
    engine = intake.held_by(plain, owner)
    ready.wait()
    began, early = time.process_time(), 0.0
    for number, intake_id in enumerate(_taken(engine, owner)):
        if number == share:
            early = _megabytes()
        do(engine, intake_id)
    told.put((time.process_time() - began, early or _megabytes(), _megabytes()))
    plain.dispose()
    os._exit(0)


def _megabytes() -> float:
    """What this process has in memory (proc(5), statm: pages)."""
    pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / (1 << 20)


def _taken(engine: sa.Engine, owner: str) -> Iterable[str]:
    """Jobs, as a worker takes them."""
    in_hand: list[str] = []
    while True:
        if len(in_hand) <= FEW:
            now = datetime.now(UTC)
            until, most = now + timedelta(minutes=1), IN_HAND - len(in_hand)
            with engine.begin() as connection:
                in_hand += [row.id for row in lease.take(connection, owner, at=now, until=until, most=most)]
        if not in_hand:
            return
        yield in_hand.pop(0)


def do(engine: sa.Engine, intake_id: str) -> None:
    """Do a job that was taken."""
    with engine.begin() as connection:
        now, sha256 = datetime.now(UTC), intake_id * 2
        intake.move(connection, intake_id, "read", at=now)
        if intake.right_holder(connection, sha256) is None:
            intake.take_right(connection, sha256, intake_id)
        intake.move(connection, intake_id, "labelled", at=now)
        intake.move(connection, intake_id, "sent", at=now)
    with engine.begin() as connection:
        intake.move(connection, intake_id, "confirmed", at=datetime.now(UTC), dms_id="1")
