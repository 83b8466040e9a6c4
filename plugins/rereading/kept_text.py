"""The text that the DMS keeps of a record, as a Transcript to judge again."""

from __future__ import annotations

from collections.abc import Iterable

from consumers.transcript import Line, Page, Transcript


def transcript_of(sha256: str, pages: Iterable[str]) -> Transcript:
    """The text that the DMS keeps as a Transcript; where its lines stood on the page is not known any more."""
    made = (
        Page(number, tuple(Line(line) for line in text.splitlines()), "ocr", "dms")
        for number, text in enumerate(pages, 1)
    )
    return Transcript(sha256, tuple(made))
