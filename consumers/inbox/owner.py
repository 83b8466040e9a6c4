"""Who owns a claim: a process, proven alive by a lock that the system frees when it dies.

A process number can be given to another process; a file lock can not outlive its holder. That lets
a restarted watcher take over at once what its killed forerunner had in hand.
"""

from __future__ import annotations

import fcntl
import os
import uuid
from pathlib import Path
from types import TracebackType
from typing import Self


class Owner:
    """This process, for as long as the context lasts. `id` is unique for ever."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.id = uuid.uuid4().hex
        self._handle: int | None = None

    def __enter__(self) -> Self:
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._handle = os.open(self._lock(self.id), os.O_RDWR | os.O_CREAT, 0o600)
        fcntl.flock(self._handle, fcntl.LOCK_EX)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._handle is not None:
            self._lock(self.id).unlink(missing_ok=True)
            os.close(self._handle)
            self._handle = None

    def is_alive(self, owner: str) -> bool:
        """Whether that owner's process still runs; this process itself counts as alive."""
        if owner == self.id:
            return True
        try:
            handle = os.open(self._lock(owner), os.O_RDWR)
        except OSError:
            return False
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
        else:
            self._lock(owner).unlink(missing_ok=True)
            return False
        finally:
            os.close(handle)

    def has_died(self, owner: str) -> bool:
        """Whether that owner was a process here and has ended; one of whom nothing is known may live elsewhere."""
        return self._lock(owner).exists() and not self.is_alive(owner)

    def _lock(self, owner: str) -> Path:
        return self._folder / f"{owner}.lock"
