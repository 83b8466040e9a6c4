"""How red a picture is: the red of seal ink, not the brown of wood or old paper."""

from __future__ import annotations

import cv2
import numpy as np

from consumers.pictures import Picture


def redness(picture: Picture) -> Picture:
    """How much more red there is than green and blue, 0 to 255; what is brown rather than red counts less."""
    blue, green, red = cv2.split(picture)
    more = cv2.subtract(red, cv2.max(blue, green))
    return np.asarray(cv2.subtract(more, cv2.subtract(green, blue)), dtype=np.uint8)
