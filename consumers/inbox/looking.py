"""Seeing which files of an inbox folder are finished: the periodic look is the truth, events a hint."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

_IGNORED_NAMES = {"thumbs.db", "desktop.ini", "ehthumbs.db"}
_IGNORED_ENDINGS = (".tmp", ".temp", ".part", ".partial", ".crdownload", ".filepart", ".swp", ".lock", "~")
_IGNORED_STARTS = (".", "~$", "@", "#recycle", "$recycle", "lost+found")


def is_ignored(name: str) -> bool:
    """Whether a name is one that scanners, editors, NAS boxes and sync programs give to what is not,
    or not yet, a scan: hidden, temporary, thumbnails, recycle bins."""
    low = name.lower()
    return low in _IGNORED_NAMES or low.endswith(_IGNORED_ENDINGS) or low.startswith(_IGNORED_STARTS)


@dataclass(frozen=True)
class Glimpse:
    """What one look saw of a file: if any of it changes, somebody is still writing."""

    size: int
    mtime_ns: int
    inode: int


@dataclass
class Inbox:
    """One folder, with the memory of earlier looks.

    A file is settled when its size, time of change and inode have been the same for `settle` seconds
    over at least two looks. Times are those of a monotonic clock, in seconds, given by the caller.
    """

    folder: Path
    settle: float
    _since: dict[Path, tuple[Glimpse, float]] = field(default_factory=dict)
    _odd: set[Path] = field(default_factory=set)

    def look(self, now: float) -> list[tuple[Path, float]]:
        """The settled files with the seconds for which they have been so, longest first.

        A folder that can not be listed (a share that went away) gives nothing and forgets nothing.
        """
        seen: dict[Path, tuple[Glimpse, float]] = {}
        try:
            for path, glimpse in self._walk():
                known = self._since.get(path)
                seen[path] = known if known is not None and known[0] == glimpse else (glimpse, now)
        except OSError:
            return []
        settled = [
            (path, now - since)
            for path, (_, since) in seen.items()
            if path in self._since and now - since >= self.settle
        ]
        self._since = seen
        return sorted(settled, key=lambda entry: -entry[1])

    def odd(self) -> list[Path]:
        """What lies in the folder and is no regular file (links, devices), each told once."""
        fresh = []
        for path in self._everything():
            try:
                mode = path.lstat().st_mode
            except OSError:
                continue
            if not stat.S_ISREG(mode) and not stat.S_ISDIR(mode) and path not in self._odd:
                self._odd.add(path)
                fresh.append(path)
        return fresh

    def waiting(self) -> int:
        """How many files the last look saw, settled or not."""
        return len(self._since)

    def _walk(self) -> Iterator[tuple[Path, Glimpse]]:
        # os.walk would swallow an unreadable top folder; a vanished share must not look like an empty one.
        with os.scandir(self.folder):
            pass
        for path in self._everything():
            try:
                status = path.lstat()
            except OSError:
                # Gone already, or in a folder whose names may be read and nothing else: it costs itself only.
                continue
            if stat.S_ISREG(status.st_mode):
                yield path, Glimpse(status.st_size, status.st_mtime_ns, status.st_ino)

    def _everything(self) -> Iterator[Path]:
        for top, folders, names in os.walk(self.folder, followlinks=False):
            linked = [name for name in folders if os.path.islink(os.path.join(top, name))]
            folders[:] = sorted(name for name in folders if not is_ignored(name) and name not in linked)
            for name in [*linked, *sorted(names)]:
                if not is_ignored(name):
                    yield Path(top, name)
