"""Where a word stands in a text. A building's number begins where its digits begin: 3-2-1201 does not stand in 13-2-1201.

A number alone stands within a longer one, too: people look for a contract by its last digits.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_BUILDING = re.compile(r"[0-9]{1,3}(?:[-#][0-9]|栋|幢|座|号楼|楼|单元)")


def places(word: str, plain: str) -> Iterator[int]:
    """Where the evened `word` stands in an evened text, without overlaps; nowhere for an empty one."""
    strict = _BUILDING.match(word) is not None
    at = plain.find(word) if word else -1
    while at >= 0:
        if strict and at and plain[at - 1] in "0123456789":
            at = plain.find(word, at + 1)
            continue
        yield at
        at = plain.find(word, at + len(word))


def stands(word: str, plain: str) -> bool:
    """Whether it stands there at all."""
    return next(places(word, plain), None) is not None
