"""What lies outside of our database: DMS, disk and folders, looked at again and again by a thread of its own.

A share that hangs or a server that answers slowly then costs nobody who asks; he is told how old the look is.
"""

from __future__ import annotations

import shutil
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from types import TracebackType
from typing import Self

from plugins.backends import BACKENDS
from plugins.settings import Settings
from plugins.wiring import Rules, place_of
from retention.dms import Dms

EVERY = 15.0
"""Seconds between two looks."""


@dataclass(frozen=True)
class Outside:
    """One look. `trouble` is the sort of error with which the DMS answered, empty where it is well; `set_aside` how many
    files lie in the set-aside folder, None where that can not be listed; `seconds` how long the DMS took."""

    trouble: str
    seconds: float
    free: int
    inbox: bool
    set_aside: int | None


class Look:
    """The last look and its age. A context manager, which looks until it is left."""

    def __init__(self, settings: Settings, rules: Rules, clock: Callable[[], float] = time.monotonic) -> None:
        self._settings, self._rules, self._clock = settings, rules, clock
        self._dms: Dms | None = None
        self._last: tuple[Outside, float] | None = None
        self._begun = clock()
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._go_on, name="lookout", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        # Not waited for: it may hang at the very share that is the trouble.
        self._ended.set()

    @property
    def last(self) -> Outside | None:
        """What the last look saw; None as long as the first one lasts."""
        return self._last[0] if self._last else None

    @property
    def age(self) -> float:
        """Seconds since the last look ended."""
        return self._clock() - (self._last[1] if self._last else self._begun)

    def now(self) -> Outside:
        """Look, and remember it."""
        began = self._clock()
        trouble = self._ask()
        seconds = self._clock() - began
        settings = self._settings
        found = Outside(
            trouble,
            seconds,
            _free(settings),
            settings.inbox_folder.is_dir(),
            _set_aside(settings),
        )
        self._last = (found, self._clock())
        return found

    def _go_on(self) -> None:
        while not self._ended.is_set():
            self.now()
            self._ended.wait(EVERY)

    def _ask(self) -> str:
        try:
            # Its own: what takes files in does not wait for it, and shares no connection with it.
            self._dms = self._dms or BACKENDS[self._settings.dms](place_of(self._settings, self._rules))
            self._dms.status()
        except Exception as error:  # noqa: BLE001 - whatever it is, it is told and asked again
            return type(error).__name__
        return ""


def _free(settings: Settings) -> int:
    try:
        return shutil.disk_usage(settings.home).free
    except OSError:
        return 0


def _set_aside(settings: Settings) -> int | None:
    folder = settings.set_aside_folder
    try:
        return sum(one.suffix == ".json" for one in folder.iterdir()) if folder.is_dir() else 0
    except OSError:
        return None
