"""What taking in and queueing cost: null jobs through the table and a broker, and real files by workers beside bare reading.

    python -m benchmarks.intake [--jobs N] [--history N] [--files N] [--workers 1 2 4] [--only table broker files] [--quick] [--json FILE]

Null jobs are taken, read by a reader that reads nothing, and confirmed, each step durable by itself: first on an empty table,
then on one with `--history` finished files. Those by Redis go through Celery, on PostgreSQL. Real files are copies of the samples
with bytes of their own; `bare` is the reading pool alone with as many processes, engines loaded before the time begins on every side.
Redis and PostgreSQL are started for the run, and stopped. A quotient of two figures means more than either.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from contextlib import ExitStack
from dataclasses import asdict
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

import samples
from benchmarks.working import crews, null_broker, null_jobs
from benchmarks.working.crews import Speed
from benchmarks.working.null_jobs import NullJobs
from tests.servers import postgresql, redis

_PARTS = ("table", "broker", "files")


def main() -> None:
    """Measure, print, write."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.intake",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--jobs", type=int, default=100_000, help="null jobs")
    parser.add_argument("--history", type=int, default=1_000_000, help="files that were finished before")
    parser.add_argument("--files", type=int, default=96, help="real files on each side")
    parser.add_argument("--workers", type=int, nargs="+", default=[1, 2, 4])
    parser.add_argument("--reader", default="rapid", help="what reads the real files")
    parser.add_argument("--only", choices=_PARTS, nargs="+", default=_PARTS, help="these parts alone")
    parser.add_argument(
        "--quick", action="store_true", help="2,000 jobs, 50,000 finished files, 8 real ones, one worker"
    )
    parser.add_argument("--json", type=Path, help="write the figures to this file")
    told = parser.parse_args()
    if told.quick:
        told.jobs, told.history, told.files, told.workers = 2_000, 50_000, 8, [1]
    figures: dict[str, Any] = {}
    console = Console(width=None if Console().is_terminal else 140)
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        if "table" in told.only:
            figures["table"] = _jobs(
                console, "null jobs, SQLite table", _table(folder, told.jobs, told.history)
            )
        if "broker" in told.only:
            figures["broker"] = _jobs(console, "null jobs, Redis and PostgreSQL", _broker(told.jobs))
        if "files" in told.only:
            figures["files"] = _files(
                console, _sides(folder, told.files, told.workers, told.reader, celery=not told.quick)
            )
    if told.json:
        told.json.write_text(json.dumps(figures, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


def _table(folder: Path, jobs: int, history: int) -> list[NullJobs]:
    url = f"sqlite:///{folder / 'null.sqlite3'}"
    found = []
    for workers in (1, 4):
        null_jobs.enter(url, jobs, finished=False)
        found.append(null_jobs.run(url, workers, 0))
    null_jobs.enter(url, history, finished=True)
    # What the history has left to be written back, and what of it is not in memory yet, is not what jobs cost.
    null_jobs.enter(url, min(jobs, 2_000), finished=False)
    null_jobs.run(url, 4, history)
    null_jobs.enter(url, jobs, finished=False)
    return [*found, null_jobs.run(url, 4, history)]


def _broker(jobs: int) -> list[NullJobs]:
    with redis.running() as broker, postgresql.running() as server:
        return [
            null_broker.run(postgresql.fresh_database(server), broker.url, workers, jobs)
            for workers in (1, 4)
        ]


def _sides(folder: Path, count: int, workers: list[int], reader: str, *, celery: bool) -> list[Speed]:
    files = sorted((Path(samples.__file__).parent / "scans").iterdir())
    found = []
    for number in workers:
        made = crews.copies(files, count + 2 * number, folder / f"files-{number}")
        warm = 2 * number
        found.append(crews.bare(made, warm, number, reader))
        found.append(crews.crew(made, warm, number, reader))
        if celery:
            with redis.running() as broker, postgresql.running() as server:
                url = postgresql.fresh_database(server)
                found.append(crews.crew(made, warm, number, reader, broker.url, url))
    return found


def _jobs(console: Console, title: str, rows: list[NullJobs]) -> list[dict[str, object]]:
    grid = Table(title=title)
    for column in ("jobs", "workers", "finished before", "jobs a second", "MB a worker"):
        grid.add_column(column, justify="right")
    for row in rows:
        cells = (row.jobs, row.workers, row.history, round(row.a_second), round(row.memory_mb))
        grid.add_row(*(f"{cell:,}" for cell in cells))
    console.print(grid)
    return [asdict(row) | {"a_second": round(row.a_second, 1)} for row in rows]


def _files(console: Console, rows: list[Speed]) -> list[dict[str, object]]:
    grid = Table(title="real files")
    for column in ("side", "workers", "files", "files a minute", "overhead over bare", "times one worker"):
        grid.add_column(column, justify="right")
    told = []
    for row in rows:
        alone = next(one for one in rows if (one.side, one.workers) == ("bare", row.workers))
        single = next(one for one in rows if one.side == row.side)
        overhead, times = row.seconds / alone.seconds - 1, row.a_minute / single.a_minute
        cells = [
            row.side,
            f"{row.workers}",
            f"{row.files}",
            f"{row.a_minute:.1f}",
            f"{overhead:+.1%}",
            f"{times:.2f}",
        ]
        grid.add_row(*cells)
        figures = {
            "a_minute": round(row.a_minute, 1),
            "overhead": round(overhead, 4),
            "times": round(times, 2),
        }
        told.append(asdict(row) | figures)
    console.print(grid)
    return told


if __name__ == "__main__":
    main()
