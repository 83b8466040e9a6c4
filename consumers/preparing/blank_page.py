"""Telling an empty page from one with something on it: a back side is no lost text, a page in faint pencil is.

No ink are: specks, punch holes, the dark rim that a scanner leaves, a fold, stains, what shines through from the other
side. Lengths are millimetres of a sheet of A4; how large a page really is, a picture does not say.
"""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from consumers.pictures import Picture

_SIDE = 1754
"""Longest side, in pixels, of the copy that is looked at: 150 dpi on A4, where a pencil's line is three pixels wide."""
_MM = _SIDE / 297
_STEEP = 11.0
"""Grey levels, of 255, by which an edge rises from one pixel to the next: what has sunk through paper is softer."""
_ABOVE_GRAIN = 5.0
"""And so many times the grain of the paper."""
_RIM = 6.0
"""What lies within so much of the page's edge, or runs into it, is the scanner's rim, a fold, a torn corner."""
_SPREAD = 4
"""By so many pixels a mark is longer and wider than its ink: an edge has two sides."""
_MARK = 1.4
"""Characters and strokes are so long at least; specks are shorter."""
_ENOUGH = 2.8
"""Length of all marks together that makes a page written on: two digits; a single one is a page number or dust."""
_AMONG_SPECKS = 0.06
"""And so much for every speck: where there are many, some of them touch."""
_SHEET, _OUTLINE = 0.4, 4.0
"""Where marks surround such a part of the picture, what lies so close to their outline may be the edge of a sheet."""
_HOLE, _FROM_EDGE = (3.0, 9.0), 22.0
"""Diameter of punch holes, and how far their middles lie from the edge at most."""
_THIN, _FOLDS = 0.9, 2
"""A mark that is no wider is a piece of a line, and so few lines are folds; a form has more."""

Marks = NDArray[np.int32]
"""One row a mark: left, top, width, height, area, in pixels of the copy."""


def has_ink(picture: Picture) -> bool:
    """Whether anything was written, printed or drawn on the page; also where it is faint, as pencil or a pale fax."""
    white = _white(picture)
    if min(white.shape) < 3:
        return False
    marks, specks = _marks(white)
    lines = np.minimum(marks[:, 2], marks[:, 3]) <= _THIN * _MM
    if len(_levels(marks[lines])) <= _FOLDS:
        marks = marks[~lines]
    written = [not _is_hole(white, mark) for mark in marks]
    return float(_length(marks)[written].sum()) >= max(_ENOUGH, _AMONG_SPECKS * specks) * _MM


def _white(picture: Picture) -> Picture:
    """A grey copy, divided by its paper, a little smoothed."""
    grey = cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY)
    scale = min(1.0, _SIDE / max(grey.shape))
    size = (max(1, round(grey.shape[1] * scale)), max(1, round(grey.shape[0] * scale)))
    grey = cv2.resize(grey, size, interpolation=cv2.INTER_AREA)
    tiny = cv2.resize(grey, (max(1, size[0] // 8), max(1, size[1] // 8)), interpolation=cv2.INTER_AREA)
    paper = cv2.resize(cv2.medianBlur(cv2.dilate(tiny, np.ones((3, 3), np.uint8)), 9), size)
    return np.asarray(cv2.GaussianBlur(cv2.divide(grey, paper, scale=255), (0, 0), 0.8), dtype=np.uint8)


def _marks(white: Picture) -> tuple[Marks, int]:
    """Everything with sharp edges that is longer than a speck and lies away from the page's edge; the number of specks."""
    across, down = cv2.Sobel(white, cv2.CV_32F, 1, 0), cv2.Sobel(white, cv2.CV_32F, 0, 1)
    rise = cv2.magnitude(across, down) / 8
    grain = float(np.median(rise))
    sharp = (rise > max(_STEEP, _ABOVE_GRAIN * grain)).astype(np.uint8)
    count, labels, stats, _ = cv2.connectedComponentsWithStats(cv2.dilate(sharp, np.ones((3, 3), np.uint8)))
    boxes: Marks = np.array(stats[1:count], dtype=np.int32)
    height, width = white.shape
    rim = _RIM * _MM
    left, top, right, bottom = boxes[:, 0], boxes[:, 1], boxes[:, 0] + boxes[:, 2], boxes[:, 1] + boxes[:, 3]
    off_edge = (left > 1) & (top > 1) & (right < width - 1) & (bottom < height - 1)
    inside = (right > rim) & (bottom > rim) & (left < width - rim) & (top < height - rim)
    boxes[:, 0:2] += _SPREAD // 2
    boxes[:, 2:4] = np.maximum(1, boxes[:, 2:4] - _SPREAD)
    long = _length(boxes) >= _MARK * _MM
    found = np.flatnonzero(off_edge & inside & long)
    found = found[np.isin(found + 1, _within_sheet(np.asarray(labels, dtype=np.int32), found + 1))]
    return boxes[found], int(np.count_nonzero(~long))


def _within_sheet(labels: NDArray[np.int32], numbers: NDArray[np.intp]) -> NDArray[np.int32]:
    """The numbers of the marks that do not lie on the outline of all of them.

    On a photograph the edge of the sheet is as sharp as ink, and lies around everything that is on it.
    """
    kept = np.zeros(int(labels.max()) + 1, dtype=np.uint8)
    kept[numbers] = 255
    ink = kept[labels]
    points = cv2.findNonZero(ink)
    if points is None:
        return numbers.astype(np.int32)
    hull = cv2.convexHull(points)
    if cv2.contourArea(hull) < _SHEET * ink.size:
        return numbers.astype(np.int32)
    sheet = np.zeros_like(ink)
    cv2.fillConvexPoly(sheet, hull, 255)
    cv2.polylines(sheet, [hull], isClosed=True, color=0, thickness=round(2 * _OUTLINE * _MM))
    return np.unique(labels[(sheet > 0) & (ink > 0)]).astype(np.int32)


def _length(marks: Marks) -> Marks:
    return np.maximum(marks[:, 2], marks[:, 3])


def _levels(lines: Marks) -> list[float]:
    """At which heights, or how far right, the lines run; the pieces of one line count once."""
    found: list[tuple[bool, float]] = []
    for left, top, width, height, _ in lines.tolist():
        level = (width > height, top + height / 2 if width > height else left + width / 2)
        if not any(level[0] == other[0] and abs(level[1] - other[1]) < 4 * _MM for other in found):
            found.append(level)
    return [level for _, level in found]


def _is_hole(white: Picture, mark: NDArray[np.int32]) -> bool:
    """A round, solid spot near the edge."""
    left, top, width, height = (int(value) for value in mark[:4])
    least, most = _HOLE[0] * _MM, _HOLE[1] * _MM
    if not (least <= width <= most and least <= height <= most and 0.75 < width / height < 1.33):
        return False
    x, y = left + width / 2, top + height / 2
    if min(x, y, white.shape[1] - x, white.shape[0] - y) > _FROM_EDGE * _MM:
        return False
    middle = white[top + height // 4 : top + 3 * height // 4, left + width // 4 : left + 3 * width // 4]
    return bool(np.percentile(middle, 95) < 0.85 * np.percentile(white, 50))
