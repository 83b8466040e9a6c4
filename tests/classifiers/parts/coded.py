"""Pages with codes on them: sheets that a person lays into a batch, and papers with a sticker."""

from __future__ import annotations

from consumers.transcript import Box, Code, Line, Page, Transcript

_SOMEWHERE = Box(0.3, 0.4, 0.6, 0.7)


def coded(*codes: str, text: str = "", damaged: bool = False) -> Page:
    """A page with those codes and that text; `damaged` adds one that can not be read. It has no number yet."""
    lines = tuple(Line(line) for line in text.strip().splitlines() if line.strip())
    found = [Code(one, "QRCode", _SOMEWHERE) for one in codes]
    found += [Code("", "QRCode", _SOMEWHERE, damaged=True)] if damaged else []
    return Page(1, lines, "ocr", "text", 0.99, codes=tuple(found))


def pile(*pages: Page | str) -> Transcript:
    """A Transcript of these pages; a string is a page of that text."""
    made = [one if isinstance(one, Page) else coded(text=one) for one in pages]
    numbered = tuple(
        Page(number, one.lines, one.source, one.reader, one.confidence, codes=one.codes)
        for number, one in enumerate(made, 1)
    )
    return Transcript("0" * 64, numbered)
