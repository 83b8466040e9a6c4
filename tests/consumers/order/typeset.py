"""Pages as an engine sees them: pieces of text set by hand, and the lines ruled around them."""

from __future__ import annotations

import math

import cv2
import numpy as np

from consumers.order import Piece
from consumers.pictures import Picture

SIZE = (1_600, 2_200)
"""Width and height of a page, in pixels."""
HIGH = 30.0
"""The height of a line of text."""


def piece(text: str, left: float, level: float, *, high: float = HIGH, askew: float = 0.0) -> Piece:
    """A line of text whose left end stands there, on a page turned about its middle by so many degrees."""
    size = SIZE
    wide = sum(high * (1.0 if ord(letter) > 0x7F else 0.5) for letter in text)
    slope = math.tan(math.radians(askew))
    turn = cv2.getRotationMatrix2D((size[0] / 2, size[1] / 2), -askew, 1.0)
    x, y = turn @ np.array([left + wide / 2, level, 1.0])
    rise = abs(slope) * wide / 2 + high / 2
    return Piece(text, x - wide / 2, y - rise, x + wide / 2, y + rise, slope, 0.98)


def column(
    left: float, top: float, lines: list[str], *, leading: float = 50.0, high: float = HIGH
) -> list[Piece]:
    """Lines of text below each other."""
    return [piece(text, left, top + leading * at, high=high) for at, text in enumerate(lines)]


def sheet(
    across: list[tuple[int, int, int]],
    down: list[tuple[int, int, int]],
    *,
    askew: float = 0.0,
    holes: int = 0,
    size: tuple[int, int] = SIZE,
) -> Picture:
    """A white page with lines across (level, from, to) and down (x, from, to), turned by so many degrees; with
    `holes` each line lacks a piece of so many pixels in every hundred."""
    page = np.full((size[1], size[0], 3), 255, np.uint8)
    for level, begin, end in across:
        cv2.line(page, (begin, level), (end, level), (40, 40, 40), 2)
    for x, begin, end in down:
        cv2.line(page, (x, begin), (x, end), (40, 40, 40), 2)
    if holes:
        for at in range(37, max(size), 100):
            for level, _, _ in across:
                page[level - 3 : level + 4, at : at + holes] = 255
            for x, _, _ in down:
                page[at : at + holes, x - 3 : x + 4] = 255
    turn = cv2.getRotationMatrix2D((size[0] / 2, size[1] / 2), -askew, 1.0)
    lain = cv2.warpAffine(page, turn, size, borderValue=(255, 255, 255))
    return np.ascontiguousarray(lain, dtype=np.uint8)
