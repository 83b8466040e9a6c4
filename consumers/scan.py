"""A Scan: one file taken in, known by the SHA-256 of its bytes."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from consumers.media import media_type_of

_CHUNK = 1 << 20


@dataclass(frozen=True)
class Scan:
    """A file taken in.

    `sha256` is 64 lower-case hex digits over the bytes as the scanner wrote them, `size` is in
    bytes, `name` is the file name as it stood in the inbox, `media_type` is told from the content
    and never from the name, `source` says where it came from (`inbox`, `command line`).
    """

    path: Path
    sha256: str
    size: int
    name: str
    media_type: str
    source: str


def scan_of(path: Path, source: str) -> Scan:
    """The Scan of a file where it lies; raises Refused for what is empty or no scan, OSError as `open`."""
    return Scan(path, sha256_of(path), path.stat().st_size, path.name, media_type_of(path), source)


def sha256_of(path: Path) -> str:
    """The SHA-256 of the file's bytes, as 64 lower-case hex digits."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            digest.update(chunk)
    return digest.hexdigest()
