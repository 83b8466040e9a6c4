"""`dossier worker`: takes work from the intake table."""

from __future__ import annotations

import signal
import threading
from typing import Annotated

import typer

from consumers.pool import cores
from plugins.cli.starting import ReaderName, load_settings
from plugins.crew import Crew
from plugins.logs import log
from plugins.wiring import open_archive, vocabulary

EXAMPLES = "例 Example: `dossier worker --count 4`, 配合 together with `dossier watch --line-up`; 按 Ctrl-C 停止 stops it"


def command(
    count: Annotated[
        int,
        typer.Option(
            min=0, max=256, help="几个工作进程，0 为 DOSSIER_WORKERS 或每核一个。So many; 0: one a core."
        ),
    ] = 0,
    reader: ReaderName = "auto",
) -> None:
    """识别并归档排队的文件。Read and file what waits in the intake table, in processes beside each other."""
    settings = load_settings()
    with open_archive(settings) as archive:
        # What one process prepares here, many need not ask the DMS for.
        archive.dms.prepare(vocabulary(archive.rules))
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_told: stop.set())
    crew = Crew(settings, count or settings.workers or cores(), "" if reader == "auto" else reader)
    log().info("workers started", count=len(crew.pids))
    crew.run(stop)
