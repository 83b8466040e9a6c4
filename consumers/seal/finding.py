"""Finding the seals on a page, on a reduced copy of it; a page without red costs next to nothing."""

from __future__ import annotations

import math

import cv2
import numpy as np

from consumers.pictures import Picture
from consumers.seal.frame import square_outline
from consumers.seal.pressed import Outline, Seal, Shape, fill
from consumers.seal.redness import redness
from consumers.seal.ring import round_outline

_SIDE = 700
"""Longest side, in pixels, of the copy on which seals are looked for: a ring is two pixels wide there."""
_RED = 16
"""So much more red than green and blue, of 255, once the paper is white: pressed faintly, or paled by JPEG."""
_LEAST_RED = 120
"""Fewer red pixels than that on the copy are no seal."""
_LONG_RUN = 100
"""A straight red run of so many pixels is a ruled line of a form, never a part of a seal."""
_JOIN = 5
"""Pixels across which the parts of a seal are taken as one."""
_MOST = 12
"""So many seals a page at most, and so many blots are looked at for each."""
_MARGIN = 1.04
"""A seal's ink reaches so far beyond the outline that was fitted."""
_WIPED = 0.07
"""Width of the line, in parts of a ring's diameter, that is wiped out with it."""


def find_seals(picture: Picture) -> tuple[Seal, ...]:
    """The seals on a page, which may lie in any direction; none on a page without colour."""
    if not _has_colour(picture):
        return ()
    small = _reduced(picture)
    if min(small.shape[:2]) < _JOIN:
        return ()
    if np.count_nonzero(redness(small) > _RED) < _LEAST_RED:
        return ()
    red = _without_ruled_lines(_mask(redness(_white_paper(small))))
    if np.count_nonzero(red) < _LEAST_RED:
        return ()
    scale = max(picture.shape[:2]) / max(small.shape[:2])
    return tuple(_scaled(shape, outline, scale) for shape, outline in _outlines(red))


def _has_colour(picture: Picture) -> bool:
    sample = picture[::16, ::16]
    return not (
        np.array_equal(sample[..., 0], sample[..., 2]) and np.array_equal(sample[..., 0], sample[..., 1])
    )


def _reduced(picture: Picture) -> Picture:
    """A copy whose longest side has at most `_SIDE` pixels. Halving first costs a quarter of averaging at once."""
    while max(picture.shape[:2]) >= 2 * _SIDE:
        half = (max(1, picture.shape[1] // 2), max(1, picture.shape[0] // 2))
        picture = np.asarray(cv2.resize(picture, half, interpolation=cv2.INTER_LINEAR), dtype=np.uint8)
    scale = min(1.0, _SIDE / max(picture.shape[:2]))
    return np.asarray(cv2.resize(picture, None, fx=scale, fy=scale), dtype=np.uint8)


def _mask(red: Picture) -> Picture:
    return np.asarray(cv2.threshold(red, _RED, 255, cv2.THRESH_BINARY)[1], dtype=np.uint8)


def _white_paper(small: Picture) -> Picture:
    """The picture divided by its paper: on yellowed paper and under a lamp everything is reddish."""
    size = (max(1, small.shape[1] // 8), max(1, small.shape[0] // 8))
    tiny = cv2.resize(small, size, interpolation=cv2.INTER_AREA)
    paper = cv2.medianBlur(cv2.dilate(tiny, np.ones((3, 3), np.uint8)), 7)
    paper = cv2.resize(paper, small.shape[1::-1], interpolation=cv2.INTER_LINEAR)
    return np.asarray(cv2.divide(small, paper, scale=255), dtype=np.uint8)


def _without_ruled_lines(red: Picture) -> Picture:
    """The mask without its long straight runs: a seal on a red form would hang together with the form."""
    across = cv2.morphologyEx(red, cv2.MORPH_OPEN, np.ones((1, _LONG_RUN), np.uint8))
    down = cv2.morphologyEx(red, cv2.MORPH_OPEN, np.ones((_LONG_RUN, 1), np.uint8))
    return np.asarray(cv2.subtract(red, cv2.bitwise_or(across, down)), dtype=np.uint8)


def _outlines(red: Picture) -> list[tuple[Shape, Outline]]:
    """The seals on the mask. Where one was found its outline is wiped out, and others that lie across it appear."""
    found: list[tuple[Shape, Outline]] = []
    seen = np.full_like(red, 255)
    left = red.copy()
    for _ in range(_MOST):
        seal = _next_seal(left, seen, found)
        if seal is None:
            break
        found.append(seal)
        _wipe(left, seal)
        _wipe(seen, seal)
    return found


def _next_seal(
    red: Picture, seen: Picture, found: list[tuple[Shape, Outline]]
) -> tuple[Shape, Outline] | None:
    x, y, width, height = cv2.boundingRect(red)
    if not width:
        return None
    part = red[y : y + height, x : x + width]
    joined = cv2.morphologyEx(part, cv2.MORPH_CLOSE, np.ones((_JOIN, _JOIN), np.uint8))
    count, labels, boxes, _ = cv2.connectedComponentsWithStats(joined, connectivity=8)
    least = 0.045 * max(red.shape)
    large = [n for n in range(1, count) if min(boxes[n][2:4]) >= least / 2 and max(boxes[n][2:4]) >= least]
    for number in sorted(large, key=lambda n: -int(boxes[n][4]))[:_MOST]:
        left, top, across, down, _ = boxes[number]
        if _within(((x + left + across / 2, y + top + down / 2), (across, down), 0.0), found):
            continue
        blot = np.zeros_like(red)
        blot[y : y + height, x : x + width] = np.where(labels == number, part, 0)
        frame = square_outline(blot)
        if frame is not None and not _within(frame, found):
            return "square", frame
        ring = round_outline(blot, red, seen)
        if ring is not None and not _within(ring, found):
            return "round", ring
    return None


def _within(outline: Outline, found: list[tuple[Shape, Outline]]) -> bool:
    """Whether it is a part of a seal that was found: its characters, its star, its second ring."""
    (x, y), own, _ = outline
    for _, ((cx, cy), size, _) in found:
        away = math.hypot(x - cx, y - cy)
        if away < 0.35 * min(size) or away + max(own) / 2 < max(size) / 2:
            return True
    return False


def _wipe(mask: Picture, seal: tuple[Shape, Outline]) -> None:
    shape, outline = seal
    if shape == "round":
        cv2.ellipse(mask, outline, 0, max(3, round(_WIPED * min(outline[1]))))
    else:
        fill(mask, shape, (outline[0], (outline[1][0] * 1.06, outline[1][1] * 1.06), outline[2]), 0)


def _scaled(shape: Shape, outline: Outline, scale: float) -> Seal:
    (x, y), (width, height), angle = outline
    wide = (width * scale * _MARGIN, height * scale * _MARGIN)
    # The middle of a pixel of the copy is the middle of those that it stands for.
    return Seal(shape, ((x + 0.5) * scale - 0.5, (y + 0.5) * scale - 0.5), wide, angle)
