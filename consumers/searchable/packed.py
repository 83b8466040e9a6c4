"""The picture of a page as a PDF takes it: the file's own bytes, or its points packed anew without a loss."""

from __future__ import annotations

import struct
import warnings
import zlib

import numpy as np
from PIL import Image, TiffImagePlugin

from consumers.bounds import Bounds
from consumers.pictures import damaged, unpack
from consumers.searchable.fax import as_fax, fax_as_it_is
from consumers.searchable.jpeg import jpeg_as_it_is
from consumers.searchable.jpeg_strips import strips_as_one
from consumers.searchable.png import as_png, png_as_it_is
from consumers.searchable.wrapped import Wrapped, orientation_of

_FAULTS = (
    OSError,
    ValueError,
    SyntaxError,
    TypeError,
    LookupError,
    ArithmeticError,
    AttributeError,
    struct.error,
)
"""What Pillow raises on files with faults in them, and what an index beyond the end of one is."""


def wrapped(image: Image.Image, number: int, content: bytes, bounds: Bounds) -> Wrapped:
    """The page with that number (from 1) of an opened picture file, whose bytes are `content`.

    Raises Refused where it is damaged or larger than allowed.
    """
    try:
        with warnings.catch_warnings():
            # What is odd but legible is no news here: the page was read already.
            warnings.simplefilter("ignore")
            image.seek(number - 1)
            bounds.check_pixels(*image.size)
            return _as_it_is(image, content) or _packed(image, number, bounds)
    except _FAULTS as error:
        raise damaged(f"image (page {number})") from error


def _as_it_is(image: Image.Image, content: bytes) -> Wrapped | None:
    if image.format in ("JPEG", "MPO"):
        return jpeg_as_it_is(image, content)
    if image.format == "PNG":
        return png_as_it_is(image, content)
    if isinstance(image, TiffImagePlugin.TiffImageFile):
        return fax_as_it_is(image, content) or strips_as_one(image, content)
    return None


def _packed(image: Image.Image, number: int, bounds: Bounds) -> Wrapped:
    """The points, packed anew. What is transparent becomes white, as it was when it was read; what Pillow has no exact
    form for (more than 8 bits a colour) becomes what it was read as."""
    image.load()
    found = None if "transparency" in image.info else _exactly(image)
    if found is not None:
        return found
    upright = unpack(image, number, bounds)
    profile = image.info.get("icc_profile") or b""
    grey = np.ascontiguousarray(upright[:, :, 0])
    if (grey == upright[:, :, 1]).all() and (grey == upright[:, :, 2]).all():
        return as_png(grey, 1, profile)
    return as_png(np.ascontiguousarray(upright[:, :, ::-1]), 1, profile)


def _exactly(image: Image.Image) -> Wrapped | None:
    profile = image.info.get("icc_profile") or b""
    # Asked after loading: Pillow turns a TIFF by itself, and then forgets the tag.
    orientation = orientation_of(image)
    match image.mode:
        case "1":
            return as_fax(image)
        case "L" | "RGB":
            return as_png(np.asarray(image), orientation, profile)
        case "P":
            return as_png(np.asarray(image), orientation, profile, bytes(image.getpalette("RGB") or ()))
        case "I;16" | "I;16B" | "I;16L":
            return as_png(np.asarray(image).astype(np.uint16), orientation, profile)
        case "CMYK":
            data = zlib.compress(image.tobytes(), 1)
            return Wrapped(data, *image.size, "/FlateDecode", 4, profile=profile, orientation=orientation)
        case _:
            return None
