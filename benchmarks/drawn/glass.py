"""Glass: what paper, time, copier, fax, scanner and phone do to a page; other hands than those of samples/paper.py."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt
from PIL import Image

Pixels = npt.NDArray[np.float32]
"""Height, width, RGB; 0 black to 255 white."""
_TINTS = ((255, 246, 200), (255, 226, 226), (222, 238, 255), (226, 248, 226), (238, 230, 214))


@dataclass(frozen=True)
class Worn:
    """A page as a machine delivers it, and what befell it, as parts of a `degradation`."""

    picture: Image.Image
    traits: tuple[str, ...]
    dpi: int


def wear(page: Image.Image, look: str, dpi: int, rng: np.random.Generator) -> Worn:
    """The page in that look, with a little skew and now and then a fold, a shadow or coloured paper."""
    traits: list[str] = []
    pixels = np.asarray(page.convert("RGB"), dtype=np.float32)
    if look in ("office", "copy", "old") and rng.random() < 0.25:
        pixels = _fold(pixels, rng)
        traits.append("fold")
    if look in ("office", "photo", "lowres") and rng.random() < 0.2:
        tint = np.array(_TINTS[int(rng.integers(len(_TINTS)))], dtype=np.float32) / 255
        pixels = np.asarray(pixels * tint, dtype=np.float32)
        traits.append("tinted")
    if look in ("office", "lowres") and rng.random() < 0.15:
        pixels = (255 - (255 - pixels) * float(rng.uniform(0.3, 0.5))).astype(np.float32)
        traits.append("faded")
    skew = float(np.clip(rng.normal(0, 0.8), -2, 2))
    if look != "photo":
        pixels = _tilt(pixels, skew, 255.0 if look in ("clean", "fax") else 238.0)
    traits.append(f"skew{skew:+.2f}")
    worn = _LOOKS[look](pixels, rng)
    picture = Image.fromarray(np.clip(worn, 0, 255).astype(np.uint8))
    if look == "fax":
        return Worn(picture.convert("1", dither=Image.Dither.NONE), (*traits, "bilevel"), dpi)
    if look == "lowres":
        low = int(rng.integers(120, 151))
        size = (round(picture.width * low / dpi), round(picture.height * low / dpi))
        return Worn(picture.resize(size, Image.Resampling.BILINEAR), (*traits, f"lowres{low}"), low)
    if look == "copy" or rng.random() < 0.25:
        return Worn(picture.convert("L"), (*traits, "gray"), dpi)
    return Worn(picture, tuple(traits), dpi)


def bleed(page: Image.Image, rng: np.random.Generator) -> Image.Image:
    """The blank back of a page: its front shines through, reversed and pale."""
    front = np.asarray(page.convert("L").transpose(Image.Transpose.FLIP_LEFT_RIGHT), dtype=np.float32)
    through = cv2.GaussianBlur(front, (0, 0), 2.2)
    back = 255 - (255 - through) * float(rng.uniform(0.03, 0.07))
    return Image.fromarray(np.clip(back, 0, 255).astype(np.uint8)).convert("RGB")


def _clean(page: Pixels, rng: np.random.Generator) -> Pixels:
    return _blur(page, 0.4) * 0.985 + _noise(page, 1.0, rng)


def _office(page: Pixels, rng: np.random.Generator) -> Pixels:
    page = _blur(page, float(rng.uniform(0.5, 0.8))) * 0.95 + 4 + _noise(page, 2.5, rng)
    if rng.random() < 0.4:
        page = _shadow(page, rng, float(rng.uniform(0.1, 0.3)))
    return _dots(page, 80, 110, rng)


def _copy(page: Pixels, rng: np.random.Generator) -> Pixels:
    """A copy of a copy: two rounds of blur and contrast, toner specks, a black rim where the lid stood open."""
    grey = page @ np.array([0.3, 0.59, 0.11], dtype=np.float32)
    for middle in (158, float(rng.uniform(120, 165))):
        grey = _blur(grey, 0.75)
        grey = (255 / (1 + np.exp(-(grey - middle) / 20))).astype(np.float32)
    out = np.repeat(grey[..., None], 3, axis=2) * 0.97 + _noise(page, 2.0, rng)
    rim = int(rng.integers(4, 40))
    if rng.random() < 0.5:
        out[:, -rim:] = 40 + _noise(out[:, -rim:], 8, rng)
    else:
        out[:rim] = 50 + _noise(out[:rim], 8, rng)
    return _dots(out, 300, 40, rng)


def _fax(page: Pixels, rng: np.random.Generator) -> Pixels:
    """Half the lines up and down, a threshold, specks, and a streak where the glass was dirty."""
    height, width = page.shape[:2]
    grey = _blur(page @ np.array([0.3, 0.59, 0.11], dtype=np.float32), 0.7)
    coarse = cv2.resize(grey, (width, round(height * 0.8)), interpolation=cv2.INTER_AREA)
    fine = cv2.resize(coarse, (width, height), interpolation=cv2.INTER_LINEAR)
    ink = np.where(fine + rng.normal(0, 14, fine.shape) < float(rng.uniform(165, 195)), 0.0, 255.0)
    out = np.repeat(ink.astype(np.float32)[..., None], 3, axis=2)
    out = _dots(out, 250, 0, rng)
    for _ in range(int(rng.integers(0, 3))):
        x = int(rng.integers(0, width - 2))
        top, end = sorted(rng.integers(0, height, 2).tolist())
        out[top:end, x : x + int(rng.integers(1, 3))] = 0
    return out


def _photo(page: Pixels, rng: np.random.Generator) -> Pixels:
    """A phone held not quite straight over a table: perspective, a lamp's slope, the phone's own shadow."""
    height, width = page.shape[:2]
    table = np.array([[92, 86, 80], [140, 120, 96], [60, 66, 74]][int(rng.integers(3))], dtype=np.float32)
    ground = np.broadcast_to(table, page.shape) + _noise(page, 5, rng)
    corners = np.array([[0, 0], [1, 0], [1, 1], [0, 1]], dtype=np.float32)
    inwards = np.sign(0.5 - corners) * rng.uniform(0.012, 0.06, (4, 2))
    source = (corners * [width, height]).astype(np.float32)
    target = ((corners + inwards) * [width, height]).astype(np.float32)
    warp = cv2.getPerspectiveTransform(source, target)
    laid = cv2.warpPerspective(page * 0.96, warp, (width, height), flags=cv2.INTER_LINEAR)
    cover = cv2.warpPerspective(np.ones_like(page), warp, (width, height))
    lit = _shadow(
        (laid * cover + ground * (1 - cover)).astype(np.float32), rng, float(rng.uniform(0.25, 0.45))
    )
    warm = _blur(lit, float(rng.uniform(0.6, 1.1))) * np.array([1.0, 0.97, 0.9], dtype=np.float32)
    return warm + _noise(page, 3.0, rng)


def _old(page: Pixels, rng: np.random.Generator) -> Pixels:
    """Decades in a folder: weak ink, brown paper, damp."""
    height, width = page.shape[:2]
    page = 255 - (255 - page) * float(rng.uniform(0.55, 0.8))
    brown = np.array([236, 220, 184], dtype=np.float32) / 255
    blotches = np.zeros((height, width), dtype=np.float32)
    for cell, depth in ((400, 5.0), (90, 1.5), (12, 1.5)):
        coarse = rng.normal(0, depth, (height // cell + 2, width // cell + 2)).astype(np.float32)
        blotches += cv2.resize(coarse, (width, height), interpolation=cv2.INTER_CUBIC)
    far = np.minimum(np.arange(width), np.arange(width)[::-1]) / (width * 0.05)
    blotches -= 18 * np.exp(-far.astype(np.float32))[None, :]
    page = (page * brown + blotches[..., None]).astype(np.float32)
    return _dots(_blur(page, 0.75) + _noise(page, 3.0, rng), 160, 120, rng)


def _lowres(page: Pixels, rng: np.random.Generator) -> Pixels:
    return _blur(page, 0.7) * 0.96 + _noise(page, 2.0, rng)


_LOOKS: dict[str, Callable[[Pixels, np.random.Generator], Pixels]] = {
    "clean": _clean,
    "office": _office,
    "copy": _copy,
    "fax": _fax,
    "photo": _photo,
    "old": _old,
    "lowres": _lowres,
}
LOOKS = tuple(_LOOKS)


def _tilt(page: Pixels, degrees: float, beyond: float) -> Pixels:
    height, width = page.shape[:2]
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1.0)
    turned = cv2.warpAffine(page, turn, (width, height), flags=cv2.INTER_CUBIC, borderValue=(beyond,) * 3)
    return np.asarray(turned, dtype=np.float32)


def _blur(page: Pixels, sigma: float) -> Pixels:
    return np.asarray(cv2.GaussianBlur(page, (0, 0), sigma), dtype=np.float32)


def _noise(page: Pixels, sigma: float, rng: np.random.Generator) -> Pixels:
    return rng.normal(0, sigma, (*page.shape[:2], 1)).astype(np.float32)


def _shadow(page: Pixels, rng: np.random.Generator, depth: float) -> Pixels:
    """Darker towards one side or corner, by up to `depth` of the light."""
    height, width = page.shape[:2]
    down, across = np.mgrid[:height, :width].astype(np.float32)
    angle = float(rng.uniform(0, 2 * np.pi))
    along = np.cos(angle) * (across / width - 0.5) + np.sin(angle) * (down / height - 0.5)
    edge = 1 / (1 + np.exp(-(along - float(rng.uniform(-0.1, 0.35))) / float(rng.uniform(0.03, 0.2))))
    return np.asarray(page * (1 - depth * edge[..., None]), dtype=np.float32)


def _fold(page: Pixels, rng: np.random.Generator) -> Pixels:
    """One crease across or down, a bright ridge beside a dark one, one half a little darker."""
    page = page.copy()
    height = page.shape[0]
    at = round(height * float(rng.uniform(0.3, 0.7)))
    page[at : at + 2] -= 45
    page[at + 2 : at + 4] += 12
    page[at:] *= float(rng.uniform(0.93, 0.98))
    return page


def _dots(page: Pixels, count: int, tone: float, rng: np.random.Generator) -> Pixels:
    height, width = page.shape[:2]
    for x, y, size in rng.integers((0, 0, 1), (width - 4, height - 4, 4), (count, 3)).tolist():
        page[y : y + size, x : x + size] = tone
    return page
