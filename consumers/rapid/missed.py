"""Finding rows of ink that no line covers: what the detector lost beside a seal, in a corner, in a cell of one digit.

The detector drops a whole line when a seal's ring touches it, and says nothing. Ink can not be dropped so: what looks like
characters and lies in no line is put into rows here, for the engine to read.
"""

from __future__ import annotations

from statistics import median

import cv2
import numpy as np
from numpy.typing import NDArray

from consumers.pictures import Picture
from consumers.preparing.grey import small_grey
from consumers.rapid.paddle import Boxes

Quad = NDArray[np.float32]
_TALL = 16
"""What a line of text is high, in pixels, on the copy that is looked at."""
_USUAL = 36.0
"""And on the page itself, where no line tells: 10 to 12 points at 200 dpi."""
_RULE = 44
"""A run that long is a ruled line and no stroke."""
_BRIDGE = 2.6
"""So many heights may lie between two characters of one row: a ring's stroke takes its neighbours with it."""
_MOST = 24
"""More rows than that are no lost lines but a texture, a photograph, a page full of specks."""


def missed_rows(picture: Picture, boxes: Boxes) -> Boxes:
    """The rows (n x 4 x 2, as the detector gives lines) of ink outside all lines of an upright picture."""
    heights = [_height(box) for box in boxes]
    scale = min(1.0, _TALL / max(median(heights) if heights else _USUAL, 8.0))
    size = (max(1, round(picture.shape[1] * scale)), max(1, round(picture.shape[0] * scale)))
    small = small_grey(picture, size)
    ink = _loose_ink(np.ascontiguousarray(small, dtype=np.uint8), boxes * scale)
    rows = [row / scale for row in _rows(ink)]
    if not rows or len(rows) > _MOST:
        return np.empty((0, 4, 2), dtype=np.float32)
    return np.array(rows, dtype=np.float32)


def _height(box: Quad) -> float:
    return float(min(np.linalg.norm(box[0] - box[3]), np.linalg.norm(box[0] - box[1])))


def _loose_ink(grey: Picture, boxes: Boxes) -> Picture:
    """255 where there is ink that belongs to no line and to no rule."""
    dark = cv2.adaptiveThreshold(grey, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, 41, 14)
    for kernel in (np.ones((1, _RULE), np.uint8), np.ones((_RULE, 1), np.uint8)):
        rules = cv2.dilate(cv2.morphologyEx(dark, cv2.MORPH_OPEN, kernel), np.ones((3, 3), np.uint8))
        dark = cv2.subtract(dark, rules)
    for box in boxes:
        cv2.fillConvexPoly(dark, _grown(box).astype(np.int32), 0)
    return np.ascontiguousarray(dark, dtype=np.uint8)


def _grown(box: Quad) -> Quad:
    middle = box.mean(axis=0)
    grown: Quad = box + np.sign(box - middle) * 3
    return grown


def _rows(ink: Picture) -> list[Quad]:
    count, _, boxes, middles = cv2.connectedComponentsWithStats(ink, connectivity=8)
    letters = [
        (left, top, width, height, middles[index + 1])
        for index, (left, top, width, height, area) in enumerate(boxes[1:count])
        if 4 <= max(width, height) <= 1.7 * _TALL and height <= 1.5 * _TALL and area >= 6
    ]
    strips = np.zeros_like(ink)
    reach = int(_BRIDGE * _TALL / 2)
    for left, top, width, height, _ in letters:
        inset = height // 4
        strips[top + inset : top + height - inset + 1, max(0, left - reach) : left + width + reach] = 255
    _, labels = cv2.connectedComponents(strips, connectivity=4)
    groups: dict[int, list[tuple[int, int, int, int, NDArray[np.float64]]]] = {}
    for letter in letters:
        x, y = letter[4]
        groups.setdefault(int(labels[int(y), int(x)]), []).append(letter)
    found = [_row(group) for label, group in groups.items() if label]
    return [row for row in found if row is not None]


def _row(group: list[tuple[int, int, int, int, NDArray[np.float64]]]) -> Quad | None:
    """The row's corners; None for what is no row: too little, too high, or a slant of more than one in eight."""
    left, right = min(g[0] for g in group), max(g[0] + g[2] for g in group)
    tallest = max(g[3] for g in group)
    if tallest < 0.4 * _TALL or sum(g[2] * g[3] for g in group) < 0.25 * _TALL * _TALL:
        return None
    slope = 0.0
    if right - left > 5 * _TALL and len(group) >= 4:
        slope, _ = np.polyfit([g[4][0] for g in group], [g[4][1] for g in group], 1)
        if abs(slope) > 0.125:
            return None
    above = min(g[1] - slope * g[4][0] for g in group) - 2
    below = max(g[1] + g[3] - slope * g[4][0] for g in group) + 2
    if below - above > 2.2 * _TALL:
        return None
    begin, end = left - 0.5 * _TALL, right + 0.5 * _TALL
    return np.array(
        [
            [begin, above + slope * begin],
            [end, above + slope * end],
            [end, below + slope * end],
            [begin, below + slope * begin],
        ],
        dtype=np.float32,
    )
