"""Paper and glass: what age, copier, fax, scanner and phone do to a clean sheet."""

from __future__ import annotations

from collections.abc import Callable

import cv2
import numpy as np
import numpy.typing as npt
from PIL import Image

Pixels = npt.NDArray[np.float32]
"""Height, width, RGB; 0 black to 255 white."""


def wear(sheet: Image.Image, look: str, skew: float, rng: np.random.Generator) -> Image.Image:
    """The sheet as this look delivers it, tilted by `skew` degrees: RGB, for a fax black and white."""
    worn = LOOKS[look](np.asarray(sheet, dtype=np.float32), skew, rng)
    picture = Image.fromarray(np.clip(worn, 0, 255).astype(np.uint8))
    return picture.convert("1", dither=Image.Dither.NONE) if look == "fax" else picture


def clean(page: Pixels, skew: float, rng: np.random.Generator) -> Pixels:
    """A good flat-bed: hardly any trace."""
    page = _blur(_tilt(page, skew, 255), 0.45)
    return page * (250 / 255) + _grain(page.shape, 1.2, 0.4, rng)


def office(page: Pixels, skew: float, rng: np.random.Generator) -> Pixels:
    """The feeder of an office machine: grain, dust, a shadow along one edge."""
    page = _blur(_tilt(page, skew, 240), 0.6)
    page = page * (244 / 255) + 3 + _grain(page.shape, 2.2, 0.6, rng)
    page = _edge_shadow(page, rng, depth=70)
    return _specks(page, 60, 120, rng)


def copy(page: Pixels, skew: float, rng: np.random.Generator) -> Pixels:
    """A photocopy: grey only, hard contrast, toner specks, a dark strip at the glass' edge."""
    grey = page @ np.array([0.32, 0.56, 0.12], dtype=np.float32)
    page = np.repeat(grey[..., None], 3, axis=2)
    page = _blur(_tilt(page, skew, 235), 0.8)
    hard = 255 / (1 + np.exp(-(page - 150) / 24)) * 0.96 + 4
    page = hard.astype(np.float32) + _grain(page.shape, 1.6, 0.6, rng)
    return _specks(_edge_shadow(page, rng, depth=150), 220, 70, rng)


def old(page: Pixels, skew: float, rng: np.random.Generator) -> Pixels:
    """Years in a box: yellowed, faded, browned edges, folded once, a stain or two."""
    height, width = page.shape[:2]
    page = 255 - (255 - page) * 0.78
    tone = np.array([238, 226, 196], dtype=np.float32) / 255
    mottled = _cloud(height, width, 5, 220, rng) * np.array([0.7, 0.9, 1.3], dtype=np.float32)
    page = (page * tone + mottled).astype(np.float32)
    away = np.minimum(np.arange(width), np.arange(width)[::-1])[None, :, None] / (width * 0.06)
    browned = np.exp(-away.astype(np.float32)) * np.array([11, 18, 26], dtype=np.float32)
    page = (page - browned).astype(np.float32)
    fold = round(height * float(rng.uniform(0.47, 0.53)))
    page[fold : fold + 2] -= 26
    page[fold + 2 : fold + 5] += 9
    for _ in range(2):
        _stain(page, rng)
    page = _blur(_tilt(page, skew, 225), 0.7)
    return _specks(page + _grain(page.shape, 2.0, 0.8, rng), 120, 130, rng)


def fax(page: Pixels, skew: float, rng: np.random.Generator) -> Pixels:
    """Black or white, as a fax or a scanner in text mode sends it: ragged strokes, specks, one lost line."""
    grey = page @ np.array([0.32, 0.56, 0.12], dtype=np.float32)
    page = _blur(_tilt(np.repeat(grey[..., None], 3, axis=2), skew, 255), 0.75)
    ragged = page[..., 0] + rng.normal(0, 9, page.shape[:2]).astype(np.float32)
    ink = _specks(np.where(ragged < 188, 0, 255).astype(np.float32)[..., None], 90, 0, rng)
    line = int(rng.integers(round(page.shape[0] * 0.9), page.shape[0] - 40))
    start, end = sorted(rng.integers(0, page.shape[1], 2).tolist())
    ink[line : line + 2, start:end] = 0
    return np.repeat(ink, 3, axis=2)


