"""The scanner's bytes, kept under their checksum: originals/ab/cd/abcd…; beside them, in the same way and under
the same checksum, their archive versions: archives/ab/cd/abcd….

What lies there is never changed. Bytes come in under another name, are on the disk before they get
their own, and get it in the same transaction as their row; what a crash leaves without a row is
taken over when the same bytes come again.
"""

from __future__ import annotations

import hashlib
import os
import stat
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BufferedReader
from pathlib import Path
from typing import BinaryIO

from plugins.backends.local.trouble import explained
from retention.errors import DmsRefused, DmsUnavailable

_CHUNK = 1 << 20
_STALE_SECONDS = 24 * 60 * 60


@dataclass(frozen=True)
class Incoming:
    """Bytes that are safely on the disk under a passing name, and their SHA-256."""

    part: Path
    sha256: str


class Originals:
    """The folders `kept` and `incoming` in `root`. Raises DmsUnavailable where the disk fails."""

    def __init__(self, root: Path, kept: str = "originals") -> None:
        self._kept = root / kept
        self._incoming = root / "incoming"
        with explained(root):
            for folder in (self._kept, self._incoming):
                folder.mkdir(mode=0o700, exist_ok=True)
            _sync_folder(root)

    def any(self) -> bool:
        """Whether anything was ever kept here."""
        with explained(self._kept):
            return next(self._kept.iterdir(), None) is not None

    def sweep(self, now: float) -> None:
        """Remove what broken-off filings left more than a day before `now` (seconds since 1970)."""
        with explained(self._incoming):
            for part in self._incoming.glob("*.part"):
                try:
                    if now - part.stat().st_mtime > _STALE_SECONDS:
                        part.unlink()
                except FileNotFoundError:  # another process finished it or swept it
                    continue

    @contextmanager
    def take_in(self, source: Path) -> Iterator[Incoming]:
        """Copy the bytes of `source`, durably. The copy goes when the block ends unless it was kept.
        Raises DmsRefused where `source` is no regular file or can not be read."""
        part = self._incoming / f"{uuid.uuid4().hex}.part"
        with explained(self._incoming), _opened(source) as stream:
            try:
                yield Incoming(part, _copy(stream, part))
            finally:
                part.unlink(missing_ok=True)

    def keep(self, incoming: Incoming, sha256: str = "") -> None:
        """Give the bytes their place, durably: that of their own checksum, or of the one that is told."""
        place = self._place(sha256 or incoming.sha256)
        with explained(self._kept):
            for folder in (place.parent.parent, place.parent):
                folder.mkdir(mode=0o700, exist_ok=True)
            os.replace(incoming.part, place)
            for folder in (place.parent, place.parent.parent, self._kept):
                _sync_folder(folder)

    def read(self, sha256: str) -> bytes:
        """The bytes as they lie on the disk; raises DmsUnavailable where they are missing."""
        with self._open(sha256) as stream:
            return stream.read()

    def has(self, sha256: str) -> bool:
        """Whether there are bytes under the name `sha256`."""
        with explained(self._kept):
            return self._place(sha256).exists()

    def remove(self, sha256: str) -> None:
        """Remove the bytes under the name `sha256`, durably; nothing happens where there are none."""
        place = self._place(sha256)
        with explained(self._kept):
            place.unlink(missing_ok=True)
            if place.parent.exists():
                _sync_folder(place.parent)

    def checksum(self, sha256: str) -> str:
        """The SHA-256 of the bytes as they lie on the disk under the name `sha256`."""
        with self._open(sha256) as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()

    def _place(self, sha256: str) -> Path:
        return self._kept / sha256[:2] / sha256[2:4] / sha256

    @contextmanager
    def _open(self, sha256: str) -> Iterator[BufferedReader]:
        place = self._place(sha256)
        with explained(place):
            try:
                stream = place.open("rb")
            except FileNotFoundError as error:
                raise DmsUnavailable(f"the original {place} is missing: restore it from a backup") from error
            with stream:
                yield stream


@contextmanager
def _opened(source: Path) -> Iterator[BinaryIO]:
    try:
        # A pipe would keep us waiting for ever.
        stream = source.open("rb") if stat.S_ISREG(source.stat().st_mode) else None
    except OSError as error:
        raise DmsRefused(f"{source} can not be read: {error.strerror}") from error
    if stream is None:
        raise DmsRefused(f"{source} is no regular file: only those are filed")
    with stream:
        yield stream


def _copy(stream: BinaryIO, part: Path) -> str:
    digest = hashlib.sha256()
    with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as copy:
        while chunk := stream.read(_CHUNK):
            digest.update(chunk)
            copy.write(chunk)
        copy.flush()
        os.fsync(copy.fileno())
    return digest.hexdigest()


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
