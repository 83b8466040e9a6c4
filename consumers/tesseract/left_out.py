"""What tesseract left out, read on its own: it drops large letters beside small ones, and lines that a signature touches."""

from __future__ import annotations

import cv2
import numpy as np

from consumers.pictures import Picture
from consumers.rapid.missed import missed_rows
from consumers.reading_order import Piece
from consumers.tesseract.lines import lines_of, moved
from consumers.tesseract.program import BLOCK, Tesseract

_SURE = 0.6
"""What was left out counts from this confidence on: much of such ink is no text."""
_GAP = 24
"""White pixels between the rows, one below the other."""


def left_out(program: Tesseract, picture: Picture, lines: list[Piece]) -> list[Piece]:
    """The lines of a straight picture that stand outside those found; raises OutOfTime."""
    found = np.array([_corners(line) for line in lines], dtype=np.float32).reshape(-1, 4, 2)
    rows = [_box(row, picture) for row in missed_rows(picture, found)]
    rows = [(left, top, right, bottom) for left, top, right, bottom in rows if right > left and bottom > top]
    if not rows:
        return []
    column, tops = _one_below_the_other(picture, rows)
    read = []
    for line in lines_of(program.words(column, BLOCK)):
        number = int(np.searchsorted(tops, (line.top + line.bottom) / 2)) - 1
        if line.confidence >= _SURE and 0 <= number < len(rows):
            left, top, _, _ = rows[number]
            read.append(moved(line, left - _GAP, top - tops[number]))
    return read


def _one_below_the_other(
    picture: Picture, rows: list[tuple[int, int, int, int]]
) -> tuple[Picture, list[int]]:
    """The rows in one picture, and where each begins in it."""
    width = max(right - left for left, _, right, _ in rows) + 2 * _GAP
    parts, tops, at = [], [], 0
    for left, top, right, bottom in rows:
        cut = picture[top:bottom, left:right]
        white = (255, 255, 255)
        parts.append(
            cv2.copyMakeBorder(
                cut, _GAP, _GAP, _GAP, width - _GAP - (right - left), cv2.BORDER_CONSTANT, value=white
            )
        )
        tops.append(at + _GAP)
        at += bottom - top + 2 * _GAP
    return np.ascontiguousarray(np.vstack(parts), dtype=np.uint8), tops


def _corners(line: Piece) -> list[list[float]]:
    return [
        [line.left, line.top],
        [line.right, line.top],
        [line.right, line.bottom],
        [line.left, line.bottom],
    ]


def _box(
    row: np.ndarray[tuple[int, ...], np.dtype[np.float32]], picture: Picture
) -> tuple[int, int, int, int]:
    height, width = picture.shape[:2]
    left, top = row.min(axis=0)
    right, bottom = row.max(axis=0)
    return max(0, int(left)), max(0, int(top)), min(width, int(right) + 1), min(height, int(bottom) + 1)
