"""A JPEG as a PDF takes it: byte by byte as it is."""

from __future__ import annotations

from typing import Any

from PIL import Image

from consumers.searchable.wrapped import Wrapped, orientation_of

_CHANNELS = {"L": 1, "RGB": 3, "CMYK": 4}


def jpeg_as_it_is(image: Image.Image, content: bytes) -> Wrapped | None:
    """The picture in the bytes of its file; None where it has another number of colours than PDF knows."""
    if image.mode not in _CHANNELS:
        return None
    return Wrapped(
        content[: _end_of_first(image, len(content))],
        *image.size,
        packing="/DCTDecode",
        channels=_CHANNELS[image.mode],
        profile=image.info.get("icc_profile") or b"",
        # Adobe's programs write inks the other way round, and put their name there.
        inverted=image.mode == "CMYK" and "adobe" in image.info,
        orientation=orientation_of(image),
        as_it_was=True,
    )


def _end_of_first(image: Any, size: int) -> int:
    """The length of the first picture: behind it a phone keeps previews and maps of depth (CIPA DC-007)."""
    try:
        return int(image.mpinfo[0xB002][0]["Size"]) or size
    except (AttributeError, LookupError, TypeError, ValueError):
        return size
