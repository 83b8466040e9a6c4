"""What an upload of ours brings along for the parser in the server: its text and its day, bound to its pages.

They lie where a PDF keeps what belongs to one program (page-piece dictionary, ISO 32000-1, 14.5). Nobody has to read the
file again, draw it or look for a date in it then. A checksum binds them to what is seen: on a file that anybody has
changed since, by a page, a note or a turn, they count for nothing, and it is read like any other.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pikepdf import Pdf

_OURS, _VERSION = "/PaperlessDossier", 1
_MOST_PAGES = 1_000
_MOST_TEXT = 10_000_000


@dataclass(frozen=True)
class Brought:
    """The text, page by page, and the day of the paper."""

    pages: tuple[str, ...]
    day: date


def put(pdf: Pdf, brought: Brought) -> None:
    """Put it into a PDF whose pages are pictures with a layer of ours, and stay as they are from now on."""
    from pikepdf import Dictionary, Name, Stream, String

    text = "\f".join(page.replace("\f", "\n") for page in brought.pages)
    private = Dictionary(
        Version=_VERSION,
        Pages=String(_checksum(pdf)),
        Day=String(brought.day.isoformat()),
        Text=pdf.make_indirect(Stream(pdf, text.encode("utf-8", "replace"))),
    )
    piece = Dictionary(LastModified=String(f"D:{brought.day:%Y%m%d}000000Z"), Private=private)
    pdf.Root[Name.PieceInfo] = Dictionary({_OURS: piece})


def take_out(pdf: Pdf) -> None:
    """Take it out of a PDF that has it."""
    from pikepdf import Name

    if Name.PieceInfo in pdf.Root and _OURS in pdf.Root.PieceInfo:
        del pdf.Root[Name.PieceInfo]


def brought_along(path: Path) -> Brought | None:
    """What the file brings along; None where it brings nothing, or is not as it was when that was put into it."""
    import pikepdf

    try:
        with pikepdf.open(path) as pdf:
            return _read(pdf)
    except Exception:  # noqa: BLE001 - the door of one file: whatever is wrong with it, it is read like any other
        return None


def _read(pdf: Pdf) -> Brought | None:
    pieces: Any = pdf.Root.get("/PieceInfo")
    if pieces is None or _OURS not in pieces or len(pdf.pages) > _MOST_PAGES:
        return None
    private = pieces[_OURS].Private
    if int(private.Version) != _VERSION or str(private.Pages) != _checksum(pdf):
        return None
    content = private.Text.read_bytes()
    pages = tuple(content.decode("utf-8").split("\f"))
    if len(content) > _MOST_TEXT or len(pages) != len(pdf.pages):
        return None
    return Brought(pages, date.fromisoformat(str(private.Day)))


def _checksum(pdf: Pdf) -> str:
    """The SHA-256 of all that a reader shows of the pages, however the file is packed. What else may stand on a page
    is told by its keys, so that a note that was added changes it too."""
    seen = hashlib.sha256()
    for page in pdf.pages:
        sizes = [str(page.obj.get(key)) for key in ("/MediaBox", "/CropBox", "/Rotate")]
        pictures: Any = page.obj.Resources.get("/XObject", {})
        told = [*sorted(page.obj.keys()), *sizes, *sorted(pictures.keys())]
        seen.update(repr(told).encode())
        seen.update(hashlib.sha256(_drawn(page.obj.Contents)).digest())
        for name in sorted(pictures.keys()):
            picture = pictures[name]
            shape = [str(picture.get(key)) for key in ("/Subtype", "/Width", "/Height", "/Filter", "/Decode")]
            seen.update(repr(shape).encode())
            seen.update(hashlib.sha256(picture.read_raw_bytes()).digest())
    return seen.hexdigest()


def _drawn(contents: Any) -> bytes:
    """What a page's streams say, in one."""
    streams = contents if contents._type_name == "array" else [contents]
    return b"\n".join(bytes(stream.read_bytes()) for stream in streams)
