"""Whether lines run on across the gutter between two columns: then tesseract has taken two columns for one."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from consumers.tesseract.program import Word

_GAP = 0.7
"""A gutter is so many times as wide as the words are high: wider than the blank behind a full-width comma."""
_REACH = 3.0
"""A line crosses a gutter where it has so many heights of text on either side."""
_FEWEST, _MOST_OF = 5, 0.55
"""So many lines, and such a part of all that cross, must have their gap in the same place."""


def crosses_gutter(words: list[Word]) -> bool:
    """Whether the words of five lines or more have a gap in the same place, and most others that cross there too."""
    if not words:
        return False
    height = float(np.median([word.bottom - word.top for word in words]))
    width = max(word.right for word in words) + 1
    gaps, crossing = np.zeros(width, np.int32), np.zeros(width, np.int32)
    for line in _by_line(words):
        left, right = line[0].left, max(word.right for word in line)
        reach = round(_REACH * height)
        crossing[left + reach : max(left + reach, right - reach)] += 1
        end = line[0].right
        for word in line[1:]:
            if word.left - end > _GAP * height and end > left + reach and word.left < right - reach:
                gaps[end : word.left] += 1
            end = max(end, word.right)
    return _is_gutter(gaps, crossing)


def _is_gutter(gaps: NDArray[np.int32], crossing: NDArray[np.int32]) -> bool:
    return bool(np.any((gaps >= _FEWEST) & (gaps >= _MOST_OF * crossing)))


def _by_line(words: list[Word]) -> Iterable[list[Word]]:
    lines: dict[tuple[int, int, int], list[Word]] = {}
    for word in words:
        lines.setdefault(word.line, []).append(word)
    return (sorted(line, key=lambda word: word.left) for line in lines.values())
