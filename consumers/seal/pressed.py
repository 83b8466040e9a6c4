"""A seal as it was pressed on a page: where it lies, and what it covers."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

import cv2
import numpy as np

from consumers.pictures import Picture

Shape = Literal["round", "square"]
Outline = tuple[tuple[float, float], tuple[float, float], float]
"""Middle, width and height in pixels, degrees clockwise: as OpenCV holds turned rectangles and ellipses."""


@dataclass(frozen=True)
class Seal:
    """Where a seal is: its outline's middle, width and height in pixels, and by how many degrees it lies clockwise.

    A seal that is cut off by the edge of the picture reaches beyond it.
    """

    shape: Shape
    centre: tuple[float, float]
    size: tuple[float, float]
    angle: float

    def box(self, picture: Picture) -> tuple[int, int, int, int]:
        """Left, top, right, bottom of what the picture shows of it, in pixels."""
        turn = math.radians(self.angle)
        across, down = self.size[0] / 2, self.size[1] / 2
        if self.shape == "round":
            half_x = math.hypot(across * math.cos(turn), down * math.sin(turn))
            half_y = math.hypot(across * math.sin(turn), down * math.cos(turn))
        else:
            half_x = abs(across * math.cos(turn)) + abs(down * math.sin(turn))
            half_y = abs(across * math.sin(turn)) + abs(down * math.cos(turn))
        height, width = picture.shape[:2]
        left, top = max(0, int(self.centre[0] - half_x)), max(0, int(self.centre[1] - half_y))
        right = min(width, math.ceil(self.centre[0] + half_x))
        return left, top, right, min(height, math.ceil(self.centre[1] + half_y))


def fill(mask: Picture, shape: Shape, outline: Outline, value: int) -> None:
    """Set that value wherever the seal lies on the mask."""
    if shape == "round":
        cv2.ellipse(mask, outline, value, -1)
    else:
        cv2.fillConvexPoly(mask, np.rint(cv2.boxPoints(outline)).astype(np.int32), value)
