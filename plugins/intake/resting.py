"""Files of the inbox that could not be claimed: each rests, longer each time, before it is tried again.

To try costs a folder in the spool and a wait for the disk. Where it is the folder that forbids it, all its files rest.
"""

from __future__ import annotations

import errno
from dataclasses import dataclass, field

_FIRST, _LONGEST = 2.0, 300.0
_OF_THE_FOLDER = (errno.EACCES, errno.EPERM, errno.EROFS)
_MOST = 1_000
"""So many are remembered; what is forgotten is only tried sooner."""


@dataclass
class Resting:
    """What rests until when. Times are those of a monotonic clock, in seconds, given by the caller."""

    _until: dict[str, tuple[float, float]] = field(default_factory=dict)

    def rests(self, path: str, now: float) -> bool:
        """Whether it, or the folder that it lies in, is left alone for now."""
        return bool(self._until) and any(
            self._until.get(one, (0.0, 0.0))[0] > now for one in (path, _folder_of(path))
        )

    def failed(self, path: str, error: OSError, now: float) -> float:
        """Note that it could not be claimed; gives back for how many seconds it rests. One that is gone rests for none."""
        if isinstance(error, FileNotFoundError):
            return 0.0
        what = _folder_of(path) if error.errno in _OF_THE_FOLDER else path
        pause = min(_LONGEST, 2 * self._until.pop(what, (0.0, _FIRST / 2))[1])
        while len(self._until) >= _MOST:
            del self._until[next(iter(self._until))]
        self._until[what] = now + pause, pause
        return pause

    def claimed(self, path: str) -> None:
        """Note that it could be claimed after all."""
        if self._until:
            self._until.pop(path, None)
            self._until.pop(_folder_of(path), None)


def _folder_of(path: str) -> str:
    return path.rpartition("/")[0]
