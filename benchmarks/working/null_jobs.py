"""Null jobs: rows that are taken, read by a reader that reads nothing, and confirmed; each step durable by itself."""

from __future__ import annotations

import multiprocessing
import os
import resource
import time
import uuid
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from multiprocessing.synchronize import Barrier
from typing import Any

import sqlalchemy as sa

from consumers import intake, lease
from plugins import database
from plugins.intake.working import IN_HAND

_BATCH = 10_000


@dataclass(frozen=True)
class NullJobs:
    """So many jobs by so many workers, on a table that had that many finished files before. Memory is a worker's, in MB."""

    jobs: int
    workers: int
    history: int
    seconds: float
    memory_mb: float

    @property
    def a_second(self) -> float:
        """Jobs a second, all workers together."""
        return self.jobs / self.seconds


def enter(url: str, count: int, *, finished: bool) -> None:
    """Put so many rows into the table: finished ones with their events, or ones that wait."""
    engine = database.connect(url)
    now = datetime.now(UTC)
    state = "confirmed" if finished else "claimed"
    for first in range(0, count, _BATCH):
        ids = [uuid.uuid4().hex for _ in range(min(_BATCH, count - first))]
        rows = [_row(one, state, now, None if finished else lease.turn_of(now, 1)) for one in ids]
        at = intake.stamp(now)
        told = [{"intake_id": one, "at": at, "state": state, "detail": ""} for one in ids]
        with engine.begin() as connection:
            connection.execute(intake.intake.insert(), rows)
            connection.execute(intake.intake_event.insert(), told)
    engine.dispose()


def _row(intake_id: str, state: str, now: datetime, turn: int | None) -> dict[str, Any]:
    named = {"id": intake_id, "name": "scan.pdf", "source": "inbox", "origin": "", "owner": ""}
    empty = {"attempts": 0, "next_try": "", "reason": "", "dms_id": ""}
    return named | empty | {"sha256": intake_id * 2, "state": state, "since": intake.stamp(now), "turn": turn}


def run(url: str, workers: int, history: int) -> NullJobs:
    """Have everything that waits done."""
    engine = database.connect(url)
    with engine.begin() as connection:
        jobs = lease.waiting(connection)
    engine.dispose()
    context = multiprocessing.get_context("spawn")
    ready, told = context.Barrier(workers + 1), context.SimpleQueue()
    processes = [context.Process(target=_work, args=(url, ready, told)) for _ in range(workers)]
    for process in processes:
        process.start()
    ready.wait()
    began = time.monotonic()
    for process in processes:
        process.join()
    seconds = time.monotonic() - began
    return NullJobs(jobs, workers, history, seconds, max(told.get() for _ in processes))


def _work(url: str, ready: Barrier, told: Any) -> None:
    owner = uuid.uuid4().hex
    plain = database.connect(url)
    engine = intake.held_by(plain, owner)
    ready.wait()
    while take_and_do(engine, owner):
        pass
    told.put(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
    plain.dispose()
    os._exit(0)


def take_and_do(engine: sa.Engine, owner: str) -> bool:
    """Take as many jobs as a worker has in hand, and do them; False where none waits."""
    now = datetime.now(UTC)
    with engine.begin() as connection:
        rows = lease.take(connection, owner, at=now, until=now + timedelta(minutes=1), most=IN_HAND)
    for row in rows:
        do(engine, row.id)
    return bool(rows)


def do(engine: sa.Engine, intake_id: str) -> None:
    """Do a job that was taken."""
    now = datetime.now(UTC)
    with engine.begin() as connection:
        intake.move(connection, intake_id, "read", at=now)
    with engine.begin() as connection:
        intake.move(connection, intake_id, "confirmed", at=now, dms_id="1")
