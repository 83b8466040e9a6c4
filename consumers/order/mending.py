"""Mending ruled lines: over gaps, up to their corners, and across the open foot of a table that goes on overleaf."""

from __future__ import annotations

from bisect import bisect_right

import cv2
import numpy as np

from consumers.order.runs import Mask, ends, turned

_REACH, _GAP = 16, 60
"""So far, in its pixels, a line is led on to the next one, or to one that crosses its way; and so far where half of
the ink is left. A wide cell between two columns' lines stays whole."""
_SIDE_OF = 3
"""So many lines across are crossed by the side of a table that is open at its foot or head."""


def mended(runs: Mask, crossing: Mask | None, ink: Mask) -> Mask:
    """The runs, led on to the next one on their level, or to a crossing line that is close."""
    found = sorted(ends(runs))
    starts = [left for left, *_ in found]
    whole = runs.copy()
    for left, at_left, right, at_right in found:
        for other, level, _, _ in found[bisect_right(starts, right) :]:
            if other - right > _GAP:
                break
            if abs(level - at_right) <= 2 + 0.05 * (other - right):
                if _goes_on(ink, at_right, right, other):
                    cv2.line(whole, (right, at_right), (other, level), 255, 2)
                break
        if crossing is None:
            continue
        for x, y, way in ((right, at_right, 1), (left, at_left, -1)):
            ahead = crossing[y, x : x + _GAP] if way > 0 else crossing[y, max(0, x - _GAP) : x + 1][::-1]
            far = int(ahead.argmax()) * way
            if ahead.any() and _goes_on(ink, y, *sorted((x, x + far))):
                cv2.line(whole, (x, y), (x + far, y), 255, 2)
    return whole


def _goes_on(ink: Mask, y: int, begin: int, end: int) -> bool:
    """Whether a line goes on over a gap: a short one, or one in which ink is left that is no text."""
    traces = ink[max(0, y - 1) : y + 2, begin:end].max(axis=0, initial=0)
    return end - begin <= _REACH or 2 * int(np.count_nonzero(traces)) >= end - begin


def bridges(runs: Mask, crossing: Mask, short: int) -> Mask:
    """The runs that join two crossing lines, or stop so short of them, led on to them."""
    found = np.zeros_like(runs)
    near = cv2.dilate(crossing, np.ones((1, 2 * short + 1), np.uint8))
    for left, at_left, right, at_right in ends(runs):
        if near[at_left, left] and near[at_right, right]:
            cv2.line(found, (max(0, left - 5), at_left), (right + 5, at_right), 255, 2)
    return found


def shut(across: Mask, down: Mask) -> Mask:
    """The lines across, with one that joins lines down which end on one level: a table that goes on overleaf."""
    closed = across.copy()
    near = cv2.dilate(across, np.ones((15, 15), np.uint8))
    # The side of a table crosses several of its lines, the arc of a seal hardly.
    sides = [end for end in ends(turned(down)) if _crossings(across, end) >= _SIDE_OF]
    for level, at in ((0, 1), (2, 3)):
        group: list[tuple[int, int]] = []
        for end in [*sorted((e[level], e[at]) for e in sides if not near[e[level], e[at]]), (1 << 30, 0)]:
            if group and end[0] - group[0][0] > _REACH:
                xs = [x for _, x in group]
                if max(xs) - min(xs) > _GAP:
                    far = group[0][0] if level == 0 else group[-1][0]
                    cv2.line(closed, (min(xs), far), (max(xs), far), 255, 2)
                    for y, x in group:
                        cv2.line(closed, (x, y), (x, far), 255, 2)
                group = []
            group.append(end)
    return closed


def _crossings(across: Mask, end: tuple[int, int, int, int]) -> int:
    """How many lines a line down with those ends (upper, its x, lower, its x) crosses."""
    upper, at_upper, lower, at_lower = end
    beside = slice(max(0, min(at_upper, at_lower) - 2), max(at_upper, at_lower) + 3)
    met = across[upper : lower + 1, beside].max(axis=1)
    return int(np.count_nonzero(np.diff(met.astype(np.int16)) > 0)) + int(met[0] > 0)
