"""Files made for the tests: pictures with one black corner, PDFs written object by object, cut files."""

from __future__ import annotations

import struct
import zlib
from pathlib import Path

import numpy as np
from PIL import Image

from consumers.bounds import Bounds
from consumers.media import media_type_of
from consumers.pages import open_scan
from consumers.pictures import Picture
from consumers.readers import Reader
from consumers.transcript import Page
from tests.conftest import SAMPLES

WIDTH, HEIGHT = 60, 40


def cornered() -> Image.Image:
    """A white picture of 60 x 40 whose top left quarter is black."""
    grey = np.full((HEIGHT, WIDTH), 255, np.uint8)
    grey[: HEIGHT // 2, : WIDTH // 2] = 0
    return Image.fromarray(grey)


def corners(picture: Picture) -> str:
    """Which of top left, top right, bottom left, bottom right are dark, as `x` and `.`."""
    places = ((4, 4), (4, -4), (-4, 4), (-4, -4))
    return "".join("x" if picture[row, column].mean() < 128 else "." for row, column in places)


def pictures(path: Path, bounds: Bounds | None = None) -> list[Picture]:
    """The pictures of all pages."""
    with open_scan(path, media_type_of(path), bounds or Bounds()) as scan:
        return [scan.page(number + 1).picture() for number in range(scan.count)]


def read_with(reader: Reader, path: Path, number: int = 1) -> Page | None:
    """One page of a file, read by one reader."""
    with open_scan(path, media_type_of(path), Bounds()) as scan:
        return reader.read(scan.page(number))


def cut(sample: str, folder: Path, part: float) -> Path:
    """The first part (0.0 to 1.0) of a sample's bytes, as a file of the same name."""
    content = (SAMPLES / sample).read_bytes()
    path = folder / Path(sample).name
    path.write_bytes(content[: round(len(content) * part)])
    return path


def bomb_png(path: Path, width: int, height: int) -> Path:
    """A PNG of a few bytes that says it has that many pixels."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        return (
            struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
        )

    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    rows = zlib.compress(b"\0" * 1000)
    path.write_bytes(
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")
    )
    return path


def pdf(*objects: bytes) -> bytes:
    """A PDF of these objects, numbered from 1; the first one is the catalogue."""
    written, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(written))
        written += b"%d 0 obj\n%b\nendobj\n" % (number, content)
    rows = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    table = b"xref\n0 %d\n0000000000 65535 f \n%b" % (size, rows)
    end = b"trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (size, len(written))
    return written + table + end


def pdf_of_pages(count: int, width: int = 200, height: int = 100) -> bytes:
    """A PDF of so many empty pages, sizes in points."""
    kids = b" ".join(b"%d 0 R" % (number + 3) for number in range(count))
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 %d %d]>>" % (width, height)
    return pdf(
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Count %d/Kids[%b]>>" % (count, kids),
        *[page] * count,
    )


def pdf_with_a_page_added() -> tuple[bytes, int]:
    """A PDF of one page to which a second was added by an update, and the length it had before."""
    before = pdf_of_pages(1)
    places, written = {}, before
    for number, content in (
        (2, b"<</Type/Pages/Count 2/Kids[3 0 R 4 0 R]>>"),
        (4, b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 100]>>"),
    ):
        places[number] = len(written)
        written += b"%d 0 obj\n%b\nendobj\n" % (number, content)
    rows = b"".join(b"%d 1\n%010d 00000 n \n" % entry for entry in places.items())
    trailer = b"trailer\n<</Size 5/Root 1 0 R/Prev %d>>\n" % before.rindex(b"xref\n0 ")
    return written + b"xref\n" + rows + trailer + b"startxref\n%d\n%%%%EOF\n" % len(written), len(before)
