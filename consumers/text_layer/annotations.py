"""What a person filled into a form or wrote over a page: PDF keeps it beside the page, and one sees it on it."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

_HIDDEN = pdfium_c.FPDF_ANNOT_FLAG_HIDDEN | pdfium_c.FPDF_ANNOT_FLAG_NOVIEW
_WITHOUT_TEXT = (pdfium_c.FPDF_ANNOT_LINK, pdfium_c.FPDF_ANNOT_POPUP, pdfium_c.FPDF_ANNOT_TEXT)
"""Links and notes that open at a click: nothing of them stands on the page."""
_TYPED = (pdfium_c.FPDF_FORMFIELD_TEXTFIELD, pdfium_c.FPDF_FORMFIELD_COMBOBOX)
_PASSWORD = 1 << 13
_MOST = 2_000


@dataclass(frozen=True)
class Entry:
    """A value of a form, or a note, and its box in the page's own space (left, bottom, right, top; points)."""

    text: str
    box: tuple[float, float, float, float]


def has_annotations(page: pdfium.PdfPage) -> bool:
    """Whether anything is to be seen on the page that is not part of its content."""
    count = min(int(pdfium_c.FPDFPage_GetAnnotCount(page.raw)), _MOST)
    return any(_is_shown(note) for note in _notes(page, count))


@contextmanager
def flattened(source: Path | BytesIO, number: int) -> Iterator[tuple[pdfium.PdfPage, tuple[Entry, ...]]]:
    """The page (from 1) of a copy of its own in which all annotations are part of the content, and what they say.

    The file is opened once more for it: the page that others draw must stay as it is. Raises PdfiumError where
    PDFium can not do it.
    """
    with pdfium.PdfDocument(source if isinstance(source, Path) else source.getvalue()) as document:
        document.init_forms()
        before = document[number - 1]
        entries = tuple(_entries(document, before))
        pdfium_c.FPDFPage_Flatten(before.raw, pdfium_c.FLAT_NORMALDISPLAY)
        before.close()
        page = document[number - 1]
        try:
            yield page, entries
        finally:
            page.close()


def _notes(page: pdfium.PdfPage, count: int) -> Iterator[Any]:
    for index in range(count):
        note = pdfium_c.FPDFPage_GetAnnot(page.raw, index)
        if note:
            try:
                yield note
            finally:
                pdfium_c.FPDFPage_CloseAnnot(note)


def _is_shown(note: Any) -> bool:
    if pdfium_c.FPDFAnnot_GetFlags(note) & _HIDDEN:
        return False
    return pdfium_c.FPDFAnnot_GetSubtype(note) not in _WITHOUT_TEXT


def _entries(document: pdfium.PdfDocument, page: pdfium.PdfPage) -> Iterator[Entry]:
    count = min(int(pdfium_c.FPDFPage_GetAnnotCount(page.raw)), _MOST)
    rect = pdfium_c.FS_RECTF()
    for note in _notes(page, count):
        if not _is_shown(note) or not pdfium_c.FPDFAnnot_GetRect(note, rect):
            continue
        text = _said(document, note)
        if text.strip():
            yield Entry(text, (rect.left, rect.bottom, rect.right, rect.top))


def _said(document: pdfium.PdfDocument, note: Any) -> str:
    kind = pdfium_c.FPDFAnnot_GetSubtype(note)
    if kind == pdfium_c.FPDF_ANNOT_FREETEXT:
        return _string(pdfium_c.FPDFAnnot_GetStringValue, note, b"Contents")
    if kind != pdfium_c.FPDF_ANNOT_WIDGET or document.formenv is None:
        return ""
    form = document.formenv.raw
    if pdfium_c.FPDFAnnot_GetFormFieldType(form, note) not in _TYPED:
        return ""
    if pdfium_c.FPDFAnnot_GetFormFieldFlags(form, note) & _PASSWORD:
        return ""
    return _string(pdfium_c.FPDFAnnot_GetFormFieldValue, form, note)


def _string(ask: Any, *about: Any) -> str:
    """What one of PDFium's functions answers that fill in a buffer of UTF-16."""
    size = int(ask(*about, None, 0))
    if size <= 2:
        return ""
    buffer = ctypes.create_string_buffer(size)
    ask(*about, ctypes.cast(buffer, ctypes.POINTER(pdfium_c.FPDF_WCHAR)), size)
    return buffer.raw[: size - 2].decode("utf-16le", "replace")
