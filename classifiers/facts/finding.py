"""How a find is written down: as a Fact with its quote, each value once a role."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from classifiers.fact import Fact
from classifiers.glyphs import Evened
from consumers.transcript import Page


@dataclass(frozen=True)
class Find:
    """A value that stands at `start` to `end` (exclusive) of the evened text."""

    value: str
    start: int
    end: int
    confidence: float
    role: str = ""


def facts(name: str, page: Page, evened: Evened, finds: Iterable[Find]) -> tuple[Fact, ...]:
    """The finds as Facts in the order of the page: no (value, role) twice, and no find without a role
    where the same value was also found with one. The highest confidence is kept."""
    kept: dict[tuple[str, str], Fact] = {}
    for find in sorted(finds, key=lambda find: find.start):
        key = (find.value, find.role)
        quote = evened.quote(find.start, find.end)
        fact = Fact(name, find.value, page.number, quote, find.confidence, find.role)
        earlier = kept.get(key)
        kept[key] = (
            fact if earlier is None else replace(earlier, confidence=max(earlier.confidence, fact.confidence))
        )
    told = {value for value, role in kept if role}
    return tuple(fact for (value, role), fact in kept.items() if role or value not in told)


def nearest(words: Iterable[str], text: str) -> str:
    """Which of the words stands last in `text` (the longest of those that end there), or nothing."""
    last = max(
        ((text.rfind(word) + len(word), len(word), word) for word in words if word in text), default=None
    )
    return last[2] if last else ""


def words(table: str) -> tuple[str, ...]:
    """The words of a table that is written as lines of words."""
    return tuple(table.split())
