"""Python's collector of cycles, asked seldom: looking through a million records makes many objects and no cycles, and a fifth
of the time went into looking for some.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

_OBJECTS = 500_000


@contextmanager
def collecting_seldom() -> Iterator[None]:
    """Inside, cycles are looked for once in 500,000 new objects, instead of once in 700."""
    before = gc.get_threshold()
    gc.set_threshold(max(before[0], _OBJECTS) if before[0] else 0, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)
