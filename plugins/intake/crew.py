"""The crew: local worker processes, watched over by the one that started them."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
import time
from collections.abc import Callable
from functools import partial
from multiprocessing.context import SpawnProcess

from plugins.intake import working
from plugins.logs import log
from plugins.lookout.presence import Sight
from plugins.settings import Settings

_LOOK_EVERY = 0.5
_AGAIN_AFTER = 5.0
"""Seconds between two starts of the same worker, so that one that can not work does not keep the machine busy."""


class Crew:
    """So many workers; one that dies is started again, and the file that it had comes back to the others."""

    _places: list[_Place]
    _hands: list[int]
    """How many work at each place: a Celery worker has processes of its own."""

    def __init__(self, settings: Settings, count: int, reader: str = "") -> None:
        self._hands = [1] * count
        self._set_to_work([partial(working.work, settings, reader, os.getpid())] * count)

    def run(self, stop: threading.Event) -> None:
        """Watch over them until `stop` is set; then tell each to stop, and wait until all have."""
        while not stop.wait(_LOOK_EVERY):
            self._places = [self._kept_up(*place) for place in self._places]
        for _, process, _ in self._places:
            process.terminate()
        for _, process, _ in self._places:
            process.join()

    def sight(self) -> Sight:
        """What others are told of this crew: how many work in it just now."""
        return Sight(
            sum(n for (_, one, _), n in zip(self._places, self._hands, strict=True) if one.is_alive())
        )

    @property
    def pids(self) -> list[int]:
        """The numbers of the processes that work now."""
        return [process.pid for _, process, _ in self._places if process.pid is not None]

    def _set_to_work(self, work: list[partial[None]]) -> None:
        self._places = [_start(one) for one in work]

    def _kept_up(self, work: partial[None], process: SpawnProcess, began: float) -> _Place:
        if process.is_alive() or time.monotonic() - began < _AGAIN_AFTER:
            return work, process, began
        log().error("a worker has ended; another one is started", code=process.exitcode)
        return _start(work)


class CeleryCrew(Crew):
    """A Celery worker for each queue: `count` processes that read, one that files, or either alone."""

    def __init__(self, settings: Settings, count: int, reader: str, queue: str) -> None:
        told = [("reading", count)] if queue in ("reading", "both") else []
        told += [("filing", count if queue == "filing" else 1)] if queue in ("filing", "both") else []
        self._hands = [number for _, number in told]
        self._set_to_work([partial(_celery, settings, reader, os.getpid(), *one) for one in told])


_Place = tuple["partial[None]", SpawnProcess, float]


def _start(work: partial[None]) -> _Place:
    process = multiprocessing.get_context("spawn").Process(target=work)
    process.start()
    return work, process, time.monotonic()


def _celery(settings: Settings, reader: str, parent: int, queue: str, count: int) -> None:
    """Be a Celery worker; ends on SIGTERM once what is in hand is finished, and when process `parent` has gone."""
    # Imported here: no other command needs Celery.
    from plugins.intake.broker import FILING, READING
    from plugins.tasks import Worker

    os.umask(0o077)
    # Ctrl-C goes to all processes of the terminal; the one that watches over them passes it on as SIGTERM.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with, args=(lambda: os.getppid() != parent,), daemon=True).start()
    Worker(settings, reader).run(READING if queue == "reading" else FILING, count)


def _end_with(is_orphan: Callable[[], bool]) -> None:
    while not is_orphan():
        time.sleep(1.0)
    os.kill(os.getpid(), signal.SIGTERM)
