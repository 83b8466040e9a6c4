"""The little picture of a PDF of ours, made in the server's own process from the picture that its first page consists of.

Drawing the page takes Ghostscript and ImageMagick a third of a second of CPU. Here a JPEG is unpacked at a quarter of its
size, by the library that paperless itself opens pictures with.
"""

from __future__ import annotations

import io
import re
import struct
import zlib
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from PIL import Image

WIDTH, _MOST_HEIGHT = 500, 5000
"""As paperless makes them."""
_MOST_PIXELS = 100_000_000
_QUALITY, _EFFORT = 80, 1
"""More effort than that makes the file a tenth smaller, and takes four times as long."""
_PLACED = re.compile(rb"q [0-9.]+ 0 0 [0-9.]+ [0-9.]+ [0-9.]+ cm /Picture Do Q")
"""How a page of ours is filled with its picture; one that is mirrored is drawn another way."""
_COLOURS = {"/DeviceGray": 0, "/DeviceRGB": 2}
"""How PNG calls them (ISO/IEC 15948, 11.2.2)."""


def draw(path: Path, target: Path) -> bool:
    """Write it to `target` as WebP; False where the first page is not one picture that fills it, or does not unpack."""
    import pikepdf

    try:
        with pikepdf.open(path) as pdf:
            page = pdf.pages[0].obj
            (picture,) = page.Resources.XObject.values()
            plain = "/Decode" not in picture and str(picture.ColorSpace) != "/DeviceCMYK"
            if not plain or int(picture.Width) * int(picture.Height) > _MOST_PIXELS or not _is_filled(page):
                return False
            turn = int(page.get("/Rotate", 0)) % 360
            small = _small(_opened(picture), _size(page, picture, turn))
            _save(small.rotate(-turn, expand=True) if turn else small, target)
    except Exception:  # noqa: BLE001 - the door of one file: its page is drawn another way then
        return False
    return True


def _save(image: Image.Image, target: Path) -> None:
    # By itself Pillow loads all that it can read before it writes a WebP: in a process that lives for one document that
    # takes as long as the rest.
    from PIL import WebPImagePlugin  # noqa: F401

    image.convert("RGB").save(target, "WEBP", quality=_QUALITY, method=_EFFORT)


def _is_filled(page: Any) -> bool:
    streams = page.Contents if page.Contents._type_name == "array" else [page.Contents]
    return any(_PLACED.search(bytes(stream.read_bytes())) for stream in streams)


def _size(page: Any, picture: Any, turn: int) -> tuple[int, int]:
    """Width and height before it is turned, of the page's shape: a fax has other dots across than down."""
    left, bottom, right, top = (float(edge) for edge in page.MediaBox)
    across, down = right - left, top - bottom
    wide, high = (down, across) if turn in (90, 270) else (across, down)
    part = min(
        WIDTH / wide, _MOST_HEIGHT / high, max(int(picture.Width) / across, int(picture.Height) / down)
    )
    return max(1, round(across * part)), max(1, round(down * part))


def _opened(picture: Any) -> Image.Image:
    """The picture, not unpacked yet where it can be."""
    import pikepdf
    from PIL import Image

    parameters = picture.get("/DecodeParms", {})
    colour = _COLOURS.get(str(picture.ColorSpace))
    if (
        str(picture.get("/Filter")) == "/FlateDecode"
        and int(parameters.get("/Predictor", 1)) >= 10
        and int(picture.BitsPerComponent) == 8
        and colour is not None
    ):
        return Image.open(io.BytesIO(_png(picture, colour)), formats=("PNG",))
    return pikepdf.PdfImage(picture).as_pil_image()


def _png(picture: Any, colour: int) -> bytes:
    """The stream as the PNG that it came from: undone by Pillow in half the time."""
    head = struct.pack(">IIBBBBB", int(picture.Width), int(picture.Height), 8, colour, 0, 0, 0)
    parts = ((b"IHDR", head), (b"IDAT", picture.read_raw_bytes()), (b"IEND", b""))
    chunks = (
        struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        for kind, body in parts
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


def _small(image: Image.Image, size: tuple[int, int]) -> Image.Image:
    """Of that size, in grey or in red, green and blue."""
    from PIL import Image

    image.draft(None, size)
    plain = image.convert("L" if image.mode in ("1", "L") else "RGB")
    return plain.resize(size, Image.Resampling.BILINEAR, reducing_gap=2.0)
