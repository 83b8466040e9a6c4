"""`dossier metrics`: figures for Prometheus, printed once or served."""

from __future__ import annotations

import signal
import sys
import threading
from typing import Annotated

import typer

from plugins import database
from plugins.cli.starting import load_settings
from plugins.lookout import metrics
from plugins.lookout.outside import Look
from plugins.lookout.post import Post
from plugins.lookout.queue_state import look_safely
from plugins.wiring import now, open_rules

EXAMPLES = (
    "例 Example: `dossier metrics`, `dossier metrics --serve 127.0.0.1:9464`; 按 Ctrl-C 停止 stops the server"
)


def command(
    serve: Annotated[
        str,
        typer.Option(
            "--serve",
            metavar="HOST:PORT",
            help="一直提供 /metrics 与 /healthz，并按设置报警。Go on serving them, and tell of trouble as set.",
        ),
    ] = "",
) -> None:
    """收件指标（Prometheus 文本格式）。How intake stands, in the text format of Prometheus."""
    settings = load_settings()
    rules = open_rules(settings)
    engine = database.connect(settings.database)
    try:
        if not serve:
            text = metrics.text_of(look_safely(engine, now()), Look(settings, rules).now())
            sys.stdout.buffer.write(text)
            sys.stdout.flush()
            return
        stop = threading.Event()
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: stop.set())
        with Post(settings, rules, engine, serve).looking(alarm=True):
            stop.wait()
    finally:
        engine.dispose()
