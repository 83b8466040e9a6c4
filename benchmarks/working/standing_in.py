"""Readers that stand in for OCR: one that keeps a processor busy for a set time, one that only waits as long.

With them workers are compared that have the same to do on every machine. What `waiting` takes longer by is what comes of taking
turns alone: processors that others use too do not matter to it.
"""

from __future__ import annotations

import time

from consumers.pages import PageSource
from consumers.readers import READERS
from consumers.transcript import Page

SECONDS = 0.5
"""CPU seconds, or seconds, that a page takes."""


class BusyReader:
    """Keeps a processor busy, and has read nothing."""

    name = "busy"

    @staticmethod
    def missing() -> str | None:
        """Nothing."""
        return None

    def read(self, page: PageSource) -> Page | None:
        """An empty page."""
        until = time.thread_time() + SECONDS
        while time.thread_time() < until:
            sum(range(10_000))
        return Page(page.number, (), "blank", self.name)


class WaitingReader(BusyReader):
    """Waits, and has read nothing."""

    name = "waiting"

    def read(self, page: PageSource) -> Page | None:
        """An empty page."""
        time.sleep(SECONDS)
        return Page(page.number, (), "blank", self.name)


NAMES = (BusyReader.name, WaitingReader.name)


def plug_in() -> None:
    """Plug them in. Called where a module is imported that every child process imports, too."""
    READERS.update({one.name: one for one in (BusyReader, WaitingReader)})
