"""Ids that were looked up by name, and are believed for some minutes: scans come in stacks and bear the same few labels."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar

_T = TypeVar("_T")

BELIEVED = 300.0
"""Seconds. A person may have renamed a label meanwhile; then it bears its new name on what is filed until this is over."""


class Remembered:
    """What was looked up, by the resource and the name. Threads may share it: at worst they look up the same."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._found: dict[tuple[str, str], tuple[object, float]] = {}

    def get(self, resource: str, name: str, look: Callable[[], _T]) -> _T:
        """What `look` gives for that name, or gave a short time ago."""
        found = self._found.get((resource, name))
        if found is not None and self._clock() - found[1] < BELIEVED:
            return found[0]  # type: ignore[return-value]  # what `look` gave for the same resource
        fresh = look()
        self._found[resource, name] = fresh, self._clock()
        return fresh

    def forget(self) -> None:
        """Look everything up anew from now on."""
        self._found.clear()
