"""How a page looks, in 64 bits: nearly the same for two scans of one sheet, whatever their resolution and packing.

The signs of the lowest frequencies of a small, straightened picture of the ink (a perceptual hash). It tells where on
the sheet there is much and little ink, and nothing of what is written: two forms that were filled in look alike.
"""

from __future__ import annotations

import cv2
import numpy as np

from consumers.pictures import Picture
from consumers.preparing.background import even_background
from consumers.preparing.skew import skew_of, straightened
from consumers.preparing.turning import turned

_SIDE = 900
"""Longest side, in pixels, of the copy that is straightened: enough to see the slope of lines."""
_SMALL, _LOW = 32, 8
_DIGITS = 16
_LEAST = 16


def look_of(picture: Picture, rotation: int = 0) -> str:
    """16 hexadecimal digits; `rotation` is how the picture has to be turned clockwise to stand upright."""
    if min(picture.shape[:2]) < _LEAST:
        return ""
    scale = min(1.0, _SIDE / max(picture.shape[:2]))
    size = (max(_LEAST, round(picture.shape[1] * scale)), max(_LEAST, round(picture.shape[0] * scale)))
    small = np.asarray(cv2.resize(picture, size, interpolation=cv2.INTER_AREA), dtype=np.uint8)
    upright = even_background(turned(small, rotation))
    straight = straightened(upright, skew_of(upright))
    grey = cv2.cvtColor(straight, cv2.COLOR_BGR2GRAY) if straight.ndim == 3 else straight
    tiny = cv2.resize(cv2.GaussianBlur(grey, (0, 0), 6), (_SMALL, _SMALL), interpolation=cv2.INTER_AREA)
    low = cv2.dct(np.asarray(tiny, dtype=np.float32))[:_LOW, :_LOW].flatten()
    bits = low > np.median(low[1:])
    return f"{int(''.join('1' if bit else '0' for bit in bits), 2):0{_DIGITS}x}"


def unlike(look: str, other: str) -> int:
    """In how many of the 64 bits two looks differ; all of them where one is not known."""
    if len(look) != _DIGITS or len(other) != _DIGITS:
        return 64
    return (int(look, 16) ^ int(other, 16)).bit_count()
