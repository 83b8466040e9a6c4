"""Evening out the background of a page: shadows, yellowed paper, light that falls from one side."""

from __future__ import annotations

import cv2
import numpy as np

from consumers.pictures import Picture
from consumers.preparing.grey import Grey


def even_background(picture: Picture) -> Picture:
    """The picture in grey (three equal channels), its paper white everywhere, as far as light was on it."""
    grey = np.asarray(cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY), dtype=np.uint8)
    return np.ascontiguousarray(cv2.cvtColor(even_grey(grey), cv2.COLOR_GRAY2BGR), dtype=np.uint8)


def even_grey(grey: Grey) -> Grey:
    """The same of a picture that is grey already, in one channel."""
    height, width = grey.shape
    quarter = (max(1, width // 4), max(1, height // 4))
    small = cv2.resize(grey, quarter, interpolation=cv2.INTER_AREA)
    ground = cv2.medianBlur(cv2.dilate(small, np.ones((7, 7), np.uint8)), 21)
    ground = cv2.resize(ground, (width, height), interpolation=cv2.INTER_LINEAR)
    return np.asarray(cv2.divide(grey, ground, scale=255), dtype=np.uint8)
