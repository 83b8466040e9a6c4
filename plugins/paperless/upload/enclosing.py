"""One file for the server that keeps one file a document: the searchable PDF, with the scanner's own bytes inside.

Why inside. The server reads a scan anew unless the file brings text along, so what it gets must be the searchable PDF.
As a version beside the original, the original would be read all the same, and the server's index knows the text of the
first version only. A parser inside the server does better (plugins/paperless_native), but not every server lets one in.
Embedded, as PDF/A-3 does it, the original goes wherever the document goes: every download, export and backup has it,
and any PDF reader can save it.
"""

from __future__ import annotations

import hashlib
import io
import re
from datetime import date
from pathlib import Path

from pikepdf import Array, AttachedFileSpec, Name, ObjectStreamMode, Page, Pdf, PdfError, StreamDecodeLevel

from consumers.searchable import is_layered
from consumers.searchable.alphabet import alphabet_of
from consumers.searchable.frame import upright
from consumers.searchable.layer import add_layer
from consumers.searchable.row import Row, Run
from consumers.searchable.unseen_font import font_of
from plugins.paperless_native import brought_along
from plugins.paperless_native.brought_along import Brought

_FAULTS = (PdfError, TypeError, ValueError, LookupError, AttributeError, ArithmeticError, OSError)
_DESCRIPTION = re.compile(r"sha256:([0-9a-f]{64})")
_ENOUGH = 100
"""From so many characters on (50 of them, as the server counts) the server takes a PDF as it is and reads nothing."""
_PDF = "application/pdf"
_PACKED = ("image/jpeg", "image/png", "image/webp", _PDF)
"""Packing these once more takes as long as all the rest of the PDF, and saves nothing."""
_LEFT, _BOTTOM, _SIZE = 9.0, 9.0, 4.0


def enclosed(
    archive: Path, original: bytes, name: str, media_type: str, *, brought: Brought, day: date
) -> bytes | None:
    """The PDF at `archive` with `original` inside; None where the original is better sent as it is, because the PDF
    adds nothing to it, or can not be opened.

    `brought` is the document's text and its day, which a PDF of pictures brings along; `day` that of filing.
    """
    characters = sum(len("".join(page.split())) for page in brought.pages)
    try:
        with Pdf.open(archive) as pdf:
            if media_type == _PDF and characters >= _ENOUGH and not is_layered(pdf):
                return None
            sha256 = hashlib.sha256(original).hexdigest()
            if characters < _ENOUGH and pdf.pages:
                _name_the_original(pdf, pdf.pages[0], sha256)
            while name in pdf.attachments:  # a file inside the file, of the same name
                name = f"原件 {name}"
            moment = f"D:{day:%Y%m%d}000000Z"
            attached = AttachedFileSpec(
                pdf,
                original,
                filename=name,
                mime_type=media_type,
                description=f"sha256:{sha256}",
                creation_date=moment,
                mod_date=moment,
            )
            attached.relationship = Name.Source
            pdf.attachments[name] = attached
            # PDF/A-3 wants the file named from the document as well; parts 1 and 2 know no files inside.
            pdf.Root.AF = pdf.make_indirect(Array([pdf.attachments[name].obj]))
            _as_part_three(pdf)
            if media_type != _PDF and len(brought.pages) == len(pdf.pages):
                brought_along.put(pdf, brought)
            return _saved(pdf, pack=media_type not in _PACKED)
    except _FAULTS:
        return None


def original_in(content: bytes) -> bytes | None:
    """The original inside a PDF that `enclosed` has made, None where there is none."""
    try:
        with Pdf.open(io.BytesIO(content)) as pdf:
            for attached in pdf.attachments.values():
                if _DESCRIPTION.fullmatch(attached.description or ""):
                    return attached.get_file().read_bytes()
    except _FAULTS:
        pass
    return None


def without_original(content: bytes) -> bytes | None:
    """The searchable PDF without the original, None where there is none inside."""
    try:
        with Pdf.open(io.BytesIO(content)) as pdf:
            ours = [
                name
                for name, attached in pdf.attachments.items()
                if _DESCRIPTION.fullmatch(attached.description or "")
            ]
            for name in ours:
                del pdf.attachments[name]
            if ours and Name.AF in pdf.Root:
                del pdf.Root.AF
            brought_along.take_out(pdf)
            return _saved(pdf) if ours else None
    except _FAULTS:
        return None


def _name_the_original(pdf: Pdf, page: Page, sha256: str) -> None:
    """Write the original's checksum on the page, unseen: a server that finds no text would read the blank page."""
    _, _, height = upright(page)
    text = f"sha256:{sha256}"
    row = Row(height - _BOTTOM, _SIZE, (Run(text, _LEFT, len(text) * _SIZE / 2),))
    alphabet = alphabet_of([text])
    add_layer(pdf, page, [row], alphabet, font_of(pdf, alphabet))


def _as_part_three(pdf: Pdf) -> None:
    if Name.Metadata not in pdf.Root:
        return
    with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as metadata:
        if metadata.get("pdfaid:part") == "2":
            metadata["pdfaid:part"] = "3"


def _saved(pdf: Pdf, *, pack: bool = True) -> bytes:
    file = io.BytesIO()
    pdf.save(
        file,
        compress_streams=pack,
        deterministic_id=True,
        fix_metadata_version=False,
        stream_decode_level=StreamDecodeLevel.none,
        object_stream_mode=ObjectStreamMode.preserve,
    )
    return file.getvalue()
