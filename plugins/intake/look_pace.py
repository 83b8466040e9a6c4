"""How often the inbox is looked at: thoroughly so seldom that it does not burden the machine, briefly in between."""

from __future__ import annotations

import time
from types import TracebackType
from typing import Self

_SHARE = 0.01
"""So much of one processor thorough looks may take."""
_BUSY_SHARE = 0.1
"""So much of the time they may last: a folder on the network lets us wait for it, and others too."""
_LONGEST = 600.0
"""Seconds between two thorough looks, whatever they cost."""
_LEAST_GAP, _GAP, _MOST_GAP = 0.1, 4.0, 5.0
"""Seconds between two looks while events come in, that gap as a multiple of what the last one took, and its bound."""


class LookPace:
    """When a thorough look is due, in a small folder each time. A context manager around each look, which it times."""

    def __init__(self) -> None:
        self._due = 0.0
        self._began = 0.0, 0.0
        self._not_before = 0.0
        self.thorough = True
        """Whether the look that is being taken is to be a thorough one."""

    def wait(self) -> float:
        """For how many seconds yet there is to be no look."""
        return max(0.0, self._not_before - time.monotonic())

    def __enter__(self) -> Self:
        self.thorough = time.monotonic() >= self._due
        self._began = time.monotonic(), time.thread_time()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        now = time.monotonic()
        took, cpu = now - self._began[0], time.thread_time() - self._began[1]
        self._not_before = now + min(_MOST_GAP, max(_LEAST_GAP, _GAP * took))
        if self.thorough:
            self._due = now + rest_after(took, cpu)


def rest_after(took: float, cpu: float) -> float:
    """How many seconds there is to be no thorough look after one that took so many, and so many of a processor."""
    return min(_LONGEST, max(took / _BUSY_SHARE, cpu / _SHARE))
