"""Faults that are injected at one point of a file's way, each point by its number."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
import sqlalchemy as sa

from tests.plugins.paperless.wire import Answer, Asked, Responder, told

STORAGE = ("rename", "replace", "fsync", "mkdir", "open")
"""What is asked of the disk on a file's way, and may be answered with an error."""


KINDS = (
    *(
        "500",
        "500 and done",
        "502 and done",
        "429",
        "401",
        "full",
        "slow",
        "half a body",
        "cut",
        "cut and done",
    ),
    *("html", "login", "404 of a proxy", "400 of a page"),
)
"""How a DMS may answer a request badly; see `faulty`."""


class Countdown:
    """Counts points; `strikes` at the one with that number, and `passed` how many there were."""

    def __init__(self, number: int) -> None:
        self.passed = 0
        self._number = number

    def strikes(self) -> bool:
        """Whether this is the point."""
        self.passed += 1
        return self.passed == self._number


@contextmanager
def broken_storage(point: Countdown, code: int, inside: str) -> Iterator[None]:
    """The disk answers with that error at one point, for everything whose path contains `inside`."""
    with pytest.MonkeyPatch.context() as patch:
        for name in STORAGE:
            patch.setattr(os, name, _failing(getattr(os, name), point, code, inside))
        yield


def _failing(real: Callable[..., Any], point: Countdown, code: int, inside: str) -> Callable[..., Any]:
    def around(*words: Any, **more: Any) -> Any:
        about_it = isinstance(words[0], int) or any(inside in str(word) for word in words)
        if about_it and point.strikes():
            raise OSError(code, os.strerror(code))
        return real(*words, **more)

    return around


@contextmanager
def broken_database(engine: sa.Engine, point: Countdown) -> Iterator[None]:
    """Our database does not answer at one transaction, or at its end."""

    def fail(*_told: object) -> None:
        if point.strikes():
            raise sa.exc.OperationalError("BEGIN", {}, Exception("database is locked"))

    sa.event.listen(engine, "begin", fail)
    sa.event.listen(engine, "commit", fail)
    try:
        yield
    finally:
        sa.event.remove(engine, "begin", fail)
        sa.event.remove(engine, "commit", fail)


def faulty(server: Responder, point: Countdown, kind: str) -> Responder:
    """A DMS that answers one request in its own bad way; what it was asked to do it does all the same where it says."""
    bad = {
        "500": (False, told({"detail": "error"}, 500)),
        "500 and done": (True, told({"detail": "error"}, 500)),
        "429": (False, Answer(429, b"{}", {"Content-Type": "application/json", "Retry-After": "0"})),
        "401": (False, told({"detail": "Invalid token."}, 401)),
        "html": (False, _page(200)),
        "login": (False, Answer(302, b"", {"Location": "/accounts/login/", "Content-Type": "text/html"})),
        "404 of a proxy": (False, _page(404)),
        "400 of a page": (False, _page(400)),
        "502 and done": (True, _page(502)),
        "cut": (False, Answer(0)),
        "cut and done": (True, Answer(0)),
        "full": (False, told({"detail": "No space left on device"}, 507)),
        "half a body": (True, Answer(200, b'{"count": 1, "res', promised=4000)),
        "slow": (True, told({})),
    }

    def answer(asked: Asked) -> Answer:
        if not point.strikes():
            return server(asked)
        is_done, wrong = bad[kind]
        if is_done:
            right = server(asked)
            if kind == "slow":
                # Longer than the client waits in these tests.
                _sleep(0.5)
                return right
        return wrong

    return answer


def _page(status: int) -> Answer:
    return Answer(status, b"<html><title>nobody</title></html>", {"Content-Type": "text/html"})


def _sleep(seconds: float) -> None:
    import time

    time.sleep(seconds)


NO_SPACE, READ_ONLY = errno.ENOSPC, errno.EROFS
