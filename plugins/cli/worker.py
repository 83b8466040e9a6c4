"""`dossier worker`: takes work from the intake table."""

from __future__ import annotations

import signal
import threading
from typing import Annotated

import typer

from consumers.pool import cores
from plugins import database
from plugins.cli.starting import ReaderName, load_settings
from plugins.errors import BadSetting, BadWord
from plugins.intake.crew import CeleryCrew, Crew
from plugins.logs import log
from plugins.lookout.post import Post
from plugins.wiring import open_archive, vocabulary

EXAMPLES = "例 Example: `dossier worker --count 4`, 配合 together with `dossier watch --line-up`; 按 Ctrl-C 停止 stops it"

_QUEUES = ("reading", "filing", "both")


def command(
    count: Annotated[
        int,
        typer.Option(
            min=0, max=256, help="几个工作进程，0 为 DOSSIER_WORKERS 或每核一个。So many; 0: one a core."
        ),
    ] = 0,
    celery: Annotated[
        bool,
        typer.Option(
            "--celery", help="从消息中间件 DOSSIER_BROKER_URL 取活。Take work from the broker, by Celery."
        ),
    ] = False,
    queue: Annotated[
        str,
        typer.Option(
            help="--celery 时只做 reading 识别，或 filing 归档。With --celery: only one sort of work."
        ),
    ] = "both",
    reader: ReaderName = "auto",
    metrics: Annotated[
        str,
        typer.Option(
            "--metrics",
            metavar="HOST:PORT",
            help="提供 /metrics 与 /healthz，默认 DOSSIER_METRICS。Where to serve them.",
        ),
    ] = "",
) -> None:
    """识别并归档排队的文件。Read and file what waits in the intake table, in processes beside each other."""
    settings = load_settings()
    if queue not in _QUEUES:
        raise BadWord(f"--queue: 没有这个队列 there is no queue {queue!r}; choose from {', '.join(_QUEUES)}")
    if celery and not settings.broker_url:
        raise BadSetting(
            "DOSSIER_BROKER_URL: with --celery, write where Redis or RabbitMQ answers, as redis://host:6379/0 or "
            "amqp://user:password@host//"
        )
    with open_archive(settings) as archive:
        rules = archive.rules
        # What one process prepares here, many need not ask the DMS for.
        archive.dms.prepare(vocabulary(archive.rules))
        if celery and archive.engine.dialect.name == "sqlite":
            log().warning(
                "our database is a file: workers on other machines need PostgreSQL (DOSSIER_DATABASE_URL)"
            )
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_told: stop.set())
    count = count or settings.workers or cores()
    reader = "" if reader == "auto" else reader
    engine = database.connect(settings.database)
    post = Post(settings, rules, engine, metrics or settings.metrics)
    with post.looking(alarm=False):
        crew = CeleryCrew(settings, count, reader, queue) if celery else Crew(settings, count, reader)
        log().info("workers started", processes=len(crew.pids))
        with post.at_work("celery" if celery else "worker", crew.sight):
            crew.run(stop)
    engine.dispose()
