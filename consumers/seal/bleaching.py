"""Taking a seal out where it lies over text: its red becomes paper, what is dark stays."""

from __future__ import annotations

import cv2
import numpy as np

from consumers.pictures import Picture
from consumers.seal.pressed import Seal, fill
from consumers.seal.redness import redness

_CLEAR, _TOUCHED = 0.5, 0.08
"""Parts of a region's strongest red: above the first a pixel is seal alone, below the second it bears none."""


def without_seals(picture: Picture, seals: tuple[Seal, ...]) -> Picture:
    """The picture with the red of these seals made paper; dark text under them stays. The picture given is not changed."""
    if not seals:
        return picture
    cleaned = picture.copy()
    for seal in seals:
        left, top, right, bottom = seal.box(picture)
        if right - left > 2 and bottom - top > 2:
            region = cleaned[top:bottom, left:right]
            region[:] = _bleached(region, _inside(seal, left, top, region.shape[:2]))
    return cleaned


def _bleached(region: Picture, inside: Picture) -> Picture:
    """The region with its red made paper. Seal ink lets red light through nearly as paper does, text does not."""
    if not inside.any():
        return region
    paper = _paper(region)
    white = np.asarray(cv2.divide(region, paper, scale=255), dtype=np.uint8)
    red = redness(white)
    strongest = float(np.percentile(red[inside > 0], 99))
    touched = (red > max(8.0, _TOUCHED * strongest)).astype(np.uint8) * 255
    # JPEG smears colour over its neighbours: what lies around the red is tinted too.
    spread = cv2.bitwise_and(cv2.dilate(touched, np.ones((5, 5), np.uint8)), inside) > 0
    clear = (red > _CLEAR * strongest) & (inside > 0)
    if not clear.any():
        return region
    light = white[..., 2]
    ink = max(90.0, float(np.percentile(light[clear], 20)))
    plain = ~spread & (light > 200)
    # The paper's own grain lies below its brightest spots: as bright as those, the place would stand out.
    level = float(np.median(light[plain])) if plain.any() else 255.0
    stretched = np.minimum(light.astype(np.float32) * (level / ink), level)
    bleached = cv2.multiply(paper, cv2.merge([stretched] * 3), scale=1 / 255, dtype=cv2.CV_8U)
    return np.where(spread[..., None], bleached, region).astype(np.uint8)


def _inside(seal: Seal, left: int, top: int, size: tuple[int, int]) -> Picture:
    mask = np.zeros(size, np.uint8)
    fill(mask, seal.shape, ((seal.centre[0] - left, seal.centre[1] - top), seal.size, seal.angle), 255)
    return mask


def _paper(region: Picture) -> Picture:
    size = (max(1, region.shape[1] // 4), max(1, region.shape[0] // 4))
    small = cv2.resize(region, size, interpolation=cv2.INTER_AREA)
    paper = cv2.medianBlur(cv2.dilate(small, np.ones((5, 5), np.uint8)), 15)
    return np.asarray(cv2.resize(paper, region.shape[1::-1]), dtype=np.uint8)
