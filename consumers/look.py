"""How a page looks, in 64 bits: nearly the same for two scans of one sheet, whatever their resolution and packing.

The signs of the lowest frequencies of a small, straightened picture of the ink (a perceptual hash). It tells where on
the sheet there is much and little ink, and nothing of what is written: two forms that were filled in look alike.
"""

from __future__ import annotations

import cv2
import numpy as np

from consumers.pictures import Picture
from consumers.preparing.background import even_grey
from consumers.preparing.grey import small_grey
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
    upright = even_grey(turned(small_grey(picture, size), rotation))
    grey = straightened(upright, skew_of(upright))
    tiny = cv2.resize(cv2.GaussianBlur(grey, (0, 0), 6), (_SMALL, _SMALL), interpolation=cv2.INTER_AREA)
    low = cv2.dct(np.asarray(tiny, dtype=np.float32))[:_LOW, :_LOW].flatten()
    bits = low > np.median(low[1:])
    return f"{int(''.join('1' if bit else '0' for bit in bits), 2):0{_DIGITS}x}"


def unlike(look: str, other: str) -> int:
    """In how many of the 64 bits two looks differ; all of them where one is not known."""
    if len(look) != _DIGITS or len(other) != _DIGITS:
        return 64
    return (int(look, 16) ^ int(other, 16)).bit_count()
