"""From a Scan and ranges of its pages to one PDF for each range."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from pikepdf import ObjectStreamMode, Pdf, PdfError, StreamDecodeLevel

from consumers import media
from consumers.bounds import Bounds
from consumers.cutting.form import bring_form, free_fields
from consumers.errors import ConsumerError
from consumers.pictures import damaged
from consumers.scan import Scan, sha256_of
from consumers.searchable.pdf_pages import is_signed, opened
from consumers.searchable.picture_pages import pdf_of_pictures

_FAULTS = (PdfError, TypeError, ValueError, LookupError, AttributeError, ArithmeticError)
"""What pikepdf was seen to raise on files with faults in them: an object of another sort than it should be."""
_OUT_OF_THE_WHOLE = ("/B", "/StructParents")
"""What ties a page to articles and to the logical structure of the file that it was in."""


@dataclass(frozen=True)
class Cut:
    """Pages `first` to `last` (from 1, inclusive) of a file as a PDF at `path`, with the SHA-256 of its bytes."""

    first: int
    last: int
    path: Path
    sha256: str


class Uncuttable(ConsumerError):
    """A file of which no pages can be made a file of their own: it has none, or would lose what it proves.

    `zh` says why, in one clause that goes on after “未自动分件：”.
    """

    def __init__(self, zh: str) -> None:
        super().__init__(zh)
        self.zh = zh


def cut(scan: Scan, ranges: Iterable[tuple[int, int]], folder: Path, bounds: Bounds) -> tuple[Cut, ...]:
    """Write each range (first and last page, from 1, inclusive) of `scan` into `folder`, which is there.

    What stands there under the same name is overwritten; the caller sees to it that nobody takes half a file for a
    whole one. Raises Uncuttable where the file has no pages to cut (office files) or bears electronic signatures,
    which hold for the whole alone; Refused where it is damaged.
    """
    pdf = _opened(scan, bounds)
    with pdf:
        try:
            if is_signed(pdf):
                raise Uncuttable("文件带有电子签名，签名只对整份文件有效")
            bounds.check_pages(len(pdf.pages))
            for page in pdf.pages:
                free_fields(page)
            return tuple(_written(pdf, first, last, folder) for first, last in ranges)
        except _FAULTS as error:
            raise damaged("PDF") from error


def _opened(scan: Scan, bounds: Bounds) -> Pdf:
    if scan.media_type == media.PDF:
        return opened(scan.path)[0]
    if scan.media_type == media.TIFF:
        return pdf_of_pictures(scan.path, scan.media_type, bounds)[0]
    raise Uncuttable("这种文件没有可以拆开的页面")


def _written(whole: Pdf, first: int, last: int, folder: Path) -> Cut:
    target = folder / f"{first:04}-{last:04}.pdf"
    with Pdf.new() as part:
        for page in whole.pages[first - 1 : last]:
            part.pages.append(page)
        for page in part.pages:
            for key in _OUT_OF_THE_WHOLE:
                if key in page.obj:
                    del page.obj[key]
        bring_form(whole, part)
        _bring_layers(whole, part)
        part.save(
            target,
            deterministic_id=True,
            min_version=whole.pdf_version,
            fix_metadata_version=False,
            # Packed as it was, and else not at all: another version of zlib then gives the same bytes.
            compress_streams=False,
            stream_decode_level=StreamDecodeLevel.none,
            object_stream_mode=ObjectStreamMode.disable,
        )
    return Cut(first, last, target, sha256_of(target))


def _bring_layers(whole: Pdf, part: Pdf) -> None:
    """Which layers of the pages are shown: without it a reader shows them all."""
    layers = whole.Root.get("/OCProperties")
    if layers is not None:
        part.Root.OCProperties = part.copy_foreign(whole.make_indirect(layers))
