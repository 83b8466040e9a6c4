"""How many documents a minute are touched, so that people who work with the server do not feel it."""

from __future__ import annotations

from collections.abc import Callable


class Pace:
    """Lets so many through in a minute, evenly; 0: as many as come. `now` gives seconds, `sleep` waits some."""

    def __init__(self, per_minute: float, now: Callable[[], float], sleep: Callable[[float], object]) -> None:
        self._every = 60.0 / per_minute if per_minute > 0 else 0.0
        self._now = now
        self._sleep = sleep
        self._next = now()

    def wait(self) -> None:
        """Come back when the next one may be touched."""
        if not self._every:
            return
        left = self._next - self._now()
        if left > 0:
            self._sleep(left)
        self._next = max(self._now(), self._next) + self._every
