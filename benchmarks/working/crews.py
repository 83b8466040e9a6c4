"""Real files through the table: bare reading, local workers, Celery workers, each on the same files in one run."""

from __future__ import annotations

import os
import shutil
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import cast

import sqlalchemy as sa

from benchmarks.measure.processes import cpu_seconds
from consumers import intake
from consumers.inbox.owner import Owner
from consumers.pool import ReadingPool
from consumers.scan import scan_of
from plugins import settings as settings_module
from plugins.intake.broker import Announcer, make_app
from plugins.intake.crew import CeleryCrew, Crew
from plugins.intake.intaking import Intaking
from plugins.rereading.readers_asked_for import bounds_of, readers_of
from plugins.settings import Settings
from plugins.wiring import open_archive, vocabulary


@dataclass(frozen=True)
class Speed:
    """So many files (pages) in so many seconds, by so many workers; `side` is bare, or who carries the work.

    `cpu` is the CPU seconds of all processes of that side, taking the files in included; `others` how many processors
    everybody else kept busy meanwhile: with more than none `seconds` says little, and `cpu` more. `middle` files came to their
    end in the `middle_seconds` between the first fifth and the last: neither beginning nor tail is in them.
    """

    side: str
    workers: int
    files: int
    pages: int
    seconds: float
    cpu: float
    others: float
    middle: int = 0
    middle_seconds: float = 0.0

    @property
    def a_minute(self) -> float:
        """Files a minute."""
        return 60 * self.files / self.seconds

    @property
    def steadily(self) -> float:
        """Files a minute while there is work for everybody; 0 where there were too few files to tell."""
        return 60 * self.middle / self.middle_seconds if self.middle_seconds else 0.0

    def __add__(self, other: Speed) -> Speed:
        """Both rounds of one side together."""
        seconds = self.seconds + other.seconds
        return Speed(
            self.side,
            self.workers,
            self.files + other.files,
            self.pages + other.pages,
            seconds,
            self.cpu + other.cpu,
            (self.others * self.seconds + other.others * other.seconds) / seconds,
            self.middle + other.middle,
            self.middle_seconds + other.middle_seconds,
        )


def copies(files: list[Path], count: int, folder: Path) -> list[Path]:
    """So many files with bytes of their own: what stands behind a file's end is read by nobody."""
    folder.mkdir(parents=True)
    made = []
    for number in range(count):
        source = files[number % len(files)]
        made.append(folder / f"{number:04}{source.suffix}")
        shutil.copyfile(source, made[-1])
        with made[-1].open("ab") as file:
            file.write(f"\n%{time.monotonic_ns()}\n%%EOF\n".encode())
    return made


def bare(files: list[Path], warm: int, workers: int, reader: str) -> Speed:
    """The reading pool alone; its first `warm` files only load the engines."""
    settings = settings_module.load({}, Path(tempfile.gettempdir()))
    with ReadingPool(readers_of(settings, reader), bounds_of(settings), workers) as pool:
        for future in [pool.read(scan_of(path, "benchmark")) for path in files[:warm]]:
            future.result()
        clock = _Clock()
        ends: list[float] = []
        read = [pool.read(scan_of(path, "benchmark")) for path in files[warm:]]
        for future in read:
            future.add_done_callback(lambda _done: ends.append(time.monotonic()))
        pages = sum(len(future.result().pages) for future in read)
        spent = clock.read()
    return Speed("bare", workers, len(read), pages, *spent, *middle(ends))


def middle(ends: list[float]) -> tuple[int, float]:
    """Of files that ended at these seconds: how many did so between the first fifth and the last, and in what time."""
    ends = sorted(ends)
    fifth = len(ends) // 5
    if fifth == 0:
        return 0, 0.0
    inner = ends[fifth - 1 : len(ends) - fifth]
    return len(inner) - 1, inner[-1] - inner[0]


