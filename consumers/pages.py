"""Opening a Scan: its pages, each able to give its picture and, in a PDF, its text layer."""

from __future__ import annotations

import contextlib
import mmap
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pypdfium2 as pdfium
from numpy.typing import NDArray
from PIL import Image

from consumers import media
from consumers.bounds import Bounds
from consumers.errors import Refused
from consumers.pictures import Picture, damaged, open_image, unpack

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
        return unpack(self.image, self.number, self.bounds)


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
    with open_image(path, media_type) as (image, count):
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
        # After an encrypted file PDFium says the same of one without pages: the file itself has to say it too.
        if "password" in str(error).lower() and b"/Encrypt" in path.read_bytes():
            raise Refused(
                "encrypted",
                "PDF 设有打开密码，无法读取。请去掉密码后重新放入。",
                "The PDF is protected by a password; remove it and drop the file in again.",
            ) from error
        raise damaged("PDF") from error
    if _is_cut_off(path):
        document.close()
        raise damaged("PDF")
    try:
        yield document
    finally:
        document.close()


def _is_cut_off(path: Path) -> bool:
    """Whether objects stand in the file behind its last `startxref`.

    A PDF that grew by an update (a signature, pages added) and was cut off within it opens as it was before,
    and what was added is lost without a word.
    """
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
        return content.rfind(b" obj") > content.rfind(b"startxref")


def _load_page(document: pdfium.PdfDocument, index: int) -> pdfium.PdfPage:
    try:
        return document[index]
    except pdfium.PdfiumError as error:
        raise damaged(f"PDF page {index + 1}") from error


def _draw(page: pdfium.PdfPage, bounds: Bounds) -> Picture:
    width, height = page.get_size()
    scale = DPI / 72
    bounds.check_pixels(round(width * scale), round(height * scale))
    try:
        bitmap = page.render(scale=scale, rev_byteorder=False, prefer_bgrx=False)
        drawn: Any = bitmap.to_numpy()
    except (pdfium.PdfiumError, MemoryError) as error:
        raise damaged("PDF page") from error
    return _three_channels(drawn)


def _three_channels(drawn: NDArray[np.uint8]) -> Picture:
    if drawn.ndim == 2:
        drawn = drawn[:, :, None]
    if drawn.shape[2] == 1:
        return np.repeat(drawn, 3, axis=2)
    return np.ascontiguousarray(drawn[:, :, :3])
