"""A reader that finds nothing on any page, at once: for tests and for measuring what the rest costs."""

from __future__ import annotations

from consumers.pages import PageSource
from consumers.transcript import Page


class BlankReader:
    """Answers every page with an empty one, without opening its picture."""

    name = "blank"

    @staticmethod
    def missing() -> str | None:
        """Nothing is ever missing."""
        return None

    def read(self, page: PageSource) -> Page | None:
        """An empty page of that number."""
        return Page(number=page.number, lines=(), source="blank", reader=self.name)