class _Clock:
    """Seconds, CPU seconds of this process and all that it has started, and what the whole machine was busy with."""

    def __init__(self) -> None:
        self._began = time.monotonic(), cpu_seconds(os.getpid()), _busy()

    def read(self) -> tuple[float, float, float]:
        """Seconds, CPU seconds, and how many processors others have had meanwhile."""
        began, cpu, busy = self._began
        seconds, spent = time.monotonic() - began, cpu_seconds(os.getpid()) - cpu
        return seconds, spent, max(0.0, _busy() - busy - spent) / seconds


def _busy() -> float:
    """CPU seconds of the whole machine so far, idle ones left out (proc(5): user nice system idle iowait ...)."""
    told = [int(word) for word in Path("/proc/stat").read_text("ascii").split("\n")[0].split()[1:9]]
    return (sum(told) - told[3] - told[4]) / os.sysconf("SC_CLK_TCK")


def crew(
    files: list[Path], warm: int, workers: int, reader: str, broker: str = "", database: str = ""
) -> Speed:
    """Local workers, or Celery workers where there is a broker: from the table until each file is in the local DMS."""
    with tempfile.TemporaryDirectory() as home:
        variables = {"DOSSIER_HOME": home, "DOSSIER_BROKER_URL": broker, "DOSSIER_DATABASE_URL": database}
        settings = settings_module.load(variables | {"DOSSIER_ARCHIVE_PDF": "off"}, Path(home))
        with open_archive(settings) as archive, Owner(settings.home / "run") as owner:
            archive.dms.prepare(vocabulary(archive.rules))
            tell = Announcer(make_app(settings)).announce if broker else _nobody
            door = Intaking(archive, cast(ReadingPool, None), owner, _nobody, announce=tell)

            def line_up(some: list[Path]) -> tuple[float, float, float]:
                clock = _Clock()
                for path in some:
                    door.take(path, "benchmark", keep=True)
                while _is_left(archive.engine):
                    time.sleep(0.1)
                return clock.read()

            with _at_work(settings, workers, reader):
                # Each worker in its turn: one that has not loaded its engine would do so while the time runs.
                for begin in range(0, warm, workers):
                    if _have_read(archive.engine) < workers + bool(broker):
                        line_up(files[begin : begin + workers])
                spent = line_up(files[warm:])
            first = {path.name for path in files[:warm]}
            filed = [record.card for record in archive.dms.records() if record.card.name not in first]
            pages = sum(card.pages for card in filed)
            ends = _ends(archive.engine, first)
    side = {"": "local", "redis": "redis", "amqp": "rabbitmq"}[broker.partition(":")[0]]
    return Speed(side, workers, len(files) - warm, pages, *spent, *middle(ends))


def _ends(engine: sa.Engine, but: set[str]) -> list[float]:
    """When files came to their end, those of these names left out."""
    with engine.begin() as connection:
        rows = intake.listing(connection)
    return [datetime.fromisoformat(row.since).timestamp() for row in rows if row.name not in but]


def _is_left(engine: sa.Engine) -> bool:
    query = sa.select(intake.intake.c.id).where(intake.intake.c.turn.is_not(None)).limit(1)
    with engine.begin() as connection:
        return connection.execute(query).first() is not None


def _have_read(engine: sa.Engine) -> int:
    """How many workers have read a file."""
    told = intake.intake_event.c
    query = sa.select(sa.func.count(sa.distinct(told.actor))).where(told.state == "read")
    with engine.begin() as connection:
        return connection.execute(query).scalar_one()


@contextmanager
def _at_work(settings: Settings, workers: int, reader: str) -> Iterator[None]:
    stop = threading.Event()
    made = (
        CeleryCrew(settings, workers, reader, "both")
        if settings.broker_url
        else Crew(settings, workers, reader)
    )
    watching = threading.Thread(target=made.run, args=(stop,))
    watching.start()
    try:
        yield
    finally:
        stop.set()
        watching.join()


def _nobody(_told: object) -> None:
    """Nobody is told."""
