"""PNG's way of packing a picture, which a PDF undoes as well (predictor 15)."""

from __future__ import annotations

import struct
from collections.abc import Iterator

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from consumers.searchable.wrapped import Wrapped, orientation_of

_CHANNELS = {0: 1, 2: 3, 3: 1}
_INDEXED = 3
_WITH_EXIF = (b"eXIf", b"tEXt", b"zTXt", b"iTXt")
_FAST = (cv2.IMWRITE_PNG_COMPRESSION, 1, cv2.IMWRITE_PNG_STRATEGY, cv2.IMWRITE_PNG_STRATEGY_RLE)
"""Less than half the time of the usual way, and no larger (docs/reading.md)."""


def png_as_it_is(image: Image.Image, content: bytes) -> Wrapped | None:
    """The picture in the packed bytes of its file; None where it is interlaced or transparent."""
    width, height, bits, sort, _, _, interlaced = struct.unpack(">IIBBBBB", content[16:29])
    if sort not in _CHANNELS or interlaced or "transparency" in image.info:
        return None
    chunks = list(_chunks(content))
    palette = b"".join(data for name, data in chunks if name == b"PLTE") if sort == _INDEXED else b""
    if sort == _INDEXED and not palette:
        return None
    return Wrapped(
        b"".join(data for name, data in chunks if name == b"IDAT"),
        width,
        height,
        packing="/FlateDecode",
        channels=_CHANNELS[sort],
        bits=bits,
        parameters=_parameters(width, _CHANNELS[sort], bits),
        palette=palette[: 3 << bits],
        profile=image.info.get("icc_profile") or b"",
        # Asked only where there is something: Pillow unpacks the whole picture to look for it.
        orientation=orientation_of(image) if any(name in _WITH_EXIF for name, _ in chunks) else 1,
        as_it_was=True,
    )


def as_png(
    points: NDArray[np.uint8] | NDArray[np.uint16], orientation: int, profile: bytes, palette: bytes = b""
) -> Wrapped:
    """Points (height x width, or height x width x 3 in the order red, green, blue) packed as a PNG packs them."""
    height, width = points.shape[:2]
    channels = 1 if points.ndim == 2 else 3
    done, file = cv2.imencode(".png", points if channels == 1 else points[:, :, ::-1], _FAST)
    assert done
    bits = 8 * points.dtype.itemsize
    return Wrapped(
        b"".join(data for name, data in _chunks(file.tobytes()) if name == b"IDAT"),
        width,
        height,
        packing="/FlateDecode",
        channels=channels,
        bits=bits,
        parameters=_parameters(width, channels, bits),
        palette=palette,
        profile=profile,
        orientation=orientation,
    )


def _parameters(width: int, channels: int, bits: int) -> dict[str, int | bool]:
    return {"Predictor": 15, "Colors": channels, "BitsPerComponent": bits, "Columns": width}


def _chunks(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    place = 8
    while place + 8 <= len(content):
        length, name = struct.unpack(">I4s", content[place : place + 8])
        yield name, content[place + 8 : place + 8 + length]
        place += 12 + length
