"""The parser that paperless-ngx loads (`paperless_ngx.parsers`): our reading, and paperless' own where ours fails.

Principle: a document is never lost to us. Paperless fails a document whose parser raises, and asks no other one; so what
we can not read is handed to the parser that would have had it without us, and ends as it would have ended then.
"""

from __future__ import annotations

import os
import shutil
from functools import cache
from importlib import metadata
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, ClassVar, Literal, Self

from plugins.paperless_native import first_picture, server
from plugins.paperless_native.brought_along import brought_along
from plugins.paperless_native.calling import (
    THUMBNAIL,
    Order,
    Reading,
    ReadingFailed,
    read,
    storable,
    thumbnail,
)
from plugins.paperless_native.reading_python import PYTHON, lack, python

if TYPE_CHECKING:
    from datetime import date, datetime

_PDF = "application/pdf"
_SUFFIXES = {
    _PDF: ".pdf",
    "image/bmp": ".bmp",
    "image/jpeg": ".jpg",
    "image/png": ".png",
    "image/tiff": ".tif",
    "image/webp": ".webp",
}
_SCORE = 30
"""Above paperless' tesseract (10), and above its OCR service on the network (20): papers stay in the house."""


class DossierParser:
    """One document's parser, as `paperless.parsers.ParserProtocol` wants it; used as a context manager."""

    name: ClassVar[str] = "paperless-dossier"
    version: ClassVar[str] = metadata.version("paperless-dossier")
    author: ClassVar[str] = "paperless-dossier"
    url: ClassVar[str] = "docs/paperless.md"

    @classmethod
    def supported_mime_types(cls) -> dict[str, str]:
        """The types that we read, with the endings that paperless gives them."""
        return dict(_SUFFIXES)

    @classmethod
    def score(cls, mime_type: str, filename: str, path: Path | None = None) -> int | None:
        """How strongly we want the file; None where reading can not work here, so that nobody misses us. What brings its
        text along needs no reading."""
        del filename
        if mime_type not in _SUFFIXES:
            return None
        program = python()
        why = lack(program)
        if why is None or (mime_type == _PDF and path is not None and brought_along(Path(path)) is not None):
            return _SCORE
        _tell_once(why)
        return None

    @property
    def can_produce_archive(self) -> bool:
        """Yes: a searchable PDF."""
        return True

    @property
    def requires_pdf_rendition(self) -> bool:
        """No: browsers show PDFs and pictures as they are."""
        return False

    def __init__(self, logging_group: object | None = None) -> None:
        del logging_group
        self._folder = server.folder()
        self._context: object | None = None
        self._reading: Reading | None = None
        self._day: date | None = None
        # Called where we fail, or for a thumbnail; what we have read goes before what it says.
        self._other: Any = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._other is not None:
            self._other.__exit__(kind, error, trace)
        shutil.rmtree(self._folder, ignore_errors=True)

    def configure(self, context: object) -> None:
        """Keeps the context for the parser that we may hand over to; nothing in it concerns us."""
        self._context = context

    def parse(self, document_path: Path, mime_type: str, *, produce_archive: bool = True) -> None:
        """Read the file; raises paperless' ParseError only where its own parser does."""
        path = Path(document_path)
        wishes = server.wishes()
        if wishes.mode == "off":
            # Nobody wants text recognised: that is a case for the one who knows what is wanted then.
            self._hand_over(path, mime_type, produce_archive=produce_archive)
            return
        if not produce_archive and wishes.mode != "force" and mime_type == _PDF and self._take(path):
            return
        try:
            self._reading = read(self._order(path, wishes, produce_archive=produce_archive))
        except Exception as failure:  # noqa: BLE001 - the door: whatever is wrong with us, the document is not lost
            foreseen = isinstance(failure, ReadingFailed)
            server.LOG.warning(
                "paperless-dossier hands the document to paperless' own parser: %s",
                failure,
                exc_info=not foreseen,
            )
            self._hand_over(path, mime_type, produce_archive=produce_archive)
            return
        self._tell(self._reading)

    def get_text(self) -> str:
        """The pages' text, parted by form feeds."""
        if self._reading is not None:
            return self._reading.text
        return "" if self._other is None else str(self._other.get_text() or "")

    def get_date(self) -> datetime | None:
        """The day that the file brings along. Else none: it is told by the date parser, which also knows the file's name
        and the days to ignore."""
        if self._day is not None:
            return server.start_of(self._day)
        if self._reading is not None or self._other is None:
            return None
        found: datetime | None = self._other.get_date()
        return found

    def get_archive_path(self) -> Path | None:
        """The searchable PDF, if one was made."""
        if self._reading is not None:
            return self._reading.archive
        made: Path | None = None if self._other is None else self._other.get_archive_path()
        return made

    def get_thumbnail(self, document_path: Path, mime_type: str) -> Path:
        """A WebP of the first page; paperless also asks for it without a `parse`."""
        path = Path(document_path)
        if self._reading is not None and self._reading.thumbnail is not None:
            return self._reading.thumbnail
        if mime_type == _PDF and self._other is None and brought_along(path) is not None:
            small = self._folder / THUMBNAIL
            if first_picture.draw(path, small):
                return small
        if self._other is None and self._reading is None:
            try:
                return thumbnail(
                    Order(path, self._folder, seconds=server.seconds(), waiting=server.waiting())
                )
            except ReadingFailed as failure:
                server.LOG.warning(
                    "paperless-dossier leaves the thumbnail to paperless' own parser: %s", failure
                )
        self._call_other(path, mime_type)
        return Path(self._other.get_thumbnail(path, mime_type))

    def get_page_count(self, document_path: Path, mime_type: str) -> int | None:
        """How many pages; of pictures too, where they were read."""
        if self._reading is not None:
            return self._reading.pages
        path = Path(document_path)
        if self._other is not None:
            count: int | None = self._other.get_page_count(path, mime_type)
            return count
        return server.pdf_pages(path) if mime_type == _PDF else None

    def extract_metadata(self, document_path: Path, mime_type: str) -> list[dict[str, str]]:
        """What the file says of itself: of a PDF what paperless shows of it, and how many pages bear our text."""
        from plugins.paperless_native.metadata import of_our_layer, of_picture

        path = Path(document_path)
        if mime_type == _PDF:
            return [*server.pdf_metadata(path), *of_our_layer(path)]
        return of_picture(path)

    def _take(self, path: Path) -> bool:
        """Take what the file brings along; whether it brings anything."""
        brought = brought_along(path)
        if brought is None:
            return False
        small = self._folder / THUMBNAIL
        drawn = small if first_picture.draw(path, small) else None
        text = storable("\f".join(brought.pages))
        self._reading = Reading(text, len(brought.pages), "brought along", 0.0, None, drawn, (), ())
        self._day = brought.day
        return True

    def _order(self, path: Path, wishes: server.Wishes, *, produce_archive: bool) -> Order:
        archive: Literal["no", "yes", "recognised"] = "yes" if produce_archive else "no"
        if archive == "no" and wishes.generation == "auto":
            # A PDF with some text is born digital to paperless, and keeps no archive. But if one of its pages was a
            # picture, or its text none that we believe, what was read would not be found on the page.
            archive = "recognised"
        return Order(
            file=path,
            folder=self._folder,
            archive=archive,
            archival=wishes.archival,
            recognise=wishes.mode == "force",
            workers=server.threads(),
            seconds=server.seconds(),
            waiting=server.waiting(),
        )

    def _hand_over(self, path: Path, mime_type: str, *, produce_archive: bool) -> None:
        self._call_other(path, mime_type)
        wanted = self._other.requires_pdf_rendition or (produce_archive and self._other.can_produce_archive)
        self._other.parse(path, mime_type, produce_archive=wanted)

    def _call_other(self, path: Path, mime_type: str) -> None:
        if self._other is None:
            other = server.next_parser(type(self), mime_type, path)()
            self._other = other.__enter__()
            if self._context is not None:
                self._other.configure(self._context)

    def _tell(self, reading: Reading) -> None:
        server.LOG.info("read %d pages by %s in %.1f s", reading.pages, reading.reader, reading.seconds)
        for why in (*reading.doubtful, *reading.notes):
            server.LOG.info("%s", why)


@cache
def _tell_once(why: str) -> None:
    # Each of paperless' worker processes says it anew, and where nobody has named a Python nobody wants to read here.
    tell = server.LOG.warning if PYTHON in os.environ else server.LOG.info
    tell("paperless-dossier does not read here: %s", why)
