"""Whether a file looks written to its end, judged by its last bytes alone.

A hint, cheap enough to be asked at every look: a scanner that pauses between two bursts leaves a file
that has not changed for seconds and is not whole. What never looks whole is taken in all the same
once patience is over, and refused by the reader if it is really damaged.
"""

from __future__ import annotations

import struct
from pathlib import Path

from consumers import media

_TAIL = 2048


def looks_whole(path: Path) -> bool:
    """Whether the file ends as its type should; False for an empty, unknown or vanished file."""
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            head = file.read(1024)
            file.seek(max(0, size - _TAIL))
            tail = file.read(_TAIL)
    except OSError:
        return False
    kind = media.sniff(head)
    if kind == media.PDF:
        return b"%%EOF" in tail
    if kind == "image/jpeg":
        return b"\xff\xd9" in tail
    if kind == "image/png":
        return b"IEND" in tail
    if kind == "image/webp":
        return int(struct.unpack_from("<I", head, 4)[0]) + 8 <= size
    if kind == "image/bmp":
        return int(struct.unpack_from("<I", head, 2)[0]) <= size
    if kind == media.TIFF:
        return _directories_within(path, head, size)
    return False


def _directories_within(path: Path, head: bytes, size: int) -> bool:
    """Whether every directory of a TIFF lies inside the file (TIFF 6.0, section 2)."""
    order = "<" if head[:2] == b"II" else ">"
    place = int(struct.unpack_from(f"{order}I", head, 4)[0])
    seen = set()
    with path.open("rb") as file:
        while place:
            if place in seen or place + 2 > size:
                return False
            seen.add(place)
            file.seek(place)
            entries = int(struct.unpack(f"{order}H", file.read(2))[0])
            end = place + 2 + 12 * entries
            if end + 4 > size:
                return False
            file.seek(end)
            place = int(struct.unpack(f"{order}I", file.read(4))[0])
    return bool(seen)
