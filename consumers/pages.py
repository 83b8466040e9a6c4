"""Opening a Scan: its pages, each able to give its picture and, in a PDF, its text layer."""

from __future__ import annotations

import contextlib
import mmap
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c
from numpy.typing import NDArray
from PIL import Image

from consumers import media
from consumers.bounds import Bounds, too_much_memory
from consumers.errors import Refused
from consumers.office.part import Sheet, Written
from consumers.pictures import Picture, damaged, open_image, unpack
from consumers.preparing.embedded import embedded_picture
from consumers.unfolding import Unfolded, unfolded

DPI = 200
"""What PDF pages are drawn at: more costs time and gains nothing (docs/reading.md)."""
_SKETCH_DPI = 150
"""What they are drawn at where they were read from their own text, and only codes are looked for."""


@dataclass(frozen=True)
class PageSource:
    """One page of an open file, valid only as long as the file is open.

    `path` and `number` say where a PDF's or a picture's page is: in a file, or in the bytes of one that is enclosed in
    another. `written` is there on a page of an office file, which has text and no picture.
    """

    path: Path | BytesIO
    number: int
    bounds: Bounds
    pdf_page: pdfium.PdfPage | None
    image: Image.Image | None
    written: Written | None = None
    seen: list[Picture] = field(default_factory=list, repr=False, compare=False)
    """The picture, once somebody has asked for it: whoever looks at it again does not unpack it again."""

    def picture(self) -> Picture:
        """The page as it lies in the file, not turned; raises Refused where it can not be drawn. Nobody may write on it."""
        if not self.seen:
            self.seen.append(self._picture())
        return self.seen[0]

    def sketch(self) -> Picture | None:
        """The picture, drawn coarser where nobody has asked for it yet; None for a page that shows letters and nothing
        else, or can not be drawn."""
        if self.seen:
            return self.seen[0]
        if self.pdf_page is None or not _has_drawings(self.pdf_page):
            return None
        try:
            return _draw(self.pdf_page, self.bounds, _SKETCH_DPI)
        except Refused:
            # The page was read without a picture: it does not fail for want of one.
            return None

    def _picture(self) -> Picture:
        if self.pdf_page is not None:
            inside = embedded_picture(self.pdf_page, DPI, self.bounds)
            return _draw(self.pdf_page, self.bounds) if inside is None else inside
        assert self.image is not None
        return unpack(self.image, self.number, self.bounds)


@dataclass(frozen=True)
class OpenScan:
    """A file that was opened: `count` pages, each to be had by its number (from 1)."""

    path: Path | BytesIO
    count: int
    bounds: Bounds
    document: pdfium.PdfDocument | None
    image: Image.Image | None

    def page(self, number: int) -> PageSource:
        """One page; raises Refused (`damaged`) where the file does not hold together there."""
        pdf_page = None if self.document is None else _load_page(self.document, number - 1)
        return PageSource(self.path, number, self.bounds, pdf_page, self.image)

    def within(self, number: int) -> str:
        """The name of what the page is enclosed in; empty for a page of the file's own."""
        del number
        return ""

    @property
    def notes(self) -> tuple[str, ...]:
        """A sentence for each thing enclosed that could not be opened."""
        return ()


@dataclass(frozen=True)
class OpenOffice(OpenScan):
    """An office file that was opened; `opened` is left with it, and closes what its pages were taken from."""

    office: Unfolded
    opened: contextlib.ExitStack

    def page(self, number: int) -> PageSource:
        """One page: written, or out of a PDF or picture that is enclosed; raises Refused as that one does."""
        leaf = self.office.leaves[number - 1]
        if not isinstance(leaf.source, Sheet):
            return self._enclosed(self.office.content_of(leaf.source), leaf.media_type, leaf.number)
        written = leaf.source.read()
        if written.picture is not None:
            return self._enclosed(written.picture, media.media_type_in(written.picture, "picture"), 1)
        return PageSource(self.path, number, self.bounds, None, None, written)

    def within(self, number: int) -> str:
        """As OpenScan says."""
        return self.office.leaves[number - 1].within

    @property
    def notes(self) -> tuple[str, ...]:
        """As OpenScan says."""
        return tuple(self.office.notes)

    def _enclosed(self, content: bytes, media_type: str, number: int) -> PageSource:
        scan = self.opened.enter_context(_open_plain(BytesIO(content), media_type, self.bounds))
        return scan.page(number)


