"""About how many pages a file has, from its first bytes: good enough to say whose turn it is, never to read by."""

from __future__ import annotations

import re
from pathlib import Path

from consumers import media

_LOOKED_AT = 4 << 20
_PAGE = re.compile(rb"/Type\s*/Page(?![a-zA-Z])")
_COUNT = re.compile(rb"/Count\s+(\d{1,6})")
_BYTES_A_PAGE = 100_000
"""What a page of a scanned PDF or TIFF takes, roughly."""
_MOST = 100_000


def likely_pages(path: Path) -> int:
    """A guess, 1 at least. Nothing is unpacked, and what a file says of itself is believed up to a bound only."""
    try:
        with path.open("rb") as file:
            head = file.read(_LOOKED_AT)
            size = file.seek(0, 2)
    except OSError:
        return 1
    kind = media.sniff(head[:1024])
    if kind == media.PDF:
        told = [int(number) for number in _COUNT.findall(head)]
        pages = max(len(_PAGE.findall(head)), *told) if told else len(_PAGE.findall(head))
        return max(1, min(pages or size // _BYTES_A_PAGE, _MOST))
    if kind == media.TIFF:
        return max(1, min(size // _BYTES_A_PAGE, _MOST))
    return 1
