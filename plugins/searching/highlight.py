"""Quotes around what was found, as it stands on the paper; ID numbers are masked before the cut."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice

from plugins.masking import LONGEST, mask_id_numbers
from plugins.searching.evened import Evened

_MOST = 3
_AROUND = 20
# A form may say the same thing hundreds of times.
_LOOKED_AT = 30


def highlights(sources: Sequence[Evened], words: Sequence[str]) -> tuple[str, ...]:
    """Up to three quotes, some twenty characters on either side of a word: first of all one for each
    of `words` (evened out) from the first source that has it, then further ones."""
    seen: list[tuple[Evened, int, int]] = []
    quotes: dict[str, None] = {}
    for source, start, end in _places(sources, words):
        if any(source is s and start >= a and end <= b for s, a, b in seen):
            continue
        seen.append((source, start - _AROUND, end + _AROUND))
        quotes[_quote(source.text, start, end)] = None
        if len(quotes) == _MOST:
            break
    return tuple(quotes)


def _places(sources: Sequence[Evened], words: Sequence[str]) -> Iterator[tuple[Evened, int, int]]:
    for word in words:
        yield from islice(_all_places(sources, word), 1)
    for word in words:
        yield from islice(_all_places(sources, word), 1, _LOOKED_AT)


def _all_places(sources: Sequence[Evened], word: str) -> Iterator[tuple[Evened, int, int]]:
    return ((source, start, end) for source in sources for start, end in source.spans(word))


def _quote(text: str, start: int, end: int) -> str:
    first, last = max(start - _AROUND, 0), min(end + _AROUND, len(text))
    margin = min(first, LONGEST + 1)
    masked = mask_id_numbers(text[first - margin : last + LONGEST + 1])[margin : margin + last - first]
    words = " ".join(masked.split())
    return f"{'…' if first else ''}{words}{'…' if last < len(text) else ''}"
