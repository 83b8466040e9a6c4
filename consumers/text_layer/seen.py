"""Which characters of a layer a person sees: the page is drawn, with its pictures and without them.

Text can be white on white, under a picture, beside the page, on a layer that is switched off, of no colour at all. One
need not know all the ways: what leaves no ink of its own on the drawn page is not seen.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import cv2
import numpy as np
import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c
from numpy.typing import NDArray

from consumers.text_layer.drawings import Image
from consumers.text_layer.glyphs import Glyph

_DPI = 100
_PIXELS = 6_000_000
"""A page that would be larger is drawn smaller: a plan of A0 needs no more to be judged."""
_CONTRAST = 18
"""So much the grey changes within three pixels where something is drawn, of 255."""
_DARK = 200
_SHOWS = 0.7
"""This part of a text's ink has to be there when the pictures are drawn too; under a scan, chance leaves half."""
_TINY = 0.0024
"""Letters lower than this part of the page's longer side can not be read: 2 points on A4."""

Grey = NDArray[np.uint8]


def drawn(page: pdfium.PdfPage) -> Grey:
    """The page in grey, as it is shown, at 100 dpi or less."""
    width, height = page.get_size()
    scale = min(_DPI / 72, (_PIXELS / max(width * height, 1.0)) ** 0.5)
    grey: Any = page.render(scale=scale, grayscale=True).to_numpy()
    return np.ascontiguousarray(grey.reshape(grey.shape[:2]))


def drawn_bare(page: pdfium.PdfPage, images: Sequence[Image]) -> Grey:
    """The same without its pictures."""
    with _put_aside(images):
        return drawn(page)


@contextmanager
def _put_aside(images: Sequence[Image]) -> Iterator[None]:
    for image in images:
        pdfium_c.FPDFPageObj_SetIsActive(image.raw, False)
    try:
        yield
    finally:
        for image in images:
            pdfium_c.FPDFPageObj_SetIsActive(image.raw, True)


def seen(glyphs: Sequence[Glyph], size: tuple[float, float], whole: Grey, bare: Grey) -> list[bool]:
    """For each character whether a person sees it.

    `size` is the page's in points, `whole` and `bare` are `drawn` and `drawn_bare`; the same where it has no pictures.
    """
    if not glyphs:
        return []
    boxes = _pixels(glyphs, size, whole.shape)
    change = cv2.morphologyEx(bare, cv2.MORPH_GRADIENT, np.ones((3, 3), np.uint8)) >= _CONTRAST
    if bare is not whole:
        both = cv2.morphologyEx(whole, cv2.MORPH_GRADIENT, np.ones((3, 3), np.uint8)) >= _CONTRAST
        change &= both
    inked = _sums(change, boxes) > 0
    ink, left = _covered(whole, bare, boxes)
    sides = np.array([(g.left + g.right, g.top + g.bottom) for g in glyphs]) / 2
    inside = (sides >= 0).all(axis=1) & (sides[:, 0] <= size[0]) & (sides[:, 1] <= size[1])
    least = _TINY * max(size)
    tall = np.array([max(g.bottom - g.top, g.right - g.left) >= least for g in glyphs])
    return _by_object(glyphs, inked & inside & tall, inside & tall, ink, left)


def _covered(
    whole: Grey, bare: Grey, boxes: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """How many pixels of ink each character has without the pictures, and how many of them with the pictures."""
    if bare is whole:
        some = np.ones(len(boxes), np.int64)
        return some, some
    own = bare < _DARK
    shown = own & (whole.astype(np.int16) <= bare.astype(np.int16) + 50)
    return _sums(own, boxes), _sums(shown, boxes)


def _by_object(
    glyphs: Sequence[Glyph],
    inked: NDArray[np.bool_],
    possible: NDArray[np.bool_],
    ink: NDArray[np.int64],
    left: NDArray[np.int64],
) -> list[bool]:
    """One verdict for each text object: a full stop may be too faint to be found by itself."""
    members: dict[int, list[int]] = {}
    for number, glyph in enumerate(glyphs):
        if not glyph.text.isspace():
            members.setdefault(glyph.drawing, []).append(number)
    result = [bool(one) for one in possible]
    for some in members.values():
        here = [n for n in some if possible[n]]
        there = sum(int(ink[n]) for n in here)
        through = sum(int(left[n]) for n in here)
        covered = there > 0 and through < _SHOWS * there
        mostly = 2 * sum(bool(inked[n]) for n in here) >= len(here)
        for n in here:
            result[n] = not covered and (mostly or bool(inked[n]))
    return result


def _pixels(glyphs: Sequence[Glyph], size: tuple[float, float], shape: tuple[int, ...]) -> NDArray[np.int64]:
    across, down = shape[1] / size[0], shape[0] / size[1]
    raw = np.array([(g.left * across, g.top * down, g.right * across, g.bottom * down) for g in glyphs])
    raw = np.nan_to_num(raw, nan=-9.0, posinf=1e6, neginf=-1e6)
    low, high = np.floor(raw[:, :2]), np.maximum(np.ceil(raw[:, 2:]), np.floor(raw[:, :2]) + 1)
    limits = np.array([shape[1], shape[0]])
    return np.concatenate([np.clip(low, 0, limits), np.clip(high, 0, limits)], axis=1).astype(np.int64)


def _sums(mask: NDArray[np.bool_], boxes: NDArray[np.int64]) -> NDArray[np.int64]:
    """How many pixels of the mask lie in each box."""
    table = cv2.integral(mask.view(np.uint8))
    left, top, right, bottom = boxes.T
    sums: NDArray[np.int64] = (
        table[bottom, right].astype(np.int64) - table[top, right] - table[bottom, left] + table[top, left]
    )
    return sums
