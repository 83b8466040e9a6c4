"""Null jobs whose ids a broker carries: a Celery worker that takes each by its id, and reads and files nothing.

    python -m benchmarks.working.null_broker DATABASE_URL BROKER_URL WORKERS

is such a worker; `run` starts it and sends it the ids of everything that waits, one message a job.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
import uuid
from datetime import UTC, datetime, timedelta
from pathlib import Path

import sqlalchemy as sa
from celery import Celery

from benchmarks.measure.processes import Memory, cpu_seconds
from benchmarks.working import null_jobs
from benchmarks.working.null_jobs import NullJobs, Pace
from consumers import intake, lease
from plugins import database
from plugins import settings as settings_module
from plugins.intake.broker import READING, make_app


def run(url: str, broker: str, workers: int, jobs: int, history: int = 0) -> NullJobs:
    """Enter so many jobs and have them done; the time begins with the first id that is sent, the worker at work."""
    engine = database.connect(url)
    words = [sys.executable, "-m", "benchmarks.working.null_broker", url, broker, str(workers)]
    worker = subprocess.Popen(words, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
    app = _app(broker)
    try:
        with Memory(worker.pid) as memory:
            _have_done(worker, app, engine, url, max(10 * workers, jobs // 10))
            early, before = memory.look()["mb"], cpu_seconds(worker.pid)
            seconds, pace = _have_done(worker, app, engine, url, jobs)
            late, cpu = memory.look()["mb"], cpu_seconds(worker.pid) - before
    finally:
        worker.terminate()
        worker.wait()
        app.close()
        engine.dispose()
    return NullJobs(jobs, workers, history, seconds, cpu, early, late, *pace.of_tenths())


def _have_done(
    worker: subprocess.Popen[bytes], app: Celery, engine: sa.Engine, url: str, jobs: int
) -> tuple[float, Pace]:
    """Enter jobs, send their ids, wait until all are done; gives back the seconds since the first was sent."""
    null_jobs.enter(url, jobs)
    with engine.begin() as connection:
        rows = lease.next_in_turn(connection, datetime.now(UTC), jobs)
    began, pace = time.monotonic(), Pace(engine, jobs)
    with app.producer_or_acquire() as producer:
        for number, row in enumerate(rows, 1):
            app.send_task(f"{READING}.one", (row.id,), queue=READING, producer=producer)
            if number % _LOOK_AT == 0:
                pace.is_done()
    while not pace.is_done():
        if worker.poll() is not None:
            raise RuntimeError(f"the worker has ended with {worker.returncode}: run it by hand to see why")
        time.sleep(min(null_jobs.LOOK_EVERY, jobs / 20_000))
    return time.monotonic() - began, pace


_LOOK_AT = 1_000
"""After so many ids that are sent it is looked at what is left."""


def _app(broker: str) -> Celery:
    return make_app(settings_module.load({"DOSSIER_BROKER_URL": broker}, Path(tempfile.gettempdir())))


class _Bench:
    """What one process of the worker works with."""

    engine: sa.Engine | None = None
    owner = ""


def _one(url: str, intake_id: str) -> None:
    if _Bench.engine is None:
        _Bench.owner = uuid.uuid4().hex
        _Bench.engine = intake.held_by(database.connect(url), _Bench.owner)
    until = datetime.now(UTC) + timedelta(minutes=1)
    with _Bench.engine.begin() as connection:
        row = lease.take_one(connection, _Bench.owner, intake_id, until)
    if row is not None:
        null_jobs.do(_Bench.engine, intake_id)


def main() -> None:
    """Be a worker."""
    url, broker, workers = sys.argv[1:]
    app = _app(broker)

    def one(intake_id: str) -> None:
        _one(url, intake_id)

    app.task(name=f"{READING}.one", acks_late=True, ignore_result=True)(one)
    words = ["--queues", READING, "--concurrency", workers, "--pool", "prefork", "--loglevel", "ERROR"]
    app.worker_main(["--quiet", "worker", "--without-gossip", "--without-mingle", *words])


if __name__ == "__main__":
    main()