@contextlib.contextmanager
def open_scan(path: Path, media_type: str, bounds: Bounds) -> Iterator[OpenScan]:
    """Open a file. Raises Refused for what is damaged, encrypted, empty or too large."""
    bounds.check_bytes(path.stat().st_size)
    if media_type in media.OFFICE:
        office = unfolded(path, media_type, bounds, partial(_count_enclosed, bounds))
        with contextlib.ExitStack() as opened:
            yield OpenOffice(path, len(office.leaves), bounds, None, None, office, opened)
        return
    with _open_plain(path, media_type, bounds) as scan:
        yield scan


@contextlib.contextmanager
def _open_plain(path: Path | BytesIO, media_type: str, bounds: Bounds) -> Iterator[OpenScan]:
    """Open a PDF or a picture."""
    if media_type == media.PDF:
        with _open_pdf(path) as document:
            bounds.check_pages(len(document))
            yield OpenScan(path, len(document), bounds, document, None)
        return
    with open_image(path, media_type, bounds.pages) as (image, count):
        bounds.check_pages(count)
        yield OpenScan(path, count, bounds, None, image)


def _count_enclosed(bounds: Bounds, content: bytes, media_type: str) -> int:
    with _open_plain(BytesIO(content), media_type, bounds) as scan:
        return scan.count


def count_pages(path: Path, media_type: str, bounds: Bounds) -> int:
    """How many pages the file has, once it was opened to its last one; raises Refused as `open_scan`.

    A picture is unpacked whole, because a JPEG that was cut off tells so only at its end.
    """
    with open_scan(path, media_type, bounds) as scan:
        if scan.within(scan.count):
            return scan.count
        last = scan.page(scan.count)
        if last.image is not None:
            last.picture()
        return scan.count


@contextlib.contextmanager
def _open_pdf(path: Path | BytesIO) -> Iterator[pdfium.PdfDocument]:
    try:
        document = pdfium.PdfDocument(str(path) if isinstance(path, Path) else path.getvalue())
    except pdfium.PdfiumError as error:
        # After an encrypted file PDFium says the same of one without pages: the file itself has to say it too.
        if "password" in str(error).lower() and b"/Encrypt" in _bytes_of(path):
            raise Refused(
                "encrypted",
                "PDF 设有打开密码，无法读取。请去掉密码后重新放入。",
                "The PDF is protected by a password; remove it and drop the file in again.",
            ) from error
        raise damaged("PDF") from error
    if _is_cut_off(path):
        document.close()
        raise damaged("PDF")
    # Without it what was filled into a form is not drawn.
    document.init_forms()
    try:
        yield document
    finally:
        document.close()


def _bytes_of(path: Path | BytesIO) -> bytes:
    return path.read_bytes() if isinstance(path, Path) else path.getvalue()


def _is_cut_off(path: Path | BytesIO) -> bool:
    """Whether objects stand in the file behind its last `startxref`.

    A PDF that grew by an update (a signature, pages added) and was cut off within it opens as it was before,
    and what was added is lost without a word.
    """
    if not isinstance(path, Path):
        held = path.getvalue()
        return held.rfind(b" obj") > held.rfind(b"startxref")
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
        return content.rfind(b" obj") > content.rfind(b"startxref")


def _load_page(document: pdfium.PdfDocument, index: int) -> pdfium.PdfPage:
    try:
        return document[index]
    except pdfium.PdfiumError as error:
        raise damaged(f"PDF page {index + 1}") from error


def _has_drawings(page: pdfium.PdfPage) -> bool:
    """Whether a page shows anything but letters: pictures, lines, shades, forms that hold them."""
    return any(
        pdfium_c.FPDFPageObj_GetType(pdfium_c.FPDFPage_GetObject(page, index)) != pdfium_c.FPDF_PAGEOBJ_TEXT
        for index in range(pdfium_c.FPDFPage_CountObjects(page))
    )


def _draw(page: pdfium.PdfPage, bounds: Bounds, dpi: int = DPI) -> Picture:
    width, height = page.get_size()
    scale = dpi / 72
    bounds.check_pixels(round(width * scale), round(height * scale))
    try:
        bitmap = page.render(scale=scale, rev_byteorder=False, prefer_bgrx=False)
        drawn: Any = bitmap.to_numpy()
    except pdfium.PdfiumError as error:
        raise damaged("PDF page") from error
    except MemoryError as error:
        raise too_much_memory() from error
    return _three_channels(drawn)


def _three_channels(drawn: NDArray[np.uint8]) -> Picture:
    if drawn.ndim == 2:
        drawn = drawn[:, :, None]
    if drawn.shape[2] == 1:
        return np.repeat(drawn, 3, axis=2)
    return np.ascontiguousarray(drawn[:, :, :3])
