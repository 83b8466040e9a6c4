"""What scanners have written, by the checksums of the bytes: what must be accounted for in the end."""

from __future__ import annotations

import hashlib
import threading
from collections import Counter
from dataclasses import dataclass, field


@dataclass
class Ledger:
    """Every file that was written whole, good or bad; and what must be left lying where it is."""

    _lock: threading.Lock = field(default_factory=threading.Lock)
    good: Counter[str] = field(default_factory=Counter)
    bad: Counter[str] = field(default_factory=Counter)
    early: dict[str, str] = field(default_factory=dict)
    """A state in which a file that was appended to may have been taken, and the state that it was to have in the end."""
    left: set[str] = field(default_factory=set)
    ways: Counter[str] = field(default_factory=Counter)

    def wrote(self, content: bytes, way: str, *, good: bool = True) -> None:
        """A file with these bytes is in an inbox now, or will be by the next statement."""
        with self._lock:
            (self.good if good else self.bad)[sha256(content)] += 1
            self.ways[way] += 1

    def may_be_early(self, early: bytes, whole: bytes) -> None:
        """The scanner was slower than the settle time: the first state may have been taken as a file of its own."""
        with self._lock:
            self.early[sha256(early)] = sha256(whole)

    def leaves(self, path: str) -> None:
        """What lies there is no scan and must lie there in the end."""
        with self._lock:
            self.left.add(path)
            self.ways["droppings"] += 1

    def count(self) -> int:
        """How many files were written."""
        with self._lock:
            return self.good.total() + self.bad.total()


def sha256(content: bytes) -> str:
    """The checksum that names these bytes."""
    return hashlib.sha256(content).hexdigest()
