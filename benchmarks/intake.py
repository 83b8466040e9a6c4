"""What taking in and queueing cost: null jobs, an idle watcher, and files by workers beside bare reading.

    python -m benchmarks.intake [--only table broker idle steps files] [--jobs N] [--history N ...] [--files N] [--workers 1 4]
                                [--brokers redis rabbitmq] [--reader NAME] [--quick] [--json FILE]

`table`   null jobs through the SQLite table, on histories of finished files of growing length; `commit ms` is what the disk takes
          for one transaction of a single row at that moment, and bounds what can be reached.
`broker`  null jobs whose ids Redis carries, on PostgreSQL: one message a job; a tenth as many on the longest history besides.
`idle`    CPU of `dossier watch` beside a folder of old files.
`steps`   files whose reading takes half a second of one processor (`busy`), or of waiting alone (`waiting`), by 1 and 4 workers.
`files`   copies of the samples, read by OCR. `bare` is the reading pool alone with as many processes, engines loaded before the time
          begins on every side. `steadily` is files a minute between the first fifth of them and the last. Sides take turns, `--rounds`
          of them, so that all have the same share of what others do on the machine.

Redis, RabbitMQ and PostgreSQL are started for the run, and stopped. Where others use the machine too, the column `others` says how many
processors they had: the CPU seconds then tell more than the time, and a quotient of two figures of one run more than either.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import asdict
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

import samples
from benchmarks.working import crews, history, idle_watch, null_broker, null_jobs, standing_in
from benchmarks.working.crews import Speed
from benchmarks.working.idle_watch import IdleWatch
from benchmarks.working.null_jobs import NullJobs
from tests.servers import postgresql, rabbitmq, redis

_WARM = 6
"""So many files a worker stand ready to load the engines with."""
_PARTS = ("table", "broker", "idle", "steps", "files")
_BROKERS: dict[str, Callable[[], Any]] = {"redis": redis.running, "rabbitmq": rabbitmq.running}

# Here and not in `main`: every process that is started imports this module and must know these readers.
standing_in.plug_in()


def main() -> None:
    """Measure, print, write."""
    told = _told()
    figures: dict[str, Any] = {}
    console = Console(width=None if Console().is_terminal else 150)
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(dir=told.folder)))
        if "table" in told.only:
            rows = list(_table(folder, told.jobs, told.history, told.workers))
            figures["table"] = _jobs(console, "null jobs, SQLite table", rows)
        if "broker" in told.only:
            rows = [(0.0, row) for row in _broker(told.jobs, told.workers, max(told.history))]
            figures["broker"] = _jobs(console, "null jobs, Redis and PostgreSQL", rows)
        if "idle" in told.only:
            sides = [idle_watch.run(told.old, folders, told.idle_seconds) for folders in (0, 20)]
            figures["idle"] = _idle(console, sides)
        for part, readers in (("steps", ("busy", "waiting")), ("files", (told.reader,))):
            if part in told.only:
                figures[part] = [
                    row
                    for reader in readers
                    for row in _files(console, reader, list(_sides(folder / part, told, reader)))
                ]
    if told.json:
        told.json.write_text(json.dumps(figures, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


def _told() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.intake",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--only", choices=_PARTS, nargs="+", default=_PARTS, help="these parts alone")
    parser.add_argument("--jobs", type=int, default=100_000, help="null jobs")
    parser.add_argument(
        "--history",
        type=int,
        nargs="+",
        default=[0, 10_000, 100_000, 1_000_000],
        help="files that were finished before, in growing numbers",
    )
    parser.add_argument("--old", type=int, default=100_000, help="files in the folder of the idle watcher")
    parser.add_argument("--idle-seconds", type=float, default=300.0, help="seconds for which it is watched")
    parser.add_argument("--files", type=int, default=96, help="files on each side")
    parser.add_argument(
        "--rounds", type=int, default=2, help="so often each side has its turn, one after the other"
    )
    parser.add_argument("--workers", type=int, nargs="+", default=[1, 4])
    parser.add_argument(
        "--brokers", nargs="*", choices=list(_BROKERS), default=list(_BROKERS), help="Celery workers by these"
    )
    parser.add_argument("--reader", default="rapid", help="what reads the samples")
    parser.add_argument(
        "--folder", type=Path, help="where all is laid out, on the disk that is to be measured"
    )
    parser.add_argument(
        "--quick", action="store_true", help="few jobs, a short history, few files, one worker, no broker"
    )
    parser.add_argument("--json", type=Path, help="write the figures to this file")
    told = parser.parse_args()
    if told.quick:
        told.jobs, told.history, told.files, told.workers, told.rounds = 2_000, [0, 20_000], 8, [1], 1
        told.old, told.idle_seconds, told.brokers = 5_000, 20.0, []
    return told


def _table(
    folder: Path, jobs: int, lengths: Sequence[int], numbers: Sequence[int]
) -> Iterator[tuple[float, NullJobs]]:
    url = f"sqlite:///{folder / 'null.sqlite3'}"
    kept = 0
    for length in sorted(lengths):
        if length > kept:
            history.enter_finished(url, length - kept)
            kept = length
            # What of it is not in memory yet is not what jobs cost.
            null_jobs.enter(url, min(jobs, 2_000))
            null_jobs.run(url, max(numbers), length)
        for workers in numbers:
            null_jobs.enter(url, jobs)
            yield null_jobs.commit_ms(folder), null_jobs.run(url, workers, length)


def _broker(jobs: int, numbers: Sequence[int], length: int) -> Iterator[NullJobs]:
    with redis.running() as broker, postgresql.running() as server:
        for workers in numbers:
            yield null_broker.run(postgresql.fresh_database(server), broker.url, workers, jobs)
        if length:
            url = postgresql.fresh_database(server)
            history.enter_finished(url, length)
            yield null_broker.run(url, broker.url, max(numbers), max(jobs // 10, 1), length)


def _sides(folder: Path, told: argparse.Namespace, reader: str) -> Iterator[Speed]:
    scans = sorted((Path(samples.__file__).parent / "scans").iterdir())
    if reader in standing_in.NAMES:
        scans = [one for one in scans if one.suffix == ".png"]
    for number in told.workers:
        warm = _WARM * number
        found: dict[str, Speed] = {}
        for turn in range(told.rounds):
            made = crews.copies(scans, told.files + warm, folder / reader / f"{number}-{turn}")
            for one in _round(made, warm, number, reader, told.brokers):
                found[one.side] = found[one.side] + one if one.side in found else one
        yield from found.values()


def _round(made: list[Path], warm: int, workers: int, reader: str, brokers: Sequence[str]) -> Iterator[Speed]:
    yield crews.bare(made, warm, workers, reader)
    yield crews.crew(made, warm, workers, reader)
    for name in brokers:
        with _BROKERS[name]() as broker, postgresql.running() as server:
            yield crews.crew(made, warm, workers, reader, broker.url, postgresql.fresh_database(server))


def _jobs(console: Console, title: str, rows: list[tuple[float, NullJobs]]) -> list[dict[str, object]]:
    names = (
        "jobs",
        "workers",
        "finished before",
        "commit ms",
        "jobs a second",
        "first tenth",
        "last tenth",
        "CPU ms a job",
        "MB",
        "MB at the end",
    )
    grid = _grid(title, names)
    told = []
    for commit, row in rows:
        cpu = 1000 * row.cpu / row.jobs
        counts = [f"{number:,}" for number in (row.jobs, row.workers, row.history)]
        pace = [f"{one:.0f}" if one else "" for one in (row.first, row.last)]
        memory = [f"{row.early_mb:.0f}", f"{row.memory_mb:.0f}"]
        grid.add_row(
            *counts, f"{commit:.2f}" if commit else "", f"{row.a_second:.0f}", *pace, f"{cpu:.2f}", *memory
        )
        told.append(asdict(row) | {"a_second": round(row.a_second, 1), "commit_ms": round(commit, 3)})
    console.print(grid)
    return told


def _idle(console: Console, rows: list[IdleWatch]) -> list[dict[str, object]]:
    grid = _grid(
        "idle watcher", ("old files", "sub-folders", "seconds", "CPU seconds", "of one processor", "MB")
    )
    for row in rows:
        counts = (f"{row.files:,}", f"{row.folders}", f"{row.seconds:.0f}", f"{row.cpu:.2f}")
        grid.add_row(*counts, f"{row.share:.2%}", f"{row.memory_mb:.0f}")
    console.print(grid)
    return [asdict(row) | {"share": round(row.share, 5)} for row in rows]


def _files(console: Console, reader: str, rows: list[Speed]) -> list[dict[str, object]]:
    names = (
        "side",
        "workers",
        "files",
        "pages",
        "a minute",
        "over bare",
        "steadily",
        "over bare",
        "CPU s",
        "over bare",
        "others",
        "times one",
    )
    grid = _grid(f"files, reader {reader}", names)
    told = []
    for row in rows:
        alone = next(one for one in rows if (one.side, one.workers) == ("bare", row.workers))
        single = next(one for one in rows if one.side == row.side)
        over, cpu_over = row.seconds / alone.seconds - 1, row.cpu / alone.cpu - 1
        steady_over = alone.steadily / row.steadily - 1 if row.steadily and alone.steadily else 0.0
        times = row.a_minute / single.a_minute
        counts = (
            row.side,
            f"{row.workers}",
            f"{row.files}",
            f"{row.pages}",
            f"{row.a_minute:.1f}",
            f"{over:+.1%}",
            f"{row.steadily:.1f}",
            f"{steady_over:+.1%}",
        )
        grid.add_row(*counts, f"{row.cpu:.1f}", f"{cpu_over:+.1%}", f"{row.others:.1f}", f"{times:.2f}")
        figures = {
            "a_minute": round(row.a_minute, 1),
            "overhead": round(over, 4),
            "steadily": round(row.steadily, 1),
            "steady_overhead": round(steady_over, 4),
            "cpu_overhead": round(cpu_over, 4),
        }
        told.append({"reader": reader} | asdict(row) | figures | {"times": round(times, 2)})
    console.print(grid)
    return told


def _grid(title: str, names: Sequence[str]) -> Table:
    grid = Table(title=title)
    for name in names:
        grid.add_column(name, justify="left" if name == "side" else "right")
    return grid


if __name__ == "__main__":
    main()
