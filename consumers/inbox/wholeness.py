"""Whether a file looks written to its end, judged by the lengths that it tells and its last bytes.

A hint, cheap enough to be asked at every look: a scanner that pauses between two bursts leaves a file
that has not changed for seconds and is not whole. What never looks whole is taken in all the same
once patience is over, and refused by the reader if it is really damaged.
"""

from __future__ import annotations

import errno
import re
import struct
from collections.abc import Iterator
from io import BufferedReader, FileIO
from pathlib import Path
from typing import BinaryIO

from consumers import media, office_types

_TAIL = 2048
_PADDING = b"\x00\t\n\f\r \x1a"
_LINEARIZED = re.compile(rb"/Linearized\b[^>]*?/L\s+(\d+)")
"""The length that a PDF made for the web tells of itself (ISO 32000-1 Annex F)."""
_SIZES = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8, 13: 4}
"""Bytes of one value of each type of field in a TIFF (TIFF 6.0, section 2)."""
_FREE, _UNUSED = 0xFFFFFFFA, 0xFFFFFFFF
"""Sector numbers of a compound file from which on they mean something else; an entry for an unused sector."""
_EMPTY_LINE = re.compile(rb"\n\r?\n")
_BOUNDARY = re.compile(rb'boundary\s*=\s*(?:"([^"\r\n]+)"|([^\s;"]+))', re.IGNORECASE)
_OFFSETS, _LENGTHS = (273, 324), (279, 325)
"""StripOffsets and TileOffsets; StripByteCounts and TileByteCounts."""


def looks_whole(path: Path) -> bool:
    """Whether the file ends as its type should; False for an empty, unknown or vanished file.

    What can not be told: a PDF between two updates, and a TIFF to which page after page is added, are whole
    files at that moment.
    """
    try:
        size = path.stat().st_size
        with _Sparing(FileIO(path)) as file:
            return _ends_well(file, size)
    except (OSError, struct.error):
        return False


class _Sparing(BufferedReader):
    """A file that is looked at only so often, whatever it says of itself: one must not hold up all others."""

    _looks = 50_000
    _bytes = 8 << 20

    def read(self, size: int | None = -1, /) -> bytes:
        """As of any file; raises OSError once it was asked too often or for too much."""
        found = super().read(self._bytes if size is None or size < 0 else min(size, self._bytes))
        self._looks -= 1
        self._bytes -= len(found)
        if self._looks <= 0 or self._bytes <= 0:
            raise OSError(errno.EFBIG, "more to look at than a scan has")
        return found


def _ends_well(file: BinaryIO, size: int) -> bool:
    head = file.read(1024)
    tail = _part(file, max(0, size - _TAIL), _TAIL)
    kind = media.sniff(head)
    if kind == media.PDF:
        told = _LINEARIZED.search(head)
        whole_by_length = told is None or int(told.group(1)) <= size
        return whole_by_length and tail.rstrip(_PADDING).endswith(b"%%EOF")
    if kind == "image/jpeg":
        return _jpeg_ends(file, size)
    if kind == "image/png":
        return b"IEND\xaeB`\x82" in tail
    if kind == "image/webp":
        return 4 < int(struct.unpack_from("<I", head, 4)[0]) <= size - 8
    if kind == "image/bmp":
        return 26 < int(struct.unpack_from("<I", head, 2)[0]) <= size
    if kind == media.TIFF:
        return _tiff_ends(file, "<" if head[:2] == b"II" else ">", size)
    if kind == office_types.ZIP:
        return office_types.central_directory(file) is not None
    if kind == office_types.COMPOUND:
        return _compound_ends(file, head, size)
    if kind == office_types.EML:
        return _mail_ends(head, tail)
    return False


def _mail_ends(head: bytes, tail: bytes) -> bool:
    """Whether a mail has its whole head, and, of several parts, the line that closes the last one; nothing else tells."""
    if len(head) < 1024 and _EMPTY_LINE.search(head) is None:
        return False
    boundary = _BOUNDARY.search(head)
    return boundary is None or b"--" + (boundary[1] or boundary[2]) + b"--" in tail


def _compound_ends(file: BinaryIO, head: bytes, size: int) -> bool:
    """Whether the last sector that the allocation table of a compound file counts as used lies inside the file
    (MS-CFB 2.3: 109 tables in the header, a list of others behind)."""
    shift = int(struct.unpack_from("<H", head, 30)[0])
    if shift not in (9, 12):
        return False
    tables = [sector for sector in struct.unpack_from("<109I", head, 76) if sector < _FREE]
    place, left = (int(value) for value in struct.unpack_from("<2I", head, 68))
    each = (1 << (shift - 2)) - 1
    while place < _FREE and left > 0:
        rows = struct.unpack(f"<{each + 1}I", _part(file, (place + 1) << shift, 1 << shift))
        tables.extend(sector for sector in rows[:-1] if sector < _FREE)
        place, left = rows[-1], left - 1
    last = -1
    for number, table in enumerate(tables):
        entries = struct.unpack(f"<{each + 1}I", _part(file, (table + 1) << shift, 1 << shift))
        used = [entry for entry, following in enumerate(entries) if following != _UNUSED]
        last = max(last, number * (each + 1) + used[-1]) if used else last
    return last >= 0 and size > (last + 1) << shift


def _part(file: BinaryIO, place: int, length: int) -> bytes:
    file.seek(place)
    return file.read(length)


def _jpeg_ends(file: BinaryIO, size: int) -> bool:
    """Whether an end marker stands behind the beginning of the scan: a thumbnail before it has its own."""
    place = 2
    marker = 0
    while marker != 0xDA:
        mark, marker, length = struct.unpack(">BBH", _part(file, place, 4))
        if mark != 0xFF or length < 2:
            return False
        place += 2 + length
    return b"\xff\xd9" in _part(file, max(place, size - _TAIL), _TAIL)


def _tiff_ends(file: BinaryIO, order: str, size: int) -> bool:
    """Whether every directory of a TIFF, and everything that one points to, lies inside the file."""
    place = int(struct.unpack(f"{order}I", _part(file, 4, 4))[0])
    seen: set[int] = set()
    while place:
        if place in seen:
            return False
        seen.add(place)
        entries = int(struct.unpack(f"{order}H", _part(file, place, 2))[0])
        rows = _part(file, place + 2, 12 * entries)
        following = int(struct.unpack(f"{order}I", _part(file, place + 2 + 12 * entries, 4))[0])
        if any(end > size for end in _ends(file, order, rows)):
            return False
        place = following
    return bool(seen)


def _ends(file: BinaryIO, order: str, rows: bytes) -> Iterator[int]:
    """Where that which the directory's rows point to ends: long values, strips and tiles."""
    fields: dict[int, tuple[int, ...]] = {}
    for tag, kind, count, value in struct.iter_unpack(f"{order}HHI4s", rows):
        length = _SIZES.get(kind, 0) * count
        start = int(struct.unpack(f"{order}I", value)[0])
        if length > 4:
            yield start + length
        if tag in (*_OFFSETS, *_LENGTHS) and kind in (3, 4):
            values = value[:length] if length <= 4 else _part(file, start, length)
            fields[tag] = struct.unpack(f"{order}{count}{'H' if kind == 3 else 'I'}", values)
    for offsets, lengths in zip(_OFFSETS, _LENGTHS, strict=True):
        for offset, length in zip(fields.get(offsets, ()), fields.get(lengths, ()), strict=False):
            yield offset + length
