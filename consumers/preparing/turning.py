"""Turning pictures by quarter turns, and the words for it."""

from __future__ import annotations

import cv2
import numpy as np

from consumers.pictures import Picture

_TURNS = {
    90: cv2.ROTATE_90_CLOCKWISE,
    180: cv2.ROTATE_180,
    270: cv2.ROTATE_90_COUNTERCLOCKWISE,
}


def turned(picture: Picture, degrees: int) -> Picture:
    """The picture turned clockwise by 0, 90, 180 or 270 degrees."""
    if degrees % 360 == 0:
        return picture
    return np.ascontiguousarray(cv2.rotate(picture, _TURNS[degrees % 360]), dtype=np.uint8)