def photo(page: Pixels, skew: float, rng: np.random.Generator) -> Pixels:
    """Taken with a phone on a desk: perspective, uneven warm light, a soft shadow of the hand."""
    height, width = page.shape[:2]
    wood = _DESKS[int(rng.integers(len(_DESKS)))]
    desk = np.array(wood, dtype=np.float32) + _cloud(height, width, 9, 90, rng) + _streaks(height, width, rng)
    inset, jitter = 0.028, rng.uniform(-0.02, 0.02, (4, 2))
    ideal = np.array([[inset, inset], [1 - inset, inset], [1 - inset, 1 - inset], [inset, 1 - inset]])
    target = ((ideal + np.abs(jitter) * np.sign(0.5 - ideal)) * [width, height]).astype(np.float32)
    source = np.array([[0, 0], [width, 0], [width, height], [0, height]], dtype=np.float32)
    warp = cv2.getPerspectiveTransform(source, target)
    laid = cv2.warpPerspective(page * 0.97, warp, (width, height), flags=cv2.INTER_AREA)
    cover = cv2.warpPerspective(np.ones_like(page), warp, (width, height))
    lit = (laid + desk * (1 - cover)) * _light(height, width, rng)
    lit = _tilt(lit.astype(np.float32), skew, 90)
    warm = _blur(lit, 0.8) * np.array([1.0, 0.975, 0.93], dtype=np.float32)
    return warm + _grain(page.shape, 2.4, 0.5, rng)


_DESKS = ((118, 92, 70), (78, 74, 72), (150, 134, 112), (96, 70, 52))
LOOKS: dict[str, Callable[[Pixels, float, np.random.Generator], Pixels]] = {
    "clean": clean,
    "office": office,
    "copy": copy,
    "old": old,
    "fax": fax,
    "photo": photo,
}


def _tilt(page: Pixels, degrees: float, beyond: float) -> Pixels:
    """The page turned by a small angle; what comes in from outside has the brightness `beyond`."""
    if not degrees:
        return page
    height, width = page.shape[:2]
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1.0)
    fill = (beyond, beyond, beyond)
    turned = cv2.warpAffine(page, turn, (width, height), flags=cv2.INTER_CUBIC, borderValue=fill)
    return np.asarray(turned, dtype=np.float32)


def _blur(page: Pixels, sigma: float) -> Pixels:
    return np.asarray(cv2.GaussianBlur(page, (0, 0), sigma), dtype=np.float32)


def _cloud(height: int, width: int, sigma: float, cell: int, rng: np.random.Generator) -> Pixels:
    """Soft blotches of about `cell` pixels, as one channel."""
    coarse = rng.normal(0, sigma, (height // cell + 2, width // cell + 2)).astype(np.float32)
    grown = cv2.resize(coarse, (width, height), interpolation=cv2.INTER_CUBIC)
    return np.asarray(grown, dtype=np.float32)[..., None]


def _grain(shape: tuple[int, ...], fine: float, soft: float, rng: np.random.Generator) -> Pixels:
    """Sensor noise and paper fibre; the same in all channels, as JPEG would take colour noise away."""
    height, width = shape[:2]
    noise = rng.normal(0, fine, (height, width)).astype(np.float32)
    return noise[..., None] + _cloud(height, width, soft, 60, rng)


def _edge_shadow(page: Pixels, rng: np.random.Generator, depth: float) -> Pixels:
    width = page.shape[1]
    away = np.arange(width, dtype=np.float32) / (width * 0.006)
    shadow = depth * np.exp(-away)
    side: Pixels = shadow if rng.random() < 0.5 else shadow[::-1]
    return page - side[None, :, None]


def _specks(page: Pixels, count: int, tone: float, rng: np.random.Generator) -> Pixels:
    height, width = page.shape[:2]
    for x, y, size in rng.integers((0, 0, 1), (width - 4, height - 4, 4), (count, 3)).tolist():
        page[y : y + size, x : x + size] = tone + rng.uniform(0, 40) if tone else 0
    return page


def _stain(page: Pixels, rng: np.random.Generator) -> None:
    height, width = page.shape[:2]
    radius = float(rng.uniform(0.05, 0.12)) * width
    down, across = np.ogrid[:height, :width]
    far = np.hypot(down - rng.uniform(0, height), across - rng.uniform(0, width)) / radius
    ring = np.exp(-((far - 1) ** 2) * 60) * 10 + np.where(far < 1, 5, 0)
    page -= (ring[..., None] * np.array([0.6, 0.9, 1.4])).astype(np.float32)


def _streaks(height: int, width: int, rng: np.random.Generator) -> Pixels:
    """The grain of a desk's wood."""
    rows = _blur(rng.normal(0, 14, (height, 1, 1)).astype(np.float32), 3.0).reshape(height, 1, 1)
    return np.broadcast_to(rows, (height, width, 1)).astype(np.float32)


def _light(height: int, width: int, rng: np.random.Generator) -> Pixels:
    """Brightness over the picture: a lamp at one side, a soft shadow from one corner."""
    down, across = np.mgrid[:height, :width].astype(np.float32)
    angle = float(rng.uniform(0, 2 * np.pi))
    slope = np.cos(angle) * (across / width - 0.5) + np.sin(angle) * (down / height - 0.5)
    corner_x, corner_y = float(rng.integers(0, 2)) * width, height * 1.05
    shadow = np.exp(-(((across - corner_x) / width / 0.45) ** 2 + ((down - corner_y) / height / 0.4) ** 2))
    light = 0.93 + 0.2 * slope - 0.22 * shadow
    return np.asarray(np.clip(light, 0.35, 1.08), dtype=np.float32)[..., None]
