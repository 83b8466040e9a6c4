"""Straight runs of ink: what may be pieces of ruled lines, and what of them are not."""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

Mask = NDArray[np.uint8]
"""Height x width, 255 where there is ink or a line, else 0."""

_THICK = 9
"""What is thicker is a bar, the edge of a photo, a shadow, but no ruled line."""
_EDGE = 0.02
"""A line that begins and ends so close to the edges, in parts of the width, belongs to no table."""
_LONG = 80
"""A line so long need not touch another one to be one."""


def runs_of(ink: Mask, least: int, hole: int) -> Mask:
    """The ink's straight runs across; thickened first, so that a line that still lies askew is whole."""
    thick = cv2.dilate(mask(ink), np.ones((3, 1), np.uint8))
    whole = cv2.morphologyEx(thick, cv2.MORPH_CLOSE, np.ones((1, hole), np.uint8))
    runs = cv2.morphologyEx(whole, cv2.MORPH_OPEN, np.ones((1, least), np.uint8))
    bars = cv2.morphologyEx(runs, cv2.MORPH_OPEN, np.ones((_THICK + 2, 1), np.uint8))
    return mask(cv2.subtract(runs, bars))


def ends(runs: Mask) -> list[tuple[int, int, int, int]]:
    """Both ends of every run: left, its height there, right, its height there."""
    outlines, _ = cv2.findContours(runs, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    found = []
    for outline in outlines:
        x, y = outline[:, 0, 0], outline[:, 0, 1]
        left, right = int(x.min()), int(x.max())
        at_left, at_right = y[x <= left + 1], y[x >= right - 1]
        found.append(
            (left, int(at_left.min() + at_left.max()) // 2, right, int(at_right.min() + at_right.max()) // 2)
        )
    return found


def without_strokes(runs: Mask, cores: list[tuple[float, float, float, float]]) -> Mask:
    """The runs, those left out that lie within the core of a text (left, top, right, bottom)."""
    left = runs.copy()
    for x, y, right, at_right in ends(runs):
        if any(
            c[0] <= x and right <= c[2] and c[1] <= min(y, at_right) and max(y, at_right) <= c[3]
            for c in cores
        ):
            low, high = min(y, at_right) - 4, max(y, at_right) + 5
            left[max(0, low) : high, x : right + 1] = 0
    return left


def without_folds(across: Mask) -> Mask:
    """The lines, those left out that run from one edge of the picture to the other: folds, edges of the sheet."""
    left = across.copy()
    outlines, _ = cv2.findContours(across, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    for outline in outlines:
        x, _, width, _ = cv2.boundingRect(outline)
        if x <= _EDGE * across.shape[1] and x + width >= (1 - _EDGE) * across.shape[1]:
            cv2.drawContours(left, [outline], -1, 0, cv2.FILLED)
    return left


def held(runs: Mask, crossing: Mask) -> Mask:
    """The runs that touch a crossing line somewhere: the arc of a seal within a cell seldom does."""
    near = cv2.dilate(crossing, np.ones((3, 9), np.uint8))
    kept = runs.copy()
    for left, at_left, right, at_right in ends(runs):
        low, high = min(at_left, at_right) - 3, max(at_left, at_right) + 4
        box = (slice(max(0, low), high), slice(left, right + 1))
        if right - left < _LONG and not np.logical_and(near[box], runs[box]).any():
            kept[box] = 0
    return kept


def either(one: Mask, other: Mask) -> Mask:
    """What is in one of the two."""
    return mask(cv2.bitwise_or(one, other))


def turned(lying: Mask) -> Mask:
    """The picture with rows and columns changed over, so that lines down run across."""
    return mask(cv2.transpose(lying))


def mask(of: Any) -> Mask:
    """What OpenCV gives back, as it wants it again."""
    return np.ascontiguousarray(of, dtype=np.uint8)
