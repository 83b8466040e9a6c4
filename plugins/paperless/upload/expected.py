"""Looking for bytes while their file is still being read: the answer is there when its filing begins."""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future

BELIEVED = 5.0
"""Seconds for which it is believed what the server has and does not have; a file whose reading takes longer is looked for
again. Whoever sends the same bytes meanwhile is found after the upload."""

_Found = Future[int | None]


class Expected:
    """What `look` gives for bytes that are on their way, one after the other. Threads may share it."""

    def __init__(
        self, look: Callable[[str], int | None], clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._look = look
        self._clock = clock
        self._asked: dict[str, tuple[_Found, float]] = {}
        self._line: queue.SimpleQueue[tuple[str, _Found]] = queue.SimpleQueue()
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None

    def begin(self, sha256: str) -> None:
        """Look for them, in a thread of its own; waits for nothing and raises nothing."""
        future: _Found = Future()
        with self._lock:
            now = self._clock()
            for name, (old, since) in list(self._asked.items()):
                if now - since > BELIEVED:
                    old.cancel()
                    del self._asked[name]
            self._asked[sha256] = future, now
            if self._thread is None:
                # A daemon: a server that does not answer must not keep the program from its end.
                self._thread = threading.Thread(target=self._work, daemon=True)
                self._thread.start()
        self._line.put((sha256, future))

    def end(self, sha256: str) -> int | None:
        """What was found, told once; what is not known, or no longer believed, is looked for now. Raises what `look`
        raises."""
        with self._lock:
            future, since = self._asked.pop(sha256, (None, 0.0))
            stale = self._clock() - since > BELIEVED
        # What has not come to its turn yet comes sooner this way.
        if future is None or stale or future.cancel():
            return self._look(sha256)
        return future.result()

    def _work(self) -> None:
        while True:
            sha256, future = self._line.get()
            if not future.set_running_or_notify_cancel():
                continue
            try:
                future.set_result(self._look(sha256))
            except BaseException as error:  # noqa: BLE001 - it belongs to whoever asks for the answer
                future.set_exception(error)
