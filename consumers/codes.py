"""Finding the barcodes on a page's picture: QR codes, Data Matrix, Code 128 and Code 39."""

from __future__ import annotations

import cv2
import numpy as np
import zxingcpp
from numpy.typing import NDArray

from consumers.pictures import Picture
from consumers.preparing.grey import grey_of
from consumers.transcript import Box, Code

_FORMATS = zxingcpp.BarcodeFormats(
    [
        zxingcpp.BarcodeFormat.QRCode,
        zxingcpp.BarcodeFormat.DataMatrix,
        zxingcpp.BarcodeFormat.Code128,
        zxingcpp.BarcodeFormat.Code39,
    ]
)
"""What offices print; the shop's own sorts (EAN, ITF) are read into ruled lines and stamps where there are none."""
_SIDE = 2400
"""Longest side, in pixels, of what is looked at: 200 dpi on A4, where a bar of 0.25 mm is two pixels wide."""
_MOST_CODES = 20
_MOST_TEXT = 500
_SHORTEST = 4
"""A striped code of fewer characters is as often a table's edge."""

Grey = NDArray[np.uint8]


def codes_on(picture: Picture, rotation: int = 0) -> tuple[Code, ...]:
    """The codes, from top to bottom; `rotation` is how the picture has to be turned clockwise to stand upright.

    Boxes are on the upright page. A QR code that is seen and can not be read is given back as damaged.
    """
    grey = grey_of(picture)
    found = _found(_bounded(grey))
    if any(one.damaged for one in found):
        found = _without_damage(found, grey)
    upright = [Code(one.text, one.format, _upright(one.box, rotation), one.damaged) for one in found]
    return tuple(sorted(upright, key=lambda code: (code.box.top, code.box.left))[:_MOST_CODES])


def _without_damage(found: list[Code], grey: Grey) -> list[Code]:
    """What was found once, with what two more looks can read in the place of what was damaged."""
    for other in (grey, cv2.medianBlur(_bounded(grey), 5)):
        for code in _found(np.asarray(other, dtype=np.uint8)):
            if not code.damaged and code.text not in {one.text for one in found}:
                found = [one for one in found if not (one.damaged and _meet(one.box, code.box))] + [code]
        if not any(one.damaged for one in found):
            break
    return found


def _found(grey: Grey) -> list[Code]:
    height, width = grey.shape
    if min(height, width) < 3:
        return []
    read = zxingcpp.read_barcodes(
        np.ascontiguousarray(grey),
        formats=_FORMATS,
        try_invert=False,
        text_mode=zxingcpp.TextMode.Plain,
        return_errors=True,
    )
    codes = []
    for one in read:
        name = one.format.name
        whole = one.valid and bool(one.text)
        striped = name.startswith("Code")
        if whole and not (striped and len(one.text) < _SHORTEST):
            codes.append(Code(one.text[:_MOST_TEXT], _plain(name), _box(one.position, width, height)))
        elif not whole and name.startswith("QRCode"):
            codes.append(Code("", _plain(name), _box(one.position, width, height), damaged=True))
    return codes


def _plain(name: str) -> str:
    """The sort of the code, without its variant: QRCodeModel2 is a QRCode."""
    return next(
        (sort for sort in ("QRCode", "DataMatrix", "Code128", "Code39") if name.startswith(sort)), name
    )


def _bounded(grey: Grey) -> Grey:
    scale = _SIDE / max(grey.shape)
    if scale >= 1:
        return grey
    size = (max(1, round(grey.shape[1] * scale)), max(1, round(grey.shape[0] * scale)))
    return np.asarray(cv2.resize(grey, size, interpolation=cv2.INTER_AREA), dtype=np.uint8)


def _box(position: zxingcpp.Position, width: int, height: int) -> Box:
    corners = (position.top_left, position.top_right, position.bottom_right, position.bottom_left)
    across = [min(max(corner.x / width, 0.0), 1.0) for corner in corners]
    down = [min(max(corner.y / height, 0.0), 1.0) for corner in corners]
    return Box(min(across), min(down), max(across), max(down))


def _upright(box: Box, rotation: int) -> Box:
    """The box on the page once it was turned clockwise by so many degrees."""
    for _ in range(rotation // 90 % 4):
        box = Box(1 - box.bottom, box.left, 1 - box.top, box.right)
    return box


def _meet(one: Box, other: Box) -> bool:
    across = min(one.right, other.right) - max(one.left, other.left)
    return across > 0 and min(one.bottom, other.bottom) - max(one.top, other.top) > 0
