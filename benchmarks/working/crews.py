"""Real files through the table: bare reading, local workers, Celery workers, each on the same files in one run."""

from __future__ import annotations

import shutil
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import cast

import sqlalchemy as sa

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
    """So many files (pages) in so many seconds, by so many workers; `side` is bare, local or celery."""

    side: str
    workers: int
    files: int
    pages: int
    seconds: float

    @property
    def a_minute(self) -> float:
        """Files a minute."""
        return 60 * self.files / self.seconds


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
        began = time.monotonic()
        read = [pool.read(scan_of(path, "benchmark")) for path in files[warm:]]
        pages = sum(len(future.result().pages) for future in read)
        return Speed("bare", workers, len(read), pages, time.monotonic() - began)


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

            def line_up(some: list[Path]) -> float:
                for path in some:
                    door.take(path, "benchmark", keep=True)
                began = time.monotonic()
                while any(row.state not in intake.FINAL for row in _rows(archive.engine)):
                    time.sleep(0.05)
                return time.monotonic() - began

            with _at_work(settings, workers, reader):
                line_up(files[:warm])
                seconds = line_up(files[warm:])
            filed = list(archive.dms.records())
            pages = sum(record.card.pages for record in filed)
    return Speed("celery" if broker else "local", workers, len(files) - warm, pages, seconds)


def _rows(engine: sa.Engine) -> list[intake.Intake]:
    with engine.begin() as connection:
        return intake.unfinished(connection)


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
