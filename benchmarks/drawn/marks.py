"""Marks: seals, fingerprints and scribbles that lie over the text and are no part of it."""

from __future__ import annotations

import cv2
import numpy as np
from PIL import Image, ImageDraw

from benchmarks.drawn.easel import Ink
from samples import faces, seal

_REDS: tuple[Ink, ...] = ((214, 30, 44), (190, 24, 60), (222, 60, 50))


def company(page: Image.Image, name: str, label: str, dpi: int, rng: np.random.Generator) -> None:
    """A round seal over the last lines of the page."""
    size = round(float(rng.uniform(36, 46)) / 25.4 * dpi)
    press = seal.face(name, label, size).rotate(float(rng.uniform(-30, 30)), Image.Resampling.BICUBIC)
    _press(page, press, _over_the_end(page, size, rng), rng)


def square(page: Image.Image, name: str, dpi: int, rng: np.random.Generator) -> None:
    """A person's square seal, four characters in a frame."""
    size = round(float(rng.uniform(16, 22)) / 25.4 * dpi)
    press = Image.new("L", (size, size))
    pencil = ImageDraw.Draw(press)
    pencil.rectangle((1, 1, size - 2, size - 2), outline=255, width=max(2, size // 18))
    font = faces.font("song-bold", round(size * 0.4))
    for number, char in enumerate((name + "印之章")[:4]):
        column, row = 1 - number // 2, number % 2
        pencil.text(
            (size * (0.28 + 0.44 * column), size * (0.28 + 0.44 * row)),
            char,
            fill=255,
            font=font,
            anchor="mm",
        )
    _press(page, press, _beside(page, size, rng), rng)


def oval(page: Image.Image, text: str, dpi: int, rng: np.random.Generator) -> None:
    """An oval counter seal with a date in the middle."""
    width, height = round(42 / 25.4 * dpi), round(28 / 25.4 * dpi)
    press = Image.new("L", (width, height))
    pencil = ImageDraw.Draw(press)
    pencil.ellipse((2, 2, width - 3, height - 3), outline=255, width=max(2, width // 60))
    for y, words, size in ((0.3, text[:8], 0.16), (0.5, "2021.06.30", 0.15), (0.72, "业务受理章", 0.16)):
        font = faces.font("song", round(height * size))
        pencil.text((width / 2, height * y), words, fill=255, font=font, anchor="mm")
    _press(page, press, _over_the_end(page, height, rng), rng)


def fingerprint(page: Image.Image, dpi: int, rng: np.random.Generator) -> None:
    """A thumb's print in red ink."""
    width, height = round(15 / 25.4 * dpi), round(20 / 25.4 * dpi)
    down, across = np.mgrid[:height, :width].astype(np.float32)
    far = np.hypot((across - width / 2) / (width / 2), (down - height / 2) / (height / 2))
    ridges = (np.sin(far * 38 + across / width * 4) > 0) & (far < 1)
    _press(page, Image.fromarray((ridges * 255).astype(np.uint8)), _beside(page, height, rng), rng)


def scribble(page: Image.Image, dpi: int, rng: np.random.Generator) -> None:
    """A signature that nobody can read, beside the last lines."""
    middle_x, middle_y = _beside(page, round(36 / 25.4 * dpi), rng)
    reach = 18 / 25.4 * dpi
    points, x = [], middle_x - reach
    while x < middle_x + reach:
        points.append((x, middle_y + float(rng.normal(0, reach * 0.22))))
        x += abs(float(rng.normal(reach * 0.12, reach * 0.1)))
    ImageDraw.Draw(page).line(points, fill=(30, 34, 60), width=max(2, dpi // 80), joint="curve")


def watermark(page: Image.Image, text: str, dpi: int) -> Image.Image:
    """The page with pale words across it, as offices print them."""
    tile = Image.new("L", page.size)
    pencil = ImageDraw.Draw(tile)
    font = faces.font("hei", round(26 / 72 * dpi))
    for y in range(0, page.height, round(70 / 25.4 * dpi)):
        for x in range(0, page.width, round(90 / 25.4 * dpi)):
            pencil.text((x, y), text, fill=26, font=font)
    tile = tile.rotate(28, Image.Resampling.BICUBIC)
    return Image.composite(Image.new("RGB", page.size, (150, 150, 150)), page, tile)


def _over_the_end(page: Image.Image, size: int, rng: np.random.Generator) -> tuple[int, int]:
    """A place over the lower lines of what is printed."""
    ink = np.asarray(page.convert("L")) < 120
    dark = np.flatnonzero(ink.sum(axis=1) > page.width * 0.02)
    above_foot = dark[dark < page.height * 0.93]
    last = int(above_foot.max()) if len(above_foot) else page.height // 2
    x = round(page.width * float(rng.uniform(0.25, 0.8)))
    y = last - round(size * float(rng.uniform(-0.1, 0.6)))
    least = size // 2 + 4
    return min(max(x, least), page.width - least), min(max(y, least), page.height - least)


def _beside(page: Image.Image, size: int, rng: np.random.Generator) -> tuple[int, int]:
    """Of twelve such places the one with the least print below it: these marks hide what they lie on from anybody."""
    ink = np.asarray(page.convert("L")) < 150
    half = size // 2
    places = [_over_the_end(page, size, rng) for _ in range(12)]
    return min(
        places, key=lambda at: int(ink[at[1] - half : at[1] + half, at[0] - half : at[0] + half].sum())
    )


def _press(page: Image.Image, press: Image.Image, centre: tuple[int, int], rng: np.random.Generator) -> None:
    """Multiplies the ink onto the page, uneven as a pad leaves it."""
    ink = np.array(_REDS[int(rng.integers(len(_REDS)))], dtype=np.float32) / 255
    width, height = press.size
    coarse = rng.normal(float(rng.uniform(0.55, 0.95)), 0.15, (height // 20 + 2, width // 20 + 2)).astype(
        np.float32
    )
    pad = cv2.resize(coarse, (width, height), interpolation=cv2.INTER_CUBIC)
    cover = np.asarray(press, dtype=np.float32) / 255 * np.clip(pad, 0.15, 0.97)
    left, top = centre[0] - width // 2, centre[1] - height // 2
    box = (left, top, left + width, top + height)
    under = np.asarray(page.crop(box), dtype=np.float32)
    pressed = under * (1 - cover[..., None] * (1 - ink))
    page.paste(Image.fromarray(pressed.astype(np.uint8)), (left, top))
