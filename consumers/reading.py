"""Reading one page of one file, by the first reader that has something to say to it."""

from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path

from consumers.bounds import Bounds
from consumers.codes import codes_on
from consumers.errors import ReaderUnavailable, Refused
from consumers.look import look_of
from consumers.pages import PageSource, open_scan
from consumers.readers import READERS, Reader
from consumers.transcript import Page
from consumers.unfolding import unread

_engines: dict[str, Reader] = {}


def default_readers() -> tuple[str, ...]:
    """The readers to try, in order: the text layer, then the best OCR that works on this machine.

    Raises ReaderUnavailable, saying what to install, where no OCR works here.
    """
    lacks = []
    for name in ("rapid", "tesseract"):
        lack = READERS[name].missing()
        if lack is None:
            return ("text-layer", name)
        lacks.append(lack)
    raise ReaderUnavailable("no OCR works on this machine: " + "; or ".join(lacks))


def check_readers(names: tuple[str, ...]) -> None:
    """Raise ReaderUnavailable for a name that nobody has plugged in, or that can not work here."""
    for name in names:
        if name not in READERS:
            raise ReaderUnavailable(f"there is no reader {name!r}; choose from {', '.join(READERS)}")
        lack = READERS[name].missing()
        if lack is not None:
            raise ReaderUnavailable(f"the reader {name!r} can not work here: {lack}")


def read_page(
    path: Path, media_type: str, number: int, names: tuple[str, ...], bounds: Bounds
) -> tuple[int, Page, float]:
    """How many pages the file has, the page with that number (from 1), and the seconds it took.

    Made to run in a child process that lives on: engines are loaded once and kept. Raises Refused
    where the file or the page can not be opened; where only something enclosed in the file can not, its page says so.
    """
    began = time.perf_counter()
    with open_scan(path, media_type, bounds) as scan:
        try:
            source = scan.page(number)
            page = _seen(source, _first_answer(source, names))
        except Refused as refusal:
            if not scan.within(number):
                raise
            page = Page(number, (), "blank", names[-1], doubtful=(unread(scan.within(number), refusal),))
        doubtful = page.doubtful + (scan.notes if number == 1 else ())
        return scan.count, replace(page, number=number, doubtful=doubtful), time.perf_counter() - began


def _seen(source: PageSource, page: Page) -> Page:
    """The page with what its picture shows beside the text. A reader that looks at no picture is asked for none, but for
    pages that were read from their own text: stickers and cover sheets are born digital too."""
    if page.source == "text-layer":
        sketch = source.sketch()
        return page if sketch is None else replace(page, codes=codes_on(sketch, page.rotation))
    picture = next(iter(source.seen), None)
    if picture is None:
        return page
    return replace(page, codes=codes_on(picture, page.rotation), look=look_of(picture, page.rotation))


def _first_answer(source: PageSource, names: tuple[str, ...]) -> Page:
    # What was written has no picture to recognise, whichever reader is asked for.
    for name in names if source.written is None else ("office",):
        if name not in _engines:
            _engines[name] = READERS[name]()
        page = _engines[name].read(source)
        if page is not None:
            return page
    return Page(
        number=source.number,
        lines=(),
        source="blank",
        reader=names[-1],
        doubtful=(f"none of the readers {', '.join(names)} could read it",),
    )
