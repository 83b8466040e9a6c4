"""What Pillow opens becomes a picture as OpenCV holds it: upright, on white, eight bits a channel."""

from __future__ import annotations

import contextlib
import struct
import warnings
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from consumers import media
from consumers.bounds import Bounds, too_much_memory
from consumers.errors import Refused
from consumers.preparing.grey import in_three

Picture = NDArray[np.uint8]
"""Height x width x 3, blue green red, as OpenCV holds pictures."""

FAULTS = (
    OSError,
    ValueError,
    SyntaxError,
    EOFError,
    TypeError,
    LookupError,
    ArithmeticError,
    AttributeError,
    struct.error,
)
"""What Pillow was seen to raise on cut and mangled files: a tag that is missing is a TypeError to it."""

_FORMATS = ("PNG", "JPEG", "TIFF", "WEBP", "BMP")
"""What Pillow may take a file for; it knows many more, one of which runs another program (EPS)."""

_ORIENTATION = 0x0112
_UPRIGHT = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
"""Exif 2.32, tag Orientation: how the picture has to be turned to stand as its maker held it."""


@contextlib.contextmanager
def open_image(path: Path | BytesIO, media_type: str, most: int) -> Iterator[tuple[Image.Image, int]]:
    """The opened file and its number of pages, `most` + 1 for more than that; raises Refused (`damaged`).

    Only a TIFF has pages. The second picture of a phone's JPEG (MPO) is a preview or a depth map, and what
    moves in a PNG or WebP is no page either.
    """
    with path.open("rb") if isinstance(path, Path) else contextlib.nullcontext(path) as file:
        try:
            with _silent():
                # Pillow's own bomb guard is off by its warning level; ours stands before the unpacking.
                Image.MAX_IMAGE_PIXELS = None
                image = Image.open(file, formats=_FORMATS)
                count = _count(image, most) if media_type == media.TIFF else 1
        except FAULTS as error:
            raise damaged("image") from error
        except MemoryError as error:
            raise too_much_memory() from error
        yield image, count


def unpack(image: Image.Image, number: int, bounds: Bounds) -> Picture:
    """The page with that number (from 1); raises Refused where it is damaged or larger than allowed."""
    try:
        with _silent():
            image.seek(number - 1)
            bounds.check_pixels(*image.size)
            image.load()
            return _blue_first(_upright(_on_white(_eight_bits(image)), image))
    except FAULTS as error:
        raise damaged(f"image (page {number})") from error
    except MemoryError as error:
        raise too_much_memory() from error


def damaged(what: str) -> Refused:
    """The refusal of a file that does not hold together."""
    return Refused(
        "damaged",
        "文件不完整或已损坏，无法读到最后一页，请重新扫描。",
        f"The {what} is cut off or damaged and can not be read to its last page; scan it again.",
    )


def _blue_first(image: Image.Image) -> Picture:
    """The three channels as OpenCV has them; reversing them in numpy takes several times as long."""
    if image.mode in ("1", "L"):
        return in_three(np.asarray(image.convert("L")))
    # Converting what is RGB already copies it, which takes as long as unpacking half of it.
    rgb = image if image.mode == "RGB" else image.convert("RGB")
    return np.asarray(cv2.cvtColor(np.asarray(rgb), cv2.COLOR_RGB2BGR), dtype=np.uint8)


def _count(image: Image.Image, most: int) -> int:
    """How many pages there are, as far as `most` + 1: a small file may hold a hundred thousand."""
    # One by one: Pillow miscounts where it is sent beyond the last one, and to count by itself it goes through all.
    pages = 1
    with contextlib.suppress(EOFError):
        while pages <= most:
            image.seek(pages)
            pages += 1
    image.seek(0)
    return pages


@contextlib.contextmanager
def _silent() -> Iterator[None]:
    """What is odd but legible (a mangled Exif block) is no news to the operator."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


def _eight_bits(image: Image.Image) -> Image.Image:
    """Grey of 16 or 32 bits scaled down; Pillow would clip it, and all but black would be white."""
    if image.mode not in ("I", "F") and not image.mode.startswith("I;16"):
        return image
    deep = np.asarray(image).astype(np.float32)
    white = 65535.0 if image.mode.startswith("I;16") else max(float(deep.max()), 1.0)
    return Image.fromarray(np.clip(deep * (255.0 / white), 0, 255).astype(np.uint8))


def _on_white(image: Image.Image) -> Image.Image:
    if image.mode not in ("RGBA", "LA", "PA") and "transparency" not in image.info:
        return image
    return Image.alpha_composite(Image.new("RGBA", image.size, "white"), image.convert("RGBA"))


def _upright(flat: Image.Image, image: Image.Image) -> Image.Image:
    # A phone writes how it was held. Asked after loading: Pillow turns a TIFF by itself, and then forgets the tag.
    how = _UPRIGHT.get(image.getexif().get(_ORIENTATION, 1))
    return flat if how is None else flat.transpose(how)
