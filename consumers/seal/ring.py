"""The ring of a round or oval seal in a red blot: a closed line, with characters inside.

Everything here works on a mask, 255 where there is red, and on `seen`, 255 where red could be seen: a seal may be
cut off by the page's edge or lie partly on another one.
"""

from __future__ import annotations

import math

import cv2
import numpy as np
from numpy.typing import NDArray

from consumers.pictures import Picture
from consumers.seal.pressed import Outline

Points = NDArray[np.float32]

_RING = (0.06, 0.45)
"""Diameter of a round seal in parts of the page's longer side: 30 mm on A3, 42 mm on a slip of paper."""
_OVAL = 1.6
"""A round seal is at most so many times as wide as high: oval ones measure 40 x 30 and 45 x 30 mm."""
_ANGLES = np.linspace(0, 2 * math.pi, 180, endpoint=False)
_RADII = np.linspace(0.30, 1.24, 95)
_CLOSED = 0.72
"""Part of the outline that must be inked."""
_IN_SIGHT = 0.3
"""Part of the outline that must be on the picture."""
_CUT = 0.6
"""With less of it on the picture, a ring must be whole and written all along."""
_WRITTEN = 0.25
"""Part of the directions, from the middle of a ring, in which there is red inside: a circle drawn by hand is empty."""
_FULL = 0.66
"""A disc that is redder is an emblem or a dot."""
_STANDS_OUT = 0.3
"""So much more of the ring is inked than of a ring around it: among large characters every circle meets some red."""
_THICK = 6
"""Pixels of a stroke that is no ring's."""
_TRIES, _BEST = 300, 6
"""So many circles are tried on a blot that print runs into, and so many of them looked at closely."""


def round_outline(blot: Picture, red: Picture, seen: Picture) -> Outline | None:
    """The ellipse that a round seal draws in the blot, a part of `red`; None where there is none."""
    found = cv2.findContours(blot, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)[0]
    hull = cv2.convexHull(np.concatenate(found)).reshape(-1, 2).astype(np.float32)
    if len(hull) >= 5:
        # The hull has few corners where it is nearly straight; its whole outline is what an ellipse is fitted to.
        outline = _ellipse(_evenly(hull))
        if _is_ring(outline, red, seen):
            return outline
    # Print runs into it. Large characters are left out: among their strokes every circle meets some red.
    thin, thin_red = _thin(blot), _thin(red)
    points = cv2.findNonZero(thin)
    if points is None:
        return None
    for outline in _circles_among(points.reshape(-1, 2).astype(np.float64), max(blot.shape)):
        if _is_ring(outline, thin_red, seen):
            return outline
    return None


def _thin(red: Picture) -> Picture:
    thick = cv2.morphologyEx(red, cv2.MORPH_OPEN, np.ones((_THICK, _THICK), np.uint8))
    return np.asarray(cv2.bitwise_and(red, cv2.bitwise_not(cv2.dilate(thick, np.ones((5, 5), np.uint8)))))


def _is_ring(outline: Outline, red: Picture, seen: Picture) -> bool:
    (_, (width, height), _), side = outline, max(red.shape)
    if not all(math.isfinite(value) for value in (*outline[0], width, height, outline[2])):
        return False
    if not _RING[0] * side <= min(width, height) <= max(width, height) <= _RING[1] * side:
        return False
    if max(width, height) > _OVAL * min(width, height):
        return False
    pixel = 2 / min(width, height)
    rim = np.abs(_RADII - 1) <= max(0.05, 1.5 * pixel)
    sight = _polar(outline, seen)
    on_page = sight[:, rim].all(axis=1)
    in_sight = float(on_page.mean())
    if in_sight < _IN_SIGHT:
        return False
    rays, sight = _polar(outline, red)[on_page], sight[on_page]
    inside = 1 - max(0.1, 4 * pixel) > _RADII
    closed = float(rays[:, rim].any(axis=1).mean())
    beyond = float(rays[:, np.abs(_RADII - 1.16) <= max(0.05, 1.5 * pixel)].any(axis=1).mean())
    written = float(rays[:, inside].any(axis=1).mean())
    full = float((rays * _RADII)[:, inside].sum() / max(1e-6, (sight * _RADII)[:, inside].sum()))
    if in_sight < _CUT and (closed < 0.9 or written < 1.6 * _WRITTEN):
        return False
    return closed >= max(_CLOSED, beyond + _STANDS_OUT) and written >= _WRITTEN and full <= _FULL


