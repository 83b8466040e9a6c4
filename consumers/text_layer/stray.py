"""Text on a drawn page of which its layer says nothing: values in a picture, half a page that was scanned."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import cv2
import numpy as np

from consumers.text_layer.seen import Grey
from consumers.text_layer.upright import Edges

_LOWEST, _HIGHEST = 6, 45
"""Height of a line of text in pixels at 100 dpi: 4 to 32 points."""
_FEWEST = 2.5
"""A line is so many times as long as it is high; what is shorter may be a letter, a box, a dot of a pattern."""
_LEAST = 120
"""Fewer dark pixels than this are no text: a dozen letters of the smallest print have more."""
_LIGHT, _HEAVY = 0.12, 0.7
"""The part of its box that a line's ink covers: rules and frames cover less, bars and photographs more."""


def stray_characters(whole: Grey, size: tuple[float, float], known: Sequence[Edges]) -> int:
    """About how many characters stand on the page outside of the boxes of what is `known` (points)."""
    found = cv2.adaptiveThreshold(whole, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, 41, 20)
    dark = np.asarray(found, dtype=np.uint8)
    across, down = whole.shape[1] / size[0], whole.shape[0] / size[1]
    for left, top, right, bottom in _joined(known):
        x, y = max(int(left * across) - 2, 0), max(int(top * down) - 2, 0)
        dark[y : max(int(bottom * down) + 3, 0), x : max(int(right * across) + 3, 0)] = 0
    if cv2.countNonZero(dark) < _LEAST:
        return 0
    ink = cv2.bitwise_and(dark, cv2.bitwise_not(_ruled(dark)))
    if cv2.countNonZero(ink) < _LEAST:
        return 0
    lines = cv2.morphologyEx(ink, cv2.MORPH_CLOSE, np.ones((1, 15), np.uint8))
    count, _, boxes, _ = cv2.connectedComponentsWithStats(lines, connectivity=8)
    sums = cv2.integral(ink) // 255
    characters = 0.0
    for x, y, width, height, _ in boxes[1:count]:
        if not _LOWEST <= height <= _HIGHEST or width < _FEWEST * height:
            continue
        filled = sums[y + height, x + width] - sums[y, x + width] - sums[y + height, x] + sums[y, x]
        if _LIGHT <= filled / (width * height) <= _HEAVY:
            characters += width / height
    return round(characters)


def _joined(boxes: Sequence[Edges]) -> Iterator[Edges]:
    """The same boxes, neighbours of one line made one where they come one after the other."""
    held: Edges | None = None
    for box in boxes:
        if (
            held is not None
            and held[1] == box[1]
            and held[3] == box[3]
            and 0 <= box[0] - held[0] <= held[2] - held[0] + 1
        ):
            held = (held[0], held[1], max(held[2], box[2]), held[3])
            continue
        if held is not None:
            yield held
        held = box
    if held is not None:
        yield held


def _ruled(dark: Grey) -> Grey:
    """Straight lines longer than any stroke of a letter."""
    across = cv2.morphologyEx(dark, cv2.MORPH_OPEN, np.ones((1, 40), np.uint8))
    down = cv2.morphologyEx(dark, cv2.MORPH_OPEN, np.ones((40, 1), np.uint8))
    return np.asarray(cv2.bitwise_or(across, down), dtype=np.uint8)
