"""The ruled lines of a page, found on a small straightened copy, with their gaps mended.

What was faxed, copied twice or printed dotted has lines with holes, and lines that stop short of the corner. A
cell is only shut when they are closed.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from consumers.order.lie import Lie
from consumers.order.mending import bridges, mended, shut
from consumers.order.place import Place
from consumers.order.runs import (
    Mask,
    either,
    held,
    mask,
    runs_of,
    turned,
    without_folds,
    without_strokes,
)
from consumers.pictures import Picture
from consumers.preparing.grey import small_grey

_SIDE = 1400
"""Longest side, in pixels, of the copy on which lines are looked for: enough for a hairline, and cheap."""
_ACROSS, _DOWN = 36, 20
"""Shortest run, in its pixels, that may be a line: a column is wider, a row higher than a character's stroke.
What runs down for less than _ACROSS counts only where it joins two lines that run across."""
_HOLE = 7
"""A hole of so many pixels in a run is none: the dots of a dotted line, drop-outs of a fax."""
_CORNER = 10
"""Lines that both stop so short of their corner meet there still."""
_TABLE = 3
"""So many lines across two pages are a table that lies on both."""


@dataclass(frozen=True)
class Ruled:
    """Lines on the straightened copy: those across and those down; `scale` is pixels of the copy a pixel of the page."""

    across: Mask
    down: Mask
    scale: float


def ruled(picture: Picture, lie: Lie, texts: list[Place]) -> Ruled:
    """The lines of a picture, straightened as its text. Where text stands, its strokes are no lines: there a line
    has to be whole, elsewhere it may be dotted."""
    ink, scale = _ink(picture, lie)
    cores = [_core(text, scale) for text in texts]
    free = _cleared(ink, cores)
    across = without_strokes(either(runs_of(ink, _ACROSS, 1), runs_of(free, _ACROSS, _HOLE)), cores)
    across = without_folds(mended(across, None, free))
    down = _down(turned(ink), turned(free), turned(across))
    return Ruled(shut(mended(across, down, free), down), down, scale)


def _down(ink: Mask, free: Mask, crossing: Mask) -> Mask:
    """The lines down, all three pictures turned so that these run across and `crossing` down."""
    longer = mask(cv2.dilate(crossing, np.ones((2 * _CORNER + 1, 1), np.uint8)))
    whole, broken = runs_of(ink, _DOWN, 3), runs_of(free, _DOWN, _HOLE)
    lines = mended(held(either(_long(whole), _long(broken)), longer), longer, free)
    short = either(bridges(whole, longer, 1), bridges(mended(broken, None, free), longer, 4))
    return turned(either(lines, short))


def _long(runs: Mask) -> Mask:
    return mask(cv2.morphologyEx(runs, cv2.MORPH_OPEN, np.ones((1, _ACROSS), np.uint8)))


def crossed(lines: Ruled, begin: float, end: float) -> bool:
    """Whether several lines run across the whole strip of the straightened page that begins and ends there: one
    alone may be a fold, or the edge of the sheet."""
    left, right = round(begin * lines.scale), round(end * lines.scale)
    middle = slice(left + (right - left) // 4, max(left + 1, right - (right - left) // 4))
    whole = cv2.dilate(lines.across, np.ones((5, 1), np.uint8))[:, middle].min(axis=1)
    return int(np.count_nonzero(np.diff(whole.astype(np.int16)) > 0)) >= _TABLE


def _ink(picture: Picture, lie: Lie) -> tuple[Mask, float]:
    """What is darker than its surroundings, on the straightened copy."""
    height, width = picture.shape[:2]
    scale = min(1.0, _SIDE / max(height, width))
    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    small = small_grey(picture, size)
    shrink = np.diag([scale, scale, 1.0])
    to = shrink @ lie.homography() @ np.linalg.inv(shrink)
    level = cv2.warpPerspective(small, to, size, flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    dark = cv2.adaptiveThreshold(level, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, 25, 9)
    return mask(dark), scale


def _core(text: Place, scale: float) -> tuple[float, float, float, float]:
    """Where, on the copy, only strokes of the text run: not along its head or foot."""
    rim = 0.12 * text.height
    return (
        (text.left - rim) * scale,
        (text.top + rim) * scale,
        (text.right + rim) * scale,
        (text.bottom - rim) * scale,
    )


def _cleared(ink: Mask, cores: list[tuple[float, float, float, float]]) -> Mask:
    """The ink that is not text."""
    free = ink.copy()
    for core in cores:
        left, top, right, bottom = (max(0, round(part)) for part in core)
        free[top:bottom, left:right] = 0
    return free
