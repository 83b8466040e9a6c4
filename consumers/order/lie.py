"""How the text lies on the picture, and where everything would stand if it lay straight.

A sheet that was put in askew has one slope; on a photo taken from one side the slope changes from the head of
the page to its foot. Both are taken out at once, so that rows are level and columns upright.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from consumers.order.piece import Piece, page_slope

_LONG = 4.0
"""Pieces so many times as wide as high tell the slope; the corners of shorter ones are too coarse."""
_FEWEST = 6
"""So many long pieces at different heights tell how the slope changes."""
_OUTLIER = 0.015
"""A piece that lies so much steeper than its neighbours (seal, handwriting) says little of the page."""
_DOUBT = 0.006
"""How far off the slope of a piece may be that is one fifth of the page wide."""
_STEEPEST = 0.12
"""What slopes more is no page that stands upright: nothing is straightened by it."""


@dataclass(frozen=True)
class Lie:
    """Rows run along Y = v (1 + bend X) + slope X, X and Y measured from the middle of the picture."""

    slope: float
    bend: float
    middle: tuple[float, float]

    def straight(self, x: float, y: float) -> tuple[float, float]:
        """Where a point of the picture would stand."""
        across, down = x - self.middle[0], y - self.middle[1]
        shrunk = max(0.5, 1 + self.bend * across)
        return (
            self.middle[0] + (across + self.slope * down) / shrunk,
            self.middle[1] + (down - self.slope * across) / shrunk,
        )

    def homography(self) -> NDArray[np.float64]:
        """The same as `straight`, as OpenCV wants it to straighten a picture."""
        x, y = self.middle
        to = np.array([[1, 0, -x], [0, 1, -y], [0, 0, 1]], dtype=np.float64)
        straight = np.array([[1, self.slope, 0], [-self.slope, 1, 0], [self.bend, 0, 1]], dtype=np.float64)
        back = np.array([[1, 0, x], [0, 1, y], [0, 0, 1]], dtype=np.float64)
        return np.asarray(back @ straight @ to, dtype=np.float64)


def lie_of(pieces: list[Piece], width: float, height: float) -> Lie:
    """How the pieces of a picture of that size lie."""
    middle = (width / 2, height / 2)
    slope = page_slope(pieces)
    if abs(slope) > _STEEPEST:
        return Lie(0.0, 0.0, middle)
    told = [p for p in pieces if p.right - p.left > _LONG * (p.bottom - p.top) and abs(p.slope) < _STEEPEST]
    if len(told) < _FEWEST:
        return Lie(slope, 0.0, middle)
    slopes = np.array([p.slope for p in told])
    down = np.array(
        [(p.top + p.bottom) / 2 - middle[1] - slope * ((p.left + p.right) / 2 - middle[0]) for p in told]
    )
    weights = np.array([p.right - p.left for p in told]) ** 2 / (width / 5 * _DOUBT) ** 2
    bend = 0.0
    for _ in range(4):
        off = np.abs(slopes - slope - bend * down)
        trusted = weights / np.maximum(1.0, off / _OUTLIER) ** 2
        # A page is taken to be flat unless its pieces say otherwise: at its head and foot by one degree at most.
        system = np.array(
            [[trusted.sum(), (trusted * down).sum()], [(trusted * down).sum(), (trusted * down**2).sum()]]
        )
        system[1, 1] += (height / 2 / 0.017) ** 2
        slope, bend = np.linalg.solve(system, [(trusted * slopes).sum(), (trusted * down * slopes).sum()])
    return Lie(float(slope), float(bend), middle)
