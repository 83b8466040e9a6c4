"""The frame of a square seal in a red blot: four sides, with characters inside. Name seals (名章) look so.

The blot is a mask, 255 where there is red.
"""

from __future__ import annotations

import cv2
import numpy as np

from consumers.pictures import Picture
from consumers.seal.pressed import Outline

_SQUARE = (0.045, 0.20)
"""Length of a side in parts of the page's longer side: name seals measure 18 mm."""
_NEARLY_SQUARE = 1.35
"""What is wider is a boxed stamp (收讫, 与原件核对无误): people want to read it."""
_FRAMED = 0.85
"""Part of each side of a frame that must be inked: the sides of a QR code are broken."""


def square_outline(blot: Picture) -> Outline | None:
    """The frame of a square seal that fills the blot; None where there is none."""
    points = cv2.findNonZero(blot)
    (x, y), (width, height), angle = cv2.minAreaRect(points)
    side = max(blot.shape)
    if not _SQUARE[0] * side <= min(width, height) <= max(width, height) <= _SQUARE[1] * side:
        return None
    if max(width, height) > _NEARLY_SQUARE * min(width, height):
        return None
    steps = max(12, round(max(width, height)))
    upright = cv2.getRotationMatrix2D((x, y), angle, 1.0)
    upright[:, 2] += np.array([steps / 2 - x, steps / 2 - y])
    flat = cv2.warpAffine(blot, upright, (steps, steps), flags=cv2.INTER_NEAREST) > 0
    sides = (flat, flat[::-1], flat.T, flat.T[::-1])
    fullest = [
        max(float(one[n : n + 2].any(axis=0).mean()) for n in range(max(2, steps // 10))) for one in sides
    ]
    inner = flat[steps // 6 : -(steps // 6), steps // 6 : -(steps // 6)]
    if min(fullest) < _FRAMED:
        return None
    return ((x, y), (width, height), angle) if 0.15 < float(inner.mean()) < 0.9 else None
