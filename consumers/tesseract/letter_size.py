"""How large the characters on a page are, and the page brought to the size at which they are read best."""

from __future__ import annotations

import cv2
import numpy as np

from consumers.pictures import Picture

_BEST = 27.0
"""Height in pixels at which tesseract reads Chinese best: larger ones cost time and mistakes (docs/reading.md)."""
_FEWEST = 20
"""So few characters do not tell."""
_USUAL_SIDE = 2000
"""Longest side, in pixels, at which a page is read then: A4 at 170 dpi."""
_LEAST, _MOST = 0.3, 2.0
"""What the picture is reduced and enlarged to at most."""


def letter_height(picture: Picture) -> float:
    """The height, in pixels, of the taller characters of an upright picture (their 70th percentile); 0.0 where too few."""
    grey = cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY)
    dark = cv2.adaptiveThreshold(grey, 1, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, 41, 15)
    _, _, boxes, _ = cv2.connectedComponentsWithStats(dark)
    wide, tall = boxes[1:, cv2.CC_STAT_WIDTH], boxes[1:, cv2.CC_STAT_HEIGHT]
    letters = tall[(tall >= 8) & (tall <= 120) & (wide >= 3) & (wide <= 150)]
    return float(np.percentile(letters, 70)) if len(letters) > _FEWEST else 0.0


def at_best_size(picture: Picture) -> Picture:
    """The picture reduced or enlarged so that its characters are as high as tesseract likes them."""
    tall = letter_height(picture)
    scale = _BEST / tall if tall else min(1.0, _USUAL_SIDE / max(picture.shape))
    scale = min(_MOST, max(_LEAST, scale))
    if abs(scale - 1) < 0.06:
        return picture
    size = (max(1, round(picture.shape[1] * scale)), max(1, round(picture.shape[0] * scale)))
    how = cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
    return np.ascontiguousarray(cv2.resize(picture, size, interpolation=how), dtype=np.uint8)
