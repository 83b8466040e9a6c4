"""A page in grey, made once for all who look at it; and a page made smaller, once and not channel by channel where it has
no colour.

On 8 megapixels each of these steps takes as long as reading a line, and half a dozen looks at a page begin with one.
"""

from __future__ import annotations

import weakref
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

Picture = NDArray[np.uint8]
"""As `consumers.pictures` says, which imports this module."""
Grey = NDArray[np.uint8]
"""Height x width, 0 black to 255 white."""

_LARGE = 1_000_000
"""Pixels; what has fewer is not kept: crops of lines would push the page out."""


@dataclass(frozen=True)
class _Kept:
    """A page as long as somebody has it; `colourless` where its three channels are known to be the grey one."""

    page: weakref.ref[Picture]
    grey: Grey
    colourless: bool


_kept: list[_Kept] = []
"""The page that was asked for last, or none."""


def grey_of(picture: Picture) -> Grey:
    """The picture in one channel; of a page the same array again and again, so nobody may write on it."""
    known = _known(picture)
    if known is not None:
        return known.grey
    grey = np.asarray(cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY), dtype=np.uint8)
    _keep(picture, grey, colourless=False)
    return grey


def in_three(grey: Grey) -> Picture:
    """The picture of three channels that `grey` makes, which is remembered to have no colour."""
    picture = np.asarray(cv2.cvtColor(grey, cv2.COLOR_GRAY2BGR), dtype=np.uint8)
    _keep(picture, grey, colourless=True)
    return picture


def averaged(picture: Picture, size: tuple[int, int]) -> Picture:
    """The picture at that width and height, each pixel the mean of those that it stands for."""
    known = _known(picture)
    if known is None or not known.colourless:
        return np.asarray(cv2.resize(picture, size, interpolation=cv2.INTER_AREA), dtype=np.uint8)
    small = cv2.resize(known.grey, size, interpolation=cv2.INTER_AREA)
    return np.asarray(cv2.cvtColor(small, cv2.COLOR_GRAY2BGR), dtype=np.uint8)


def small_grey(picture: Picture, size: tuple[int, int]) -> Grey:
    """The same in grey."""
    return np.asarray(cv2.resize(grey_of(picture), size, interpolation=cv2.INTER_AREA), dtype=np.uint8)


def _known(picture: Picture) -> _Kept | None:
    return next((one for one in list(_kept) if one.page() is picture), None)


def _keep(picture: Picture, grey: Grey, *, colourless: bool) -> None:
    if grey.size >= _LARGE:
        _kept[:] = [_Kept(weakref.ref(picture, _forget), grey, colourless)]


def _forget(gone: weakref.ref[Picture]) -> None:
    _kept[:] = [one for one in _kept if one.page is not gone]
