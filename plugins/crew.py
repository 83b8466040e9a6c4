"""The crew: local worker processes, watched over by the one that started them."""

from __future__ import annotations

import multiprocessing
import os
import threading
import time
from multiprocessing.context import SpawnProcess

from plugins import working
from plugins.logs import log
from plugins.settings import Settings

_LOOK_EVERY = 0.5
_AGAIN_AFTER = 5.0
"""Seconds between two starts of the same worker, so that one that can not work does not keep the machine busy."""


class Crew:
    """So many workers; one that dies is started again, and the file that it had comes back to the others."""

    def __init__(self, settings: Settings, count: int, reader: str = "") -> None:
        self._settings = settings
        self._reader = reader
        self._places: list[tuple[SpawnProcess, float]] = [self._start() for _ in range(count)]

    def run(self, stop: threading.Event) -> None:
        """Watch over them until `stop` is set; then tell each to stop, and wait until all have."""
        while not stop.wait(_LOOK_EVERY):
            self._places = [self._kept_up(process, began) for process, began in self._places]
        for process, _ in self._places:
            process.terminate()
        for process, _ in self._places:
            process.join()

    @property
    def pids(self) -> list[int]:
        """The numbers of the processes that work now."""
        return [process.pid for process, _ in self._places if process.pid is not None]

    def _start(self) -> tuple[SpawnProcess, float]:
        told = (self._settings, self._reader, os.getpid())
        process = multiprocessing.get_context("spawn").Process(target=working.work, args=told)
        process.start()
        return process, time.monotonic()

    def _kept_up(self, process: SpawnProcess, began: float) -> tuple[SpawnProcess, float]:
        if process.is_alive() or time.monotonic() - began < _AGAIN_AFTER:
            return process, began
        log().error("a worker has ended; another one is started", code=process.exitcode)
        return self._start()
