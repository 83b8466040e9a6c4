"""Seals and stamps: the round company seal with its star, the boxed counter stamp, pressed over the text."""

from __future__ import annotations

import math

import cv2
import numpy as np
from PIL import Image, ImageChops, ImageDraw

from samples import faces

_FINE = 3
"""Drawn this many times larger and scaled down, so that turned characters keep smooth edges."""
_RED = (206, 34, 44)
_BLUE = (38, 62, 160)


def press_seal(
    page: Image.Image,
    name: str,
    label: str,
    centre: tuple[int, int],
    dpi: int,
    rng: np.random.Generator,
) -> None:
    """Presses the seal of `name` on the page, its centre there; `label` stands below the star."""
    press = face(name, label, round(42 / 25.4 * dpi))
    press = press.rotate(float(rng.uniform(-14, 14)), Image.Resampling.BICUBIC)
    _press(page, press, centre, _RED, rng)


def press_stamp(
    page: Image.Image, text: str, centre: tuple[int, int], dpi: int, rng: np.random.Generator
) -> None:
    """Presses a boxed stamp; blue where it says that a copy was compared, red otherwise."""
    size = round(5.2 / 25.4 * dpi)
    font = faces.font("hei", size)
    width, height = round(font.getlength(text) + size * 1.2), round(size * 1.9)
    press = Image.new("L", (width + size, height + size))
    pencil = ImageDraw.Draw(press)
    half = size // 2
    box = (half, half, half + width, half + height)
    pencil.rounded_rectangle(box, size // 4, outline=255, width=size // 9)
    pencil.text((half + width / 2, half + height / 2), text, fill=255, font=font, anchor="mm")
    press = press.rotate(float(rng.uniform(-5, 5)), Image.Resampling.BICUBIC, expand=True)
    _press(page, press, centre, _BLUE if "核对" in text or "原件" in text else _RED, rng)


def face(name: str, label: str, side: int) -> Image.Image:
    """The seal as a mask of `side` pixels: 255 where there is ink."""
    big = side * _FINE
    mask = Image.new("L", (big, big))
    pencil = ImageDraw.Draw(mask)
    middle, radius = big / 2, big * 0.46
    pencil.circle((middle, middle), radius, outline=255, width=round(big * 0.018))
    pencil.polygon(_star(middle, big * 0.13), fill=255)
    span = math.radians(min(250.0, 19.0 * len(name)))
    for number, char in enumerate(name):
        angle = -span / 2 + span * number / max(1, len(name) - 1)
        _ring_character(mask, char, angle, radius * 0.79, big)
    if label:
        font = faces.font("song", round(big * 0.075))
        pencil.text((middle, middle + big * 0.25), label, fill=255, font=font, anchor="mm")
    return mask.resize((side, side), Image.Resampling.LANCZOS)


def _star(middle: float, radius: float) -> list[tuple[float, float]]:
    points = []
    for corner in range(10):
        reach = radius if corner % 2 == 0 else radius * 0.382
        angle = math.pi * corner / 5
        points.append((middle + reach * math.sin(angle), middle - reach * math.cos(angle)))
    return points


def _ring_character(mask: Image.Image, char: str, angle: float, reach: float, big: int) -> None:
    """One character of the ring, its foot towards the centre; ring characters are cut narrow and tall."""
    size = round(big * 0.105)
    tile = Image.new("L", (size * 2, size * 2))
    ImageDraw.Draw(tile).text((size, size), char, fill=255, font=faces.font("song", size), anchor="mm")
    tile = tile.resize((round(size * 1.7), round(size * 2.4))).rotate(
        -math.degrees(angle), Image.Resampling.BICUBIC, expand=True
    )
    x = mask.width / 2 + reach * math.sin(angle) - tile.width / 2
    y = mask.height / 2 - reach * math.cos(angle) - tile.height / 2
    box = (round(x), round(y), round(x) + tile.width, round(y) + tile.height)
    mask.paste(ImageChops.lighter(mask.crop(box), tile), box)


def _press(
    page: Image.Image,
    press: Image.Image,
    centre: tuple[int, int],
    ink: tuple[int, int, int],
    rng: np.random.Generator,
) -> None:
    """Multiplies the ink onto the page, thinner where the pad was dry, so that text shows through."""
    height, width = press.height, press.width
    coarse = rng.normal(0.86, 0.17, (height // 24 + 2, width // 24 + 2)).astype(np.float32)
    pad = cv2.resize(coarse, (width, height), interpolation=cv2.INTER_CUBIC)
    pad = pad + rng.normal(0, 0.10, (height, width)).astype(np.float32)
    cover = np.asarray(press, dtype=np.float32) / 255 * np.clip(pad, 0.25, 0.95)
    x, y = centre[0] - width // 2, centre[1] - height // 2
    box = (x, y, x + width, y + height)
    under = np.asarray(page.crop(box), dtype=np.float32)
    tint = 1 - cover[..., None] * (1 - np.array(ink, dtype=np.float32) / 255)
    page.paste(Image.fromarray((under * tint).astype(np.uint8)), box)
