"""The socket for readers: each turns one page into text, or says that the page is none of its own.

A reader is a class with a `name`, a `missing()` that tells what it lacks on this machine, and a
`read(page)`. It is plugged in by one row of `READERS`. Readers do not know each other; who comes
first is decided in `consumers.reading`. An instance belongs to one process and one thread: engines
run single-threaded, the work is spread over pages by processes (docs/reading.md has the figures).
"""

from __future__ import annotations

from typing import Protocol

from consumers.pages import PageSource
from consumers.readers.blank import BlankReader
from consumers.readers.office import OfficeReader
from consumers.readers.rapid import RapidReader
from consumers.readers.tesseract import TesseractReader
from consumers.readers.text_layer import TextLayerReader
from consumers.transcript import Page


class Reader(Protocol):
    """What every reader does."""

    name: str

    @staticmethod
    def missing() -> str | None:
        """What has to be installed before this reader can work here, as a sentence; None: nothing."""
        ...

    def read(self, page: PageSource) -> Page | None:
        """The page, read; None where this reader has nothing to say to it and another should try.

        Raises Refused where the page can not be opened, drawn or unpacked.
        """
        ...


READERS: dict[str, type[Reader]] = {
    "office": OfficeReader,
    "text-layer": TextLayerReader,
    "rapid": RapidReader,
    "tesseract": TesseractReader,
    "blank": BlankReader,
}
"""What is plugged in: the name people type after `--reader` -> the reader."""
