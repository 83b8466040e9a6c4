"""How far a page lies askew, and the page straightened: a sheet goes into the feeder by hand."""

from __future__ import annotations

import math

import cv2
import numpy as np
from numpy.typing import NDArray

from consumers.pictures import Picture

_SIDE = 1000
"""Longest side, in pixels, of the copy that is measured: a tenth of a degree is a row and a half across it."""
_MOST = 8.0
"""Degrees; what lies more askew was not put into a feeder, and its lines are not taken for rows."""
_SPECK, _TALL, _WIDE = 3, 60, 200
"""Height and width, in pixels of the copy, of what counts as characters: specks, pictures and the dark rim that a
scanner leaves at the edge, which never lies askew, do not say how rows run."""
_POINTS = 30_000
"""So many pixels of ink are enough."""
_SMOOTH = np.convolve(np.ones(4), np.ones(4)) / 16
_CLEARER = 1.5
"""So much clearer than on average must rows stand out at the best angle."""


def skew_of(picture: Picture) -> float:
    """By how many degrees the rows of an upright page are turned clockwise, -8.0 to 8.0; 0.0 where no rows stand out.

    The picture may have one channel only.
    """
    across, down = _ink(picture)
    if len(across) < 200:
        return 0.0
    coarse = np.arange(-_MOST, _MOST + 0.01, 0.5)
    clear = np.array([_clearness(across, down, angle, 1.0) for angle in coarse])
    best = int(np.argmax(clear))
    if clear[best] < _CLEARER * float(clear.mean()) or best in (0, len(coarse) - 1):
        return 0.0
    fine = coarse[best] + np.arange(-0.6, 0.61, 0.1)
    sharp = np.array([_clearness(across, down, angle, 0.5) for angle in fine])
    return round(_summit(fine, sharp), 2)


def straightened(picture: Picture, degrees: float) -> Picture:
    """The picture turned back by its skew, of the same size, white where there was nothing."""
    if degrees == 0.0:
        return picture
    height, width = picture.shape[:2]
    back = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1.0)
    straight = cv2.warpAffine(
        picture,
        back,
        (width, height),
        flags=cv2.INTER_CUBIC,
        borderMode=cv2.BORDER_CONSTANT,
        borderValue=(255, 255, 255),
    )
    return np.ascontiguousarray(straight, dtype=np.uint8)


def _ink(picture: Picture) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Where there is ink that may be characters: x and y from the middle of the copy."""
    grey = picture if picture.ndim == 2 else cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY)
    while max(grey.shape) >= 2 * _SIDE:
        half = (max(1, grey.shape[1] // 2), max(1, grey.shape[0] // 2))
        grey = cv2.resize(grey, half, interpolation=cv2.INTER_LINEAR)
    dark = cv2.adaptiveThreshold(grey, 1, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, 25, 15)
    _, labels, boxes, _ = cv2.connectedComponentsWithStats(dark, connectivity=8)
    wide, tall = boxes[:, cv2.CC_STAT_WIDTH], boxes[:, cv2.CC_STAT_HEIGHT]
    letters = (tall >= _SPECK) & (tall <= _TALL) & (wide <= _WIDE)
    letters[0] = False
    rows, columns = np.nonzero(letters[labels])
    step = len(rows) // _POINTS + 1
    height, width = grey.shape
    return columns[::step] - width / 2, rows[::step] - height / 2


def _clearness(
    across: NDArray[np.float64], down: NDArray[np.float64], degrees: float, pixels: float
) -> float:
    """How unevenly ink is spread over rows at that angle: rows of text beside empty ones are as uneven as it gets."""
    turn = math.radians(degrees)
    level = (down * math.cos(turn) - across * math.sin(turn)) / pixels
    filled = np.bincount((level - level.min()).astype(np.intp)).astype(np.float64)
    # Pixels lie in rows of their own, which are cleanest where nothing is askew: those are smoothed away.
    return float(np.square(np.diff(np.convolve(filled, _SMOOTH))).sum())


def _summit(angles: NDArray[np.float64], sharp: NDArray[np.float64]) -> float:
    """The angle of the highest value, between the steps: that of a parabola through it and its neighbours."""
    best = int(np.argmax(sharp))
    if best in (0, len(sharp) - 1):
        return float(angles[best])
    before, top, after = sharp[best - 1 : best + 2]
    bend = before - 2 * top + after
    aside = 0.5 * (before - after) / bend if bend else 0.0
    return float(angles[best] + aside * (angles[1] - angles[0]))
