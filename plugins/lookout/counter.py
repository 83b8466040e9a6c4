"""The counter at which figures and health are asked for: `/metrics` and `/healthz` over HTTP, small and bounded."""

from __future__ import annotations

import json
import socket
import threading
import time
from dataclasses import asdict
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import sqlalchemy as sa

from plugins.errors import BadWord
from plugins.lookout import metrics, queue_state, wellness
from plugins.lookout.check import Check
from plugins.lookout.outside import Look
from plugins.lookout.queue_state import QueueState
from plugins.settings import Settings
from plugins.wiring import now

_SECONDS = 5.0
_AT_ONCE = 8
_SHARE = 20.0
"""A look at the table is not repeated before so many times the time that it took: at most a twentieth of a core."""


class Counter(ThreadingHTTPServer):
    """Answers at `address` from our database and the last look at what lies outside."""

    daemon_threads = True

    def __init__(
        self, address: tuple[str, int], settings: Settings, engine: sa.Engine, outside: Look
    ) -> None:
        self._settings, self._engine, self._outside = settings, engine, outside
        self._room = threading.BoundedSemaphore(_AT_ONCE)
        self._one_at_a_time = threading.Lock()
        self._kept: tuple[QueueState | None, float] = (None, 0.0)
        if ":" in address[0]:
            self.address_family = socket.AF_INET6
        super().__init__(address, _Question)

    def queue(self) -> QueueState | None:
        """How the queue stands, as fresh as may be asked for; None where our database does not answer."""
        with self._one_at_a_time:
            if time.monotonic() < self._kept[1]:
                return self._kept[0]
            began = time.monotonic()
            queue = queue_state.look_safely(self._engine, now())
            ended = time.monotonic()
            self._kept = (queue, ended + _SHARE * (ended - began))
            return queue

    def figures(self) -> bytes:
        """What a scrape is answered with."""
        return metrics.text_of(self.queue(), self._outside.last)

    def checks(self) -> list[Check]:
        """What `/healthz` is answered with."""
        return wellness.examine_now(self._settings, self.queue(), self._outside)

    def process_request(self, request, client_address) -> None:  # type: ignore[no-untyped-def]  # as in socketserver
        """A thread for it, as long as not too many are being answered already."""
        if not self._room.acquire(blocking=False):
            self.shutdown_request(request)
            return
        super().process_request(request, client_address)

    def process_request_thread(self, request, client_address) -> None:  # type: ignore[no-untyped-def]  # as there
        """Answer it, and make room for the next."""
        try:
            super().process_request_thread(request, client_address)
        finally:
            self._room.release()


class _Question(BaseHTTPRequestHandler):
    server: Counter
    timeout = _SECONDS
    server_version, sys_version = "dossier", ""

    def do_GET(self) -> None:
        """Either page."""
        place = self.path.partition("?")[0]
        if place == "/metrics":
            self._say(HTTPStatus.OK, metrics.CONTENT_TYPE, self.server.figures())
        elif place == "/healthz":
            checks = self.server.checks()
            well = wellness.is_well(checks)
            body = {"ok": well, "checks": [asdict(check) for check in checks]}
            status = HTTPStatus.OK if well else HTTPStatus.SERVICE_UNAVAILABLE
            self._say(status, "application/json", json.dumps(body, ensure_ascii=False).encode())
        else:
            self._say(HTTPStatus.NOT_FOUND, "text/plain; charset=utf-8", b"/metrics, /healthz\n")

    do_HEAD = do_GET  # noqa: N815 - a name of http.server

    def _say(self, status: HTTPStatus, kind: str, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - its name in http.server
        """To be asked is no event."""


def address_of(word: str) -> tuple[str, int]:
    """HOST:PORT as a pair; a port alone is that of the loopback address. Raises BadWord."""
    host, _, port = word.rpartition(":")
    if not (port.isascii() and port.isdecimal() and int(port) < 65536) or (":" in word and not host):
        raise BadWord(f"{word!r} is no address: write HOST:PORT, as 127.0.0.1:9464")
    return host.strip("[]") or "127.0.0.1", int(port)
