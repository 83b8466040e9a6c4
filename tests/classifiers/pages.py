"""Transcripts made of lines, as a reader would give them."""

from __future__ import annotations

from consumers.transcript import Line, Page, Transcript


def transcript(*pages: str) -> Transcript:
    """One page a text, its lines as they stand there."""
    made = (
        Page(number, tuple(Line(line.strip(" ")) for line in text.strip("\n").splitlines()), "ocr", "rapid")
        for number, text in enumerate(pages, 1)
    )
    return Transcript("0" * 64, tuple(made))
