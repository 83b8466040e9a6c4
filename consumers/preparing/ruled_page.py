"""Whether there is a ruled table on a page: its short entries want another way of looking for text than paragraphs do."""

from __future__ import annotations

import cv2
import numpy as np

from consumers.pictures import Picture

_SIDE = 1600
"""Longest side, in pixels, of the copy on which lines are looked for: enough for a hairline, and cheap."""
_RULE = 45
"""Shortest run, in its pixels, that is a ruled line: longer than any stroke of a character in a form."""
_LEAST, _MOST = 0.0004, 0.35
"""A cell's part of the page: smaller ones are insides of characters, larger ones frames around everything."""
_SQUARE = 0.72
"""A cell fills its box at least so far; what leaked through a broken line does not."""
_FEWEST = 4
"""So many cells make a table."""


def has_table(picture: Picture) -> bool:
    """Whether lines shut in four cells or more, on a page that lies straight or nearly so."""
    scale = min(1.0, _SIDE / max(picture.shape[:2]))
    grey = cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY)
    size = (max(1, round(grey.shape[1] * scale)), max(1, round(grey.shape[0] * scale)))
    small = cv2.resize(grey, size, interpolation=cv2.INTER_AREA)
    dark = cv2.adaptiveThreshold(small, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, 31, 12)
    ink = np.ascontiguousarray(dark, dtype=np.uint8)
    rules = cv2.bitwise_or(_runs(ink, across=True), _runs(ink, across=False))
    closed = cv2.dilate(rules, np.ones((3, 3), np.uint8))
    count, _, stats, _ = cv2.connectedComponentsWithStats(cv2.bitwise_not(closed), connectivity=4)
    width, height, area = (
        stats[1:count, n] for n in (cv2.CC_STAT_WIDTH, cv2.CC_STAT_HEIGHT, cv2.CC_STAT_AREA)
    )
    whole = closed.shape[0] * closed.shape[1]
    cells = (
        (area >= _LEAST * whole)
        & (area <= _MOST * whole)
        & (area >= _SQUARE * width * height)
        & (height >= 12)
    )
    return int(np.count_nonzero(cells)) >= _FEWEST


def _runs(ink: Picture, *, across: bool) -> Picture:
    """The ink's straight runs; thickened first, so that a line that lies askew by two degrees is whole."""
    thick = cv2.dilate(ink, np.ones((3, 1) if across else (1, 3), np.uint8))
    kernel = np.ones((1, _RULE) if across else (_RULE, 1), np.uint8)
    return np.ascontiguousarray(cv2.morphologyEx(thick, cv2.MORPH_OPEN, kernel), dtype=np.uint8)
