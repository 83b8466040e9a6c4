"""Gives the text of an office file's own pages: it was written, not drawn, and needs no recognising."""

from __future__ import annotations

from consumers.pages import PageSource
from consumers.transcript import Page


class OfficeReader:
    """Answers for pages of text documents, worksheets and mails; pictures and PDFs in them are others' work."""

    name = "office"

    @staticmethod
    def missing() -> str | None:
        """Nothing: its libraries are dependencies."""
        return None

    def read(self, page: PageSource) -> Page | None:
        """The page's own lines; None for a page that is a picture or belongs to a PDF."""
        if page.written is None:
            return None
        lines = page.written.lines
        return Page(
            page.number, lines, "text-layer" if lines else "blank", self.name, doubtful=page.written.doubtful
        )
