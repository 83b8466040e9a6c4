"""Which way is up on a page that could not be read as it lies."""

from __future__ import annotations

import cv2
import numpy as np

from consumers.pictures import Picture
from consumers.preparing.turning import turned
from consumers.tesseract.program import SPARSE, Tesseract

_CROP = 900
"""Side, in pixels, of the part of a page that is read in all four directions where tesseract does not know which is up."""


def rotation_of(ocr: Tesseract, picture: Picture) -> int:
    """How many degrees clockwise the picture has to be turned: what tesseract says, else what reads best; raises OutOfTime."""
    said = ocr.rotation(picture)
    return _most_legible(ocr, picture) if said is None else said


def _most_legible(ocr: Tesseract, picture: Picture) -> int:
    """The turn after which the part of the page with most ink is read with most confidence."""
    part = _inkiest(picture)
    if part is None:
        return 0

    def sure(rotation: int) -> float:
        return sum(word.confidence * len(word.text) for word in ocr.words(turned(part, rotation), SPARSE))

    return max((0, 180, 90, 270), key=sure)


def _inkiest(picture: Picture) -> Picture | None:
    """The part of at most `_CROP` pixels a side with most ink; None on a page without any."""
    height, width = picture.shape[:2]
    ink = (picture[..., 0] < 128).astype(np.float32)
    window = (min(_CROP, width), min(_CROP, height))
    # Each pixel of the blurred copy is the share of ink in the window around it.
    share = cv2.blur(ink, window, borderType=cv2.BORDER_CONSTANT)
    _, most, _, (x, y) = cv2.minMaxLoc(share)
    if most <= 0:
        return None
    left = min(max(0, x - window[0] // 2), width - window[0])
    top = min(max(0, y - window[1] // 2), height - window[1])
    return np.ascontiguousarray(picture[top : top + window[1], left : left + window[0]])
