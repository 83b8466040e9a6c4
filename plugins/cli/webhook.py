"""`dossier webhook`: the door for paperless-ngx' workflows."""

from __future__ import annotations

import signal
import threading
from typing import Annotated

import typer

from plugins import database
from plugins.cli.starting import load_settings
from plugins.errors import BadSetting, BadWord
from plugins.logs import log
from plugins.paperless.webhook.door import Door
from plugins.sweeping import asked
from plugins.wiring import now

EXAMPLES = "例 Example: `dossier webhook`, `dossier webhook --bind 127.0.0.1:8777`; 按 Ctrl-C 停止 stops it"
_LEAST = 16


def command(
    bind: Annotated[
        str, typer.Option("--bind", metavar="HOST:PORT", help="监听地址。Where to listen.")
    ] = "127.0.0.1:8777",
) -> None:
    """接收 paperless-ngx 工作流的通知，排入队列，由 dossier sweep 处理。Takes what workflows tell; a sweep does it."""
    address = _address(bind)
    settings = load_settings()
    if len(settings.webhook_secret) < _LEAST:
        raise BadSetting(
            f"DOSSIER_WEBHOOK_SECRET: it is empty or short: write {_LEAST} characters or more, as `openssl rand -hex 24` "
            "makes them, here and in the workflow's header"
        )
    engine = database.connect(settings.database)

    def put(number: str) -> None:
        with engine.begin() as connection:
            asked.ask(connection, [number], "webhook", now())

    try:
        door = Door(address, settings.webhook_secret, put)
    except OSError as error:
        raise BadWord(
            f"--bind: 这个地址不能监听 nothing can listen at {bind}: {error.strerror}; name another port"
        ) from error
    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    threading.Thread(target=door.serve_forever, daemon=True).start()
    log().info("listening", at=f"{address[0]}:{door.server_address[1]}")
    stop.wait()
    door.shutdown()
    door.server_close()
    engine.dispose()


def _address(bind: str) -> tuple[str, int]:
    host, colon, port = bind.rpartition(":")
    if not (colon and host and port.isdecimal() and int(port) < 65536):
        raise BadWord(f"--bind: 地址有误 {bind!r} is no address: write HOST:PORT, as 127.0.0.1:8777")
    return host.strip("[]"), int(port)
