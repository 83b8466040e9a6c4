"""The HTTP server at the door: small, quick, bounded in every direction."""

from __future__ import annotations

import json
from collections.abc import Callable
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import BoundedSemaphore

from plugins.logs import log
from plugins.paperless.webhook.knock import Turned, admitted, document_in

_SECONDS = 5.0
"""The longest silence of whoever knocks; paperless-ngx itself waits no longer for the answer."""
_AT_ONCE = 16


class Door(ThreadingHTTPServer):
    """Listens at `address`; each document that is named goes to `put`, which must be quick and may raise."""

    daemon_threads = True
    request_queue_size = 64

    def __init__(self, address: tuple[str, int], secret: str, put: Callable[[str], None]) -> None:
        self.secret = secret
        self.put = put
        self.room = BoundedSemaphore(_AT_ONCE)
        super().__init__(address, _Knock)

    def process_request(self, request, client_address) -> None:  # type: ignore[no-untyped-def]  # as in socketserver
        """A thread for it, as long as not too many stand at the door already."""
        if not self.room.acquire(blocking=False):
            self.shutdown_request(request)
            return
        super().process_request(request, client_address)

    def process_request_thread(self, request, client_address) -> None:  # type: ignore[no-untyped-def]  # as there
        """Answer it, and make room for the next."""
        try:
            super().process_request_thread(request, client_address)
        finally:
            self.room.release()


class _Knock(BaseHTTPRequestHandler):
    server: Door
    timeout = _SECONDS
    server_version, sys_version = "dossier", ""

    def _answer(self) -> None:
        length = admitted(self.command, self.headers, self.server.secret)
        if isinstance(length, Turned):
            return self._turn(length)
        body = self.rfile.read(length)
        number = document_in(body, self.headers.get("Content-Type", ""))
        if isinstance(number, Turned):
            return self._turn(number)
        try:
            self.server.put(number)
        except Exception as error:  # noqa: BLE001 - the door: whoever knocks is told to come again
            log().error("the queue does not take it", id=number, why=str(error))
            return self._turn(Turned(HTTPStatus.SERVICE_UNAVAILABLE, "try again"))
        return self._say(HTTPStatus.ACCEPTED, {"queued": number})

    do_GET = do_HEAD = do_POST = do_PUT = do_PATCH = do_DELETE = do_OPTIONS = _answer  # noqa: N815 - names of http.server

    def _turn(self, turned: Turned) -> None:
        log().warning("turned away", status=int(turned.status), why=turned.words, peer=self.client_address[0])
        self._say(turned.status, {"error": turned.words})

    def _say(self, status: HTTPStatus, words: dict[str, str]) -> None:
        body = json.dumps(words).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        if status == HTTPStatus.METHOD_NOT_ALLOWED:
            self.send_header("Allow", "POST")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - its name in http.server
        """Requests are no events here; what was queued or turned away is."""
