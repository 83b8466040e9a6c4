"""`dossier watch`: the inbox."""

from __future__ import annotations

import signal
import threading
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from consumers.inbox.owner import Owner
from plugins.cli.printing import json_line
from plugins.cli.reading_files import open_pool
from plugins.cli.starting import Json, ReaderName, load_settings, make_inbox
from plugins.errors import BadWord
from plugins.intake.backpressure import held_up
from plugins.intake.heartbeat import Heartbeat
from plugins.intake.intaking import Intaking
from plugins.intake.outcome import Outcome
from plugins.intake.outcome_json import outcome_json
from plugins.intake.passes import Passes
from plugins.intake.watching import Watcher
from plugins.logs import log
from plugins.lookout.post import Post
from plugins.lookout.presence import Sight
from plugins.settings import Settings
from plugins.wiring import open_archive, vocabulary

if TYPE_CHECKING:
    from plugins.intake.broker import Announcer

EXAMPLES = "例 Example: `dossier watch`, `dossier watch /mnt/scanner`; 按 Ctrl-C 停止 stops it"


def command(
    folder: Annotated[
        Path | None, typer.Argument(help="扫描文件夹，默认 DOSSIER_INBOX。The folder.", show_default=False)
    ] = None,
    reader: ReaderName = "auto",
    line_up: Annotated[
        bool,
        typer.Option(
            "--line-up",
            help="只取件排队，由 dossier worker 识别归档。Only take files in; dossier worker does the rest.",
        ),
    ] = False,
    metrics: Annotated[
        str,
        typer.Option(
            "--metrics",
            metavar="HOST:PORT",
            help="提供 /metrics 与 /healthz，默认 DOSSIER_METRICS。Where to serve them.",
        ),
    ] = "",
    json: Json = False,
) -> None:
    """守候扫描文件夹，新文件自动归档。Watch the inbox and file whatever the scanner drops there."""
    settings = load_settings(**({} if folder is None else {"inbox": folder}))
    if folder is None:
        make_inbox(settings)
    elif not folder.is_dir():
        raise BadWord(
            f"没有文件夹 {folder}，请先建立或另行指定。there is no folder {folder}; make it or name another one"
        )
    stop = threading.Event()
    watchers: list[Watcher] = []

    def told_to_stop(_number: int, _frame: object) -> None:
        stop.set()
        for watcher in watchers:
            watcher.hurry()

    signal.signal(signal.SIGINT, told_to_stop)
    signal.signal(signal.SIGTERM, told_to_stop)

    def told(outcome: Outcome) -> None:
        if json and not outcome.waiting:
            json_line(outcome_json(outcome, outcome.name))

    with (
        open_archive(settings) as archive,
        open_pool(settings, reader) as pool,
        Owner(settings.home / "run") as owner,
        Heartbeat(archive, owner.id),
    ):
        archive.dms.prepare(vocabulary(archive.rules))
        line_up = line_up or bool(settings.broker_url)
        announcer = announcer_of(settings)
        announce = announcer.announce if announcer else _nobody
        intaking = Intaking(archive, pool, owner, told, announce=announce if line_up else None)
        inbox = settings.inbox_folder
        passes = Passes(archive, pool, intaking, inbox)
        watcher = Watcher(
            settings, inbox, intaking, pool.workers, passes, partial(held_up, archive, lined_up=line_up)
        )
        if announcer is not None:
            watcher.look_after = partial(announcer.look_after, archive, settings.max_waiting)
        watchers.append(watcher)
        post = Post(settings, archive.rules, archive.engine, metrics or settings.metrics)

        def sight() -> Sight:
            # Who only lines up puts passes together with his processes, and reads nothing.
            return replace(watcher.sight(), processes=0) if line_up else watcher.sight()

        with post.looking(alarm=True), post.at_work("line-up" if line_up else "watch", sight):
            taken_up = intaking.recover()
            log().info("watching", folder=str(settings.inbox_folder), workers=pool.workers, taken_up=taken_up)
            watcher.run(stop)
        intaking.publish()
        log().info("stopped", in_spool=intaking.stuck)
        intaking.give_back()


def announcer_of(settings: Settings) -> Announcer | None:
    """Who tells workers elsewhere of files that wait; None where there is no broker."""
    if not settings.broker_url:
        return None
    # Imported here: Celery is not needed without a broker.
    from plugins.intake.broker import Announcer, make_app

    return Announcer(make_app(settings))


def _nobody(_intake_id: str) -> object:
    """Local workers look into the table themselves: nobody is told."""
    return None
