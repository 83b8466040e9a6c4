"""Opening a Scan: its pages, each able to give its picture and, in a PDF, its text layer."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pypdfium2 as pdfium
from numpy.typing import NDArray
from PIL import Image, UnidentifiedImageError

from consumers import media
from consumers.bounds import Bounds
from consumers.errors import Refused

Picture = NDArray[np.uint8]
"""Height x width x 3, blue green red, as OpenCV holds pictures."""

DPI = 200
"""What PDF pages are drawn at: more costs time and gains nothing (docs/reading.md)."""


@dataclass(frozen=True)
class PageSource:
    """One page of an open file, valid only as long as the file is open."""

    path: Path
    number: int
    bounds: Bounds
    pdf_page: pdfium.PdfPage | None
    image: Image.Image | None

    def picture(self) -> Picture:
        """The page as it lies in the file, not turned; raises Refused where it can not be drawn."""
        if self.pdf_page is not None:
            return _draw(self.pdf_page, self.bounds)
        assert self.image is not None
        return _unpack(self.image, self.number, self.bounds)


@dataclass(frozen=True)
class OpenScan:
    """A file that was opened: `count` pages, each to be had by its number (from 1)."""

    path: Path
    count: int
    bounds: Bounds
    document: pdfium.PdfDocument | None
    image: Image.Image | None

    def page(self, number: int) -> PageSource:
        """One page; raises Refused (`damaged`) where the file does not hold together there."""
        pdf_page = None if self.document is None else _load_page(self.document, number - 1)
        return PageSource(self.path, number, self.bounds, pdf_page, self.image)


@contextlib.contextmanager
def open_scan(path: Path, media_type: str, bounds: Bounds) -> Iterator[OpenScan]:
    """Open a file. Raises Refused for what is damaged, encrypted, empty or too large."""
    bounds.check_bytes(path.stat().st_size)
    if media_type == media.PDF:
        with _open_pdf(path) as document:
            bounds.check_pages(len(document))
            yield OpenScan(path, len(document), bounds, document, None)
        return
    with _open_image(path) as image:
        count = _count_frames(image)
        bounds.check_pages(count)
        yield OpenScan(path, count, bounds, None, image)


def count_pages(path: Path, media_type: str, bounds: Bounds) -> int:
    """How many pages the file has, once it was opened to its last one; raises Refused as `open_scan`.

    A picture is unpacked whole, because a JPEG that was cut off tells so only at its end.
    """
    with open_scan(path, media_type, bounds) as scan:
        last = scan.page(scan.count)
        if last.pdf_page is None:
            last.picture()
        return scan.count


@contextlib.contextmanager
def _open_pdf(path: Path) -> Iterator[pdfium.PdfDocument]:
    try:
        document = pdfium.PdfDocument(str(path))
    except pdfium.PdfiumError as error:
        if "password" in str(error).lower():
            raise Refused(
                "encrypted",
                "PDF 设有打开密码，无法读取。请去掉密码后重新放入。",
                "The PDF is protected by a password; remove it and drop the file in again.",
            ) from error
        raise _damaged("PDF") from error
    try:
        yield document
    finally:
        document.close()


def _load_page(document: pdfium.PdfDocument, index: int) -> pdfium.PdfPage:
    try:
        return document[index]
    except pdfium.PdfiumError as error:
        raise _damaged(f"PDF page {index + 1}") from error


def _draw(page: pdfium.PdfPage, bounds: Bounds) -> Picture:
    width, height = page.get_size()
    scale = DPI / 72
    bounds.check_pixels(round(width * scale), round(height * scale))
    try:
        bitmap = page.render(scale=scale, rev_byteorder=False, prefer_bgrx=False)
        drawn: Any = bitmap.to_numpy()
    except (pdfium.PdfiumError, MemoryError) as error:
        raise _damaged("PDF page") from error
    return _three_channels(drawn)


def _three_channels(drawn: NDArray[np.uint8]) -> Picture:
    if drawn.ndim == 2:
        drawn = drawn[:, :, None]
    if drawn.shape[2] == 1:
        return np.repeat(drawn, 3, axis=2)
    return np.ascontiguousarray(drawn[:, :, :3])


@contextlib.contextmanager
def _open_image(path: Path) -> Iterator[Image.Image]:
    try:
        # Pillow's own bomb guard is off by its warning level; ours stands before the unpacking.
        Image.MAX_IMAGE_PIXELS = None
        image = Image.open(path)
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError) as error:
        raise _damaged("image") from error
    with image:
        yield image


def _count_frames(image: Image.Image) -> int:
    try:
        return int(getattr(image, "n_frames", 1))
    except (OSError, ValueError, SyntaxError, EOFError) as error:
        raise _damaged("image") from error


def _unpack(image: Image.Image, number: int, bounds: Bounds) -> Picture:
    try:
        image.seek(number - 1)
        bounds.check_pixels(*image.size)
        frame = _upright_by_exif(image)
        rgb = np.asarray(frame.convert("RGB"))
    except (OSError, EOFError, ValueError, SyntaxError, MemoryError) as error:
        raise _damaged(f"image (page {number})") from error
    return np.ascontiguousarray(rgb[:, :, ::-1])


def _upright_by_exif(image: Image.Image) -> Image.Image:
    # A phone writes how it was held; the page is then turned before anyone measures it.
    turns = {3: Image.Transpose.ROTATE_180, 6: Image.Transpose.ROTATE_270, 8: Image.Transpose.ROTATE_90}
    how = turns.get(image.getexif().get(0x0112, 1))
    flat = image
    if image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info:
        white = Image.new("RGBA", image.size, "white")
        flat = Image.alpha_composite(white, image.convert("RGBA"))
    return flat.transpose(how) if how is not None else flat


def _damaged(what: str) -> Refused:
    return Refused(
        "damaged",
        "文件不完整或已损坏，无法读到最后一页，请重新扫描。",
        f"The {what} is cut off or damaged and can not be read to its last page; scan it again.",
    )
