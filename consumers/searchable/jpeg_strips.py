"""A TIFF page packed as JPEG strips becomes one JPEG, its coded data byte by byte as it was.

Each strip is coded on its own, and so is what stands between two restart markers of a JPEG (ITU-T T.81, E.2.4): with
markers put between the strips, and the height of all of them in the one header, a decoder reads the very same code.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass

from PIL import TiffImagePlugin

from consumers.searchable.wrapped import Wrapped

_TABLES, _OFFSETS, _LENGTHS, _COLOURS, _ORIENTATION = 347, 273, 279, 262, 274
_CHANNELS = {"L": 1, "RGB": 3, "YCbCr": 3}
_YCC = 6
_SOI, _EOI = b"\xff\xd8", b"\xff\xd9"
_DQT, _DHT, _SOS, _DRI = 0xDB, 0xC4, 0xDA, 0xDD
_BASELINE = (0xC0, 0xC1)


@dataclass(frozen=True)
class _Strip:
    """`tables` and `scan` are segments with their markers; `frame` is that of the frame, with the height left out."""

    tables: bytes
    frame: tuple[bytes, bytes]
    height: int
    scan: bytes
    code: bytes


def strips_as_one(image: TiffImagePlugin.TiffImageFile, content: bytes) -> Wrapped | None:
    """The page at which `image` stands, `content` being the file; None where its strips are not such as can be joined."""
    tags = image.tag_v2
    offsets, lengths = tags.get(_OFFSETS, ()), tags.get(_LENGTHS, ())
    if image.info.get("compression") != "jpeg" or image.mode not in _CHANNELS or not offsets:
        return None
    strips = [_strip(content[place : place + length]) for place, length in zip(offsets, lengths, strict=True)]
    whole = [strip for strip in strips if strip is not None]
    if len(whole) < len(strips) or not _fit(whole, image.height):
        return None
    ycc = tags.get(_COLOURS) == _YCC
    turned = tags.get(_ORIENTATION, 1)
    return Wrapped(
        _joined(whole, bytes(tags.get(_TABLES, b""))[2:-2], image.height, ycc=ycc),
        *image.size,
        packing="/DCTDecode",
        channels=_CHANNELS[image.mode],
        parameters={} if image.mode == "L" else {"ColorTransform": int(ycc)},
        profile=image.info.get("icc_profile") or b"",
        orientation=turned if turned in range(1, 9) else 1,
        as_it_was=True,
    )


def _strip(data: bytes) -> _Strip | None:
    """The parts of one strip; None where it is coded in another way than most are."""
    tables, frame, height, place = b"", None, 0, 2
    end = data.rfind(_EOI)
    while data[:2] == _SOI and place + 4 <= end and data[place] == 0xFF:
        marker, length = data[place + 1], struct.unpack(">H", data[place + 2 : place + 4])[0]
        segment = data[place : place + 2 + length]
        place += 2 + length
        if marker in _BASELINE:
            frame, height = (segment[:5], segment[7:]), struct.unpack(">H", segment[5:7])[0]
        elif marker in (_DQT, _DHT):
            tables += segment
        elif marker == _SOS:
            return _Strip(tables, frame, height, segment, data[place:end]) if frame else None
        elif marker == _DRI or 0xC0 < marker < 0xD0:
            return None
    return None


def _fit(strips: list[_Strip], height: int) -> bool:
    """Whether the strips are coded alike, and each but the last ends where a row of blocks ends."""
    first = strips[0]
    samplings = first.frame[1][4::3]
    block = 8 * max((sampling & 15 for sampling in samplings), default=1)
    alike = {(strip.tables, strip.frame, strip.scan) for strip in strips}
    # A picture of one channel is coded block by block, whatever sampling its header names.
    block = 8 if len(samplings) == 1 else block
    return (
        len(alike) == 1
        and all(strip.height == first.height for strip in strips[:-1])
        and (len(strips) == 1 or first.height % block == 0)
        and sum(strip.height for strip in strips) == height
    )


def _joined(strips: list[_Strip], tables: bytes, height: int, *, ycc: bool) -> bytes:
    first = strips[0]
    before, after = first.frame
    parts = [_SOI]
    if len(after[4::3]) > 1:
        # Without this word of Adobe's, decoders guess whether three channels are red, green and blue.
        parts.append(b"\xff\xee" + struct.pack(">H5sHHHB", 14, b"Adobe", 100, 0, 0, ycc))
    parts += [tables, first.tables, before + struct.pack(">H", height) + after]
    if len(strips) > 1:
        parts.append(struct.pack(">BBHH", 0xFF, _DRI, 4, _blocks(first)))
    parts.append(first.scan)
    for number, strip in enumerate(strips):
        parts.append(strip.code)
        if number + 1 < len(strips):
            parts.append(bytes((0xFF, 0xD0 + number % 8)))
    return b"".join([*parts, _EOI])


def _blocks(strip: _Strip) -> int:
    """How many coded blocks a strip has (minimum coded units: T.81, A.2)."""
    width = int.from_bytes(strip.frame[1][:2], "big")
    samplings = strip.frame[1][4::3]
    across, down = (1, 1)
    if len(samplings) > 1:
        across = max(sampling >> 4 for sampling in samplings)
        down = max(sampling & 15 for sampling in samplings)
    return -(-width // (8 * across)) * -(-strip.height // (8 * down))
