"""Seeing which files of an inbox folder are finished: the periodic look is the truth, events a hint.

A thorough look asks for the state of every file. In a folder of a hundred thousand that costs half a second, so that between
two of them a brief look makes do with what costs next to nothing: the folders that have changed, the files that have not
settled, and, one by one, those that are about to be taken.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

_IGNORED_NAMES = {"thumbs.db", "desktop.ini", "ehthumbs.db"}
_IGNORED_ENDINGS = (".tmp", ".temp", ".part", ".partial", ".crdownload", ".filepart", ".swp", ".lock", "~")
_IGNORED_STARTS = (".", "~$", "@", "#recycle", "$recycle", "lost+found")
_SLACK = 3.0
"""Seconds for which a folder that has changed is listed at each look: its time of change may count in steps of two."""


def is_ignored(name: str) -> bool:
    """Whether a name is one that scanners, editors, NAS boxes and sync programs give to what is not,
    or not yet, a scan: hidden, temporary, thumbnails, recycle bins."""
    low = name.lower()
    return low in _IGNORED_NAMES or low.endswith(_IGNORED_ENDINGS) or low.startswith(_IGNORED_STARTS)


def inode_of(path: Path) -> int:
    """The number by which a log can name a file, whose name may be a customer's; 0 where it has gone."""
    try:
        return path.lstat().st_ino
    except OSError:
        return 0


@dataclass(frozen=True, slots=True)
class Glimpse:
    """What one look saw of a file: if any of it changes, somebody is still writing."""

    size: int
    mtime_ns: int
    inode: int


@dataclass(slots=True)
class _Folder:
    """A folder as it was listed: its time of change, since when it has that, and what is in it."""

    mtime_ns: int
    since: float
    listed: float = 0.0
    files: set[str] = field(default_factory=set)
    folders: list[str] = field(default_factory=list)


@dataclass
class Inbox:
    """One folder, with the memory of earlier looks.

    A file is settled when its size, time of change and inode have been the same for `settle` seconds
    over at least two looks. Times are those of a monotonic clock, in seconds, given by the caller.
    """

    folder: Path
    settle: float
    _since: dict[str, tuple[Glimpse, float]] = field(default_factory=dict)
    _young: dict[str, None] = field(default_factory=dict)
    """Those that have not settled."""
    _settled: dict[str, None] = field(default_factory=dict)
    """The others, in the order in which they settled."""
    _folders: dict[str, _Folder] = field(default_factory=dict)
    _odd: set[str] = field(default_factory=set)
    _untold: list[Path] = field(default_factory=list)

    def look(
        self, now: float, *, thorough: bool = True, rests: Callable[[str], bool] = lambda _path: False
    ) -> Iterator[tuple[Path, float]]:
        """The settled files with the seconds for which they have been so, those that settled first before others.

        A folder that can not be listed (a share that went away) gives nothing and forgets nothing. After a brief look
        each file is looked at once more when it is its turn; whoever stops early spares the rest. What rests is passed over.
        """
        before = set(self._young)
        try:
            self._walk(now, thorough=thorough)
        except OSError:
            return iter(())
        self._let_settle(now, before)
        return self._standing(now, thorough, rests)

    def odd(self) -> list[Path]:
        """What the looks have found that is no regular file (links, devices), each told once."""
        told, self._untold = self._untold, []
        return told

    def waiting(self) -> int:
        """How many files the last look saw, settled or not."""
        return len(self._since)

    def settling(self) -> int:
        """How many of them have not settled: they are worth another look soon."""
        return len(self._young)

    def longest(self, now: float) -> float:
        """The seconds for which the first of them has stood there unchanged; 0.0 where there is none."""
        first = next(iter(self._settled or self._young), None)
        return 0.0 if first is None else now - self._since[first][1]

    def _let_settle(self, now: float, before: set[str]) -> None:
        """Settle what was young at the look before, too, and has not changed for long enough."""
        due = [path for path in self._young if path in before and now - self._since[path][1] >= self.settle]
        for path in sorted(due, key=lambda path: (self._since[path][1], path)):
            del self._young[path]
            self._settled[path] = None

    def _standing(self, now: float, sure: bool, rests: Callable[[str], bool]) -> Iterator[tuple[Path, float]]:
        for path in list(self._settled):
            if rests(path):
                continue
            if not sure:
                self._look_at(path, now)
            if path in self._settled:
                yield Path(path), now - self._since[path][1]

    def _walk(self, now: float, *, thorough: bool) -> None:
        # A vanished share must not look like an empty one: what can not be listed at the top ends the look.
        top, left = os.fspath(self.folder), set(self._folders)
        open_ones = [top]
        while open_ones:
            path = open_ones.pop()
            try:
                folder = self._folder(path, now, thorough=thorough)
            except OSError:
                if path == top:
                    raise
                continue
            left.discard(path)
            open_ones += folder.folders
        for path in left:
            for file in self._folders.pop(path).files:
                self._forget(file)
        if not thorough:
            for path in list(self._young):
                self._look_at(path, now)

    def _folder(self, path: str, now: float, *, thorough: bool) -> _Folder:
        """That folder as it is now; listed again only where it may have changed."""
        mtime_ns = Path(path).stat().st_mtime_ns
        known = self._folders.get(path)
        if known is None:
            known = self._folders[path] = _Folder(mtime_ns, now, now - 1)
        elif known.mtime_ns != mtime_ns:
            known.mtime_ns, known.since = mtime_ns, now
        elif not thorough and known.listed >= known.since + _SLACK:
            return known
        self._list(path, known, now, thorough=thorough)
        known.listed = now
        return known

    def _list(self, path: str, known: _Folder, now: float, *, thorough: bool) -> None:
        files, folders = set(), []
        with os.scandir(path) as entries:
            for entry in entries:
                if is_ignored(entry.name):
                    continue
                kind = _kind(entry)
                if kind == "file":
                    files.add(entry.path)
                elif kind == "folder":
                    folders.append(entry.path)
                elif kind and entry.path not in self._odd:
                    self._odd.add(entry.path)
                    self._untold.append(Path(entry.path))
        for file in known.files - files:
            self._forget(file)
        for file in files if thorough else files - known.files:
            self._look_at(file, now)
        known.files, known.folders = files, folders

    def _look_at(self, path: str, now: float) -> None:
        """Look at one file: one that has changed, or is another one by now, is young again."""
        try:
            status = os.lstat(path)
        except OSError:
            # Gone already, or in a folder whose names may be read and nothing else: it costs itself only.
            self._forget(path)
            return
        if not stat.S_ISREG(status.st_mode):
            self._forget(path)
            return
        seen = Glimpse(status.st_size, status.st_mtime_ns, status.st_ino)
        known = self._since.get(path)
        if known is None or known[0] != seen:
            self._settled.pop(path, None)
            self._young[path] = None
            self._since[path] = seen, now

    def _forget(self, path: str) -> None:
        for kept in (self._since, self._young, self._settled):
            kept.pop(path, None)


def _kind(entry: os.DirEntry[str]) -> str:
    """What an entry is: a file, a folder, something odd, or, empty, nothing that can be told just now."""
    try:
        if entry.is_file(follow_symlinks=False):
            return "file"
        return "folder" if entry.is_dir(follow_symlinks=False) else "odd"
    except OSError:
        return ""
