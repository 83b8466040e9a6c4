"""Putting found pieces of text into the order in which a person reads them: row by row."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import median

from consumers.transcript import Box, Line, Page

_GAP = "\u3000"
"""Stands between two pieces of one row, as label and value of a form."""


@dataclass(frozen=True)
class Piece:
    """A piece of text as an engine found it: pixels of the upright picture, slope of its base line
    (height gained a pixel to the right, positive: downwards), confidence 0.0 to 1.0."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    slope: float
    confidence: float


def in_rows(pieces: list[Piece], width: int, height: int) -> tuple[Line, ...]:
    """One Line a row, top to bottom, its pieces left to right.

    The page's own slope (the median over its pieces, each counted by its width) is taken out first: on a page that lies
    skewed by one degree, the right end of a row stands as high as the left end of the next.
    """
    return tuple(_line(row, width, height) for row in rows_of(pieces))


def rows_of(pieces: list[Piece]) -> list[list[Piece]]:
    """The pieces row by row, top to bottom, each row left to right."""
    slope = page_slope(pieces)

    def level(piece: Piece) -> float:
        return (piece.top + piece.bottom) / 2 - slope * (piece.left + piece.right) / 2

    rows: list[list[Piece]] = []
    for piece in sorted(pieces, key=level):
        if rows and _same_row(rows[-1], piece, level(piece), [level(other) for other in rows[-1]]):
            rows[-1].append(piece)
        else:
            rows.append([piece])
    return [sorted(row, key=lambda p: p.left) for row in rows]


def page_of(
    pieces: list[Piece], *, number: int, reader: str, rotation: int, size: tuple[int, int], unsure: float
) -> Page:
    """The page that an engine's pieces make up.

    `size` is width and height in pixels of the upright picture; a page whose mean confidence is
    below `unsure` is called doubtful.
    """
    letters = sum(len(piece.text) for piece in pieces)
    mean = sum(piece.confidence * len(piece.text) for piece in pieces) / letters if letters else None
    doubtful = () if mean is None or mean >= unsure else (f"mean confidence is only {mean:.2f}",)
    return Page(
        number=number,
        lines=in_rows(pieces, *size),
        source="ocr" if pieces else "blank",
        reader=reader,
        confidence=None if mean is None else round(mean, 4),
        rotation=rotation,
        doubtful=doubtful,
    )


def page_slope(pieces: list[Piece]) -> float:
    """The slope at which half of the text's width is reached; a form may have no long piece at all."""
    flat = [(p.slope, p.right - p.left) for p in pieces if (p.right - p.left) > 3 * (p.bottom - p.top)]
    if len(flat) < 3:
        return 0.0
    half = sum(width for _, width in flat) / 2
    for slope, width in sorted(flat):
        half -= width
        if half <= 0:
            return slope
    return 0.0


def _same_row(row: list[Piece], piece: Piece, level: float, levels: list[float]) -> bool:
    heights = [other.bottom - other.top for other in row] + [piece.bottom - piece.top]
    if level - median(levels) > 0.5 * min(heights):
        return False
    # What overlaps sideways stands below and not beside, however close it is.
    return all(
        min(other.right, piece.right) - max(other.left, piece.left)
        < 0.3 * min(other.right - other.left, piece.right - piece.left)
        for other in row
    )


def _line(row: list[Piece], width: int, height: int) -> Line:
    text = _GAP.join(piece.text for piece in row)
    weight = sum(len(piece.text) for piece in row)
    confidence = sum(piece.confidence * len(piece.text) for piece in row) / max(weight, 1)
    box = Box(
        max(min(p.left for p in row) / width, 0.0),
        max(min(p.top for p in row) / height, 0.0),
        min(max(p.right for p in row) / width, 1.0),
        min(max(p.bottom for p in row) / height, 1.0),
    )
    return Line(text, box, round(confidence, 4))
