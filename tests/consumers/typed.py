"""Pages typed for the tests: lines of text at known places, as a scanner would give them."""

from __future__ import annotations

import numpy as np
from PIL import Image, ImageDraw

from consumers.pictures import Picture
from consumers.rapid.paddle import Boxes
from samples import faces

WIDTH, HEIGHT, SIZE = 1240, 900, 32


def typed(*lines: tuple[int, int, str], face: str = "song", size: int = SIZE) -> Picture:
    """A white page with each text at its place (left, top, in pixels)."""
    page = Image.new("RGB", (WIDTH, HEIGHT), (253, 253, 251))
    pencil = ImageDraw.Draw(page)
    for left, top, text in lines:
        pencil.text((left, top), text, fill=(20, 20, 20), font=faces.font(face, size))
    return np.ascontiguousarray(np.asarray(page)[:, :, ::-1])


def box(left: float, top: float, right: float, bottom: float) -> Boxes:
    """The corners of an upright line (4 x 2), clockwise from the upper left."""
    return np.array([[left, top], [right, top], [right, bottom], [left, bottom]], dtype=np.float32)