def _polar(outline: Outline, mask: Picture) -> NDArray[np.bool_]:
    """The mask along rays from the outline's middle: one row an angle, one column a radius; False off the picture."""
    (x, y), (width, height), angle = outline
    turn = math.radians(angle)
    across = width / 2 * np.outer(np.cos(_ANGLES), _RADII)
    down = height / 2 * np.outer(np.sin(_ANGLES), _RADII)
    columns = np.rint(x + across * math.cos(turn) - down * math.sin(turn)).astype(np.intp)
    rows = np.rint(y + across * math.sin(turn) + down * math.cos(turn)).astype(np.intp)
    inside = (rows >= 0) & (rows < mask.shape[0]) & (columns >= 0) & (columns < mask.shape[1])
    found: NDArray[np.bool_] = np.zeros(rows.shape, dtype=np.bool_)
    found[inside] = mask[rows[inside], columns[inside]] > 0
    return found


def _ellipse(points: Points) -> Outline:
    (x, y), (width, height), angle = cv2.fitEllipse(points)
    return (x, y), (width, height), angle


def _evenly(hull: Points) -> Points:
    """Points every two pixels along a closed line of corners."""
    following = np.roll(hull, -1, axis=0)
    pieces = []
    for start, end in zip(hull, following, strict=True):
        count = max(1, int(np.hypot(*(end - start)) / 2))
        pieces.append(start + (end - start) * (np.arange(count) / count)[:, None])
    return np.concatenate(pieces).astype(np.float32)


def _circles_among(points: NDArray[np.float64], side: int) -> list[Outline]:
    """The circles on which most of the points lie, the best one first, evened out: for a seal that print runs into."""
    if len(points) < 30:
        return []
    points = points[:: len(points) // 500 + 1]
    chance = np.random.default_rng(len(points))  # the same blot, the same answer
    middle, radius = _through(*(points[chance.integers(0, len(points), _TRIES)] for _ in range(3)))
    fits = (radius >= _RING[0] * side / 2) & (radius <= _RING[1] * side / 2)
    middle, radius = middle[fits], radius[fits]
    away = np.abs(np.hypot(*(points[None] - middle[:, None]).transpose(2, 0, 1)) - radius[:, None])
    # A larger circle meets more points by chance alone.
    order = np.argsort(-(away < 1.5).sum(axis=1) / np.maximum(radius, 1))
    return [_evened_out(points, middle[n], float(radius[n]), away[n]) for n in order[:_BEST]]


def _through(
    one: NDArray[np.float64], two: NDArray[np.float64], three: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Middles and radii of the circles through three points each; three in a line have none and are left out."""
    a, b = two - one, three - one
    d = 2 * (a[:, 0] * b[:, 1] - a[:, 1] * b[:, 0])
    good = np.abs(d) > 1e-3
    one, a, b, d = one[good], a[good], b[good], d[good]
    aa, bb = (a**2).sum(axis=1), (b**2).sum(axis=1)
    middle = one + np.stack([b[:, 1] * aa - a[:, 1] * bb, a[:, 0] * bb - b[:, 0] * aa], axis=1) / d[:, None]
    return middle, np.hypot(*(one - middle).T)


def _evened_out(
    points: NDArray[np.float64], middle: NDArray[np.float64], radius: float, away: NDArray[np.float64]
) -> Outline:
    """The circle, made the ellipse of the points near it where those tell one that differs little."""
    circle: Outline = ((float(middle[0]), float(middle[1])), (2 * radius, 2 * radius), 0.0)
    near = points[away < 0.06 * radius].astype(np.float32)
    if len(near) < 30:
        return circle
    ellipse = _ellipse(near)
    # Half a ring does not say how wide the other half is.
    shortest, longest = sorted(ellipse[1])
    return ellipse if longest < 1.25 * shortest and longest < 2.3 * radius else circle
