"""A local HTTP server in a thread that answers as it is told, and remembers what it was asked."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from urllib.parse import parse_qsl, urlsplit

ANSWERS = Path(__file__).parent / "answers"


@dataclass(frozen=True)
class Asked:
    """A request: its path without the query, the query as pairs."""

    method: str
    path: str
    query: list[tuple[str, str]]
    headers: dict[str, str]
    body: bytes

    def one(self, name: str) -> str:
        """The first value of a query parameter, or an empty text."""
        return next((value for key, value in self.query if key == name), "")


@dataclass(frozen=True)
class Answer:
    """An answer. `promised` is the Content-Length, where it is not that of the body. Status 0: none, the line is cut."""

    status: int = 200
    body: bytes = b"{}"
    headers: dict[str, str] = field(default_factory=lambda: {"Content-Type": "application/json"})
    promised: int | None = None


Responder = Callable[[Asked], Answer]


def recorded(name: str) -> Answer:
    """What a real paperless-ngx 3.0.5 answered; see tests/live/record.py."""
    told = json.loads((ANSWERS / f"{name}.json").read_text(encoding="utf-8"))
    return Answer(told["status"], told["body"].encode(), told["headers"])


def told(body: object, status: int = 200) -> Answer:
    """`body` as JSON."""
    return Answer(status, json.dumps(body).encode())


def in_turn(*answers: Answer) -> Responder:
    """Each answer once, the last for ever."""
    left = list(answers)
    return lambda _: left.pop(0) if len(left) > 1 else left[0]


class Wire:
    """The server: its address, and the requests so far."""

    def __init__(self, responder: Responder) -> None:
        self.asked: list[Asked] = []
        wire = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            wbufsize = 1 << 16  # one packet an answer: small ones wait 40 ms for each other

            def _answer(self) -> None:
                length = int(self.headers.get("Content-Length") or 0)
                parts = urlsplit(self.path)
                query = parse_qsl(parts.query, keep_blank_values=True)
                request = Asked(self.command, parts.path, query, dict(self.headers), self.rfile.read(length))
                wire.asked.append(request)
                answer = responder(request)
                if not answer.status:
                    self.close_connection = True
                    return
                self.send_response(answer.status)
                for name, value in answer.headers.items():
                    self.send_header(name, value)
                promised = len(answer.body) if answer.promised is None else answer.promised
                self.send_header("Content-Length", str(promised))
                self.end_headers()
                self.wfile.write(answer.body)
                self.close_connection = answer.promised is not None

            do_GET = do_POST = do_PATCH = do_DELETE = _answer  # noqa: N815 - names of http.server

            def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - its name in http.server
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        self._thread = Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        self._thread.start()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


@contextmanager
def wire(responder: Responder | Answer) -> Iterator[Wire]:
    """A server that answers so."""
    server = Wire((lambda _: responder) if isinstance(responder, Answer) else responder)
    try:
        yield server
    finally:
        server.close()
