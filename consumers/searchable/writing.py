"""From a Scan and its Transcript to the PDF that shows the one and can be searched for the other."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from pikepdf import ObjectStreamMode, Pdf, PdfError, StreamDecodeLevel
from pikepdf import Page as PdfPage

from consumers import media
from consumers.bounds import Bounds
from consumers.errors import Refused
from consumers.pictures import damaged
from consumers.scan import Scan
from consumers.searchable.alphabet import alphabet_of
from consumers.searchable.archival import lack_of_archival, make_archival
from consumers.searchable.frame import turn_of, upright
from consumers.searchable.hidden import take_out_hidden_text
from consumers.searchable.layer import add_layer
from consumers.searchable.pdf_pages import opened
from consumers.searchable.picture_pages import pdf_of_pictures
from consumers.searchable.row import Row
from consumers.searchable.rows import rows_of
from consumers.searchable.unseen_font import font_of
from consumers.transcript import Page, Transcript

_FAULTS = (PdfError, TypeError, ValueError, LookupError, AttributeError, ArithmeticError)
"""What pikepdf was seen to raise on files with faults in them: an object of another sort than it should be."""


@dataclass(frozen=True)
class Searchable:
    """What was written: the number of pages, how many of them got a layer of text, whether it is PDF/A-2b, and what is
    to be known about it (one English sentence each)."""

    pages: int
    layers: int
    archival: bool = False
    notes: tuple[str, ...] = ()


def write_searchable(
    scan: Scan, transcript: Transcript, target: Path, *, archival: bool = False, bounds: Bounds | None = None
) -> Searchable:
    """Write `scan` to `target` as a PDF in which the text of `transcript` can be searched and selected.

    A picture gets one page (a TIFF one for each of its own), turned upright by /Rotate. In a PDF only the pages that were
    read from their picture get a layer; the others have their text. With `archival` the PDF of a picture is PDF/A-2b
    where it can be; where it can not, and for what came as a PDF, `notes` says why it is none. `target` is
    overwritten; the caller sees to it that nobody takes half a file for a whole one.

    Raises Refused where the file can not be opened, or is no PDF or picture (`no-pages`).
    """
    bounds = bounds or Bounds()
    if scan.media_type == media.PDF:
        pdf, notes = opened(scan.path)
        lack: str | None = "it came as a PDF, whose other parts nobody has checked" if archival else None
    elif not scan.media_type.startswith("image/"):
        raise _no_pages()
    else:
        pdf, pictures = pdf_of_pictures(scan.path, scan.media_type, bounds)
        notes, lack = [], lack_of_archival(pictures) if archival else None
    theirs = scan.media_type == media.PDF
    with pdf:
        try:
            bounds.check_pages(len(pdf.pages))
            layers, found = _add_layers(pdf, transcript, theirs=theirs)
            if archival and lack is None:
                make_archival(pdf, scan.name)
            _save(pdf, target, ours=not theirs)
            pages = len(pdf.pages)
        except _FAULTS as error:
            raise damaged("PDF") from error
    notes += found if lack is None else [*found, f"it is no PDF/A: {lack}"]
    return Searchable(pages, layers, archival and lack is None, tuple(notes))


def _no_pages() -> Refused:
    return Refused(
        "no-pages",
        "这种文件没有固定的页面，不能做成可检索的 PDF；请以原件归档，或先另存为 PDF。",
        "A file of this kind has no pages to make a searchable PDF of; keep the original, or save it as a PDF first.",
    )


def _add_layers(pdf: Pdf, transcript: Transcript, *, theirs: bool) -> tuple[int, list[str]]:
    """How many pages got a layer, and what is to be known about pages."""
    notes: list[str] = []
    layers: list[tuple[PdfPage, tuple[Row, ...]]] = []
    for number, page in enumerate(pdf.pages, 1):
        read = [one for one in transcript.pages if one.number == number]
        if theirs and not any(one.source == "ocr" for one in read):
            continue
        if theirs:
            left = take_out_hidden_text(pdf, page)
            if left is not None:
                notes.append(f"page {number}: {left}, which programs give back beside what was read")
        rows = _placed(page, read)
        if rows:
            layers.append((page, rows))
    alphabet = alphabet_of(run.text for _, rows in layers for row in rows for run in row.runs)
    font = font_of(pdf, alphabet) if layers else None
    for page, rows in layers:
        assert font is not None
        add_layer(pdf, page, rows, alphabet, font)
    return len(layers), notes


def _placed(page: PdfPage, read: list[Page]) -> tuple[Row, ...]:
    """The rows of what was read on the page, which is turned to stand upright."""
    if read and read[0].rotation % 360:
        page.obj.Rotate = (turn_of(page) + read[0].rotation) % 360
    _, width, height = upright(page)
    return rows_of(read, width, height)


def _save(pdf: Pdf, target: Path, *, ours: bool) -> None:
    pdf.save(
        target,
        deterministic_id=True,
        min_version="1.7" if ours else "",
        fix_metadata_version=False,
        # What lies packed in the original stays as it is packed.
        stream_decode_level=StreamDecodeLevel.none,
        object_stream_mode=ObjectStreamMode.generate if ours else ObjectStreamMode.preserve,
    )
