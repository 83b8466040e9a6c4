"""The page that an engine's pieces of text make up, in the order in which a person reads them."""

from __future__ import annotations

from consumers.order import Piece, lines_of
from consumers.pictures import Picture
from consumers.transcript import Line, Page

__all__ = ["Piece", "in_rows", "page_of"]


def page_of(
    pieces: list[Piece],
    *,
    number: int,
    reader: str,
    rotation: int,
    size: tuple[int, int],
    unsure: float,
    picture: Picture | None = None,
) -> Page:
    """The page that the pieces make up.

    `size` is width and height in pixels of the upright picture; ruled tables are found where the picture
    itself is given. A page whose mean confidence is below `unsure` is called doubtful.
    """
    letters = sum(len(piece.text) for piece in pieces)
    mean = sum(piece.confidence * len(piece.text) for piece in pieces) / letters if letters else None
    doubtful = () if mean is None or mean >= unsure else (f"mean confidence is only {mean:.2f}",)
    return Page(
        number=number,
        lines=lines_of(pieces, size, picture),
        source="ocr" if pieces else "blank",
        reader=reader,
        confidence=None if mean is None else round(mean, 4),
        rotation=rotation,
        doubtful=doubtful,
    )


def in_rows(pieces: list[Piece], width: int, height: int) -> tuple[Line, ...]:
    """The Lines of a page of that size of which there is no picture."""
    return lines_of(pieces, (width, height))
