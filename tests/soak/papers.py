"""Small pages that cost next to nothing to read, no two alike, as a scanner would write them."""

from __future__ import annotations

import io
import random

from PIL import Image


def paper(chance: random.Random, ending: str) -> bytes:
    """A file of one to three pages of noise; `ending` is png, jpg, pdf or tif."""
    pages = [_page(chance) for _ in range(1 if ending in ("png", "jpg") else chance.randint(1, 3))]
    return _saved(pages, ending)


def growing(chance: random.Random) -> tuple[bytes, bytes]:
    """A TIFF after its first page, and with all of them: whole both times."""
    pages = [_page(chance) for _ in range(chance.randint(2, 4))]
    return _saved(pages[:1], "tif"), _saved(pages, "tif")


def broken(chance: random.Random) -> bytes:
    """What no reader can make a scan of; no two of them alike, the empty one left out."""
    tail = chance.randbytes(40)
    whole = paper(chance, "pdf")
    return chance.choice(
        [
            b"PK\x03\x04" + tail,
            b"%PDF-1.7\n" + tail,
            b"\x89PNG\r\n\x1a\n" + tail,
            whole[: len(whole) // 2],
            b"not a scan " + tail.hex().encode(),
        ]
    )


def _page(chance: random.Random) -> Image.Image:
    width, height = chance.randint(30, 60), chance.randint(40, 80)
    return Image.frombytes("L", (width, height), chance.randbytes(width * height))


def _saved(pages: list[Image.Image], ending: str) -> bytes:
    kept = io.BytesIO()
    names = {"png": "PNG", "jpg": "JPEG", "pdf": "PDF", "tif": "TIFF"}
    more = {"save_all": True, "append_images": pages[1:]} if ending in ("pdf", "tif") else {}
    pages[0].save(kept, names[ending], **more)
    return kept.getvalue()
