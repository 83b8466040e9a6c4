"""Rows become the Lines of a Transcript: their text, their words, their boxes, and the block they belong to."""

from __future__ import annotations

from collections.abc import Iterable

from consumers.order.piece import Piece
from consumers.order.rows import Lines, Row
from consumers.transcript import Box, Line, Word

GAP = "\u3000"
"""Stands between two cells of one row, as label and value of a form."""


def line_of(row: Row, block: int, width: int, height: int) -> Line:
    """The Line that a row makes, on a page of that size in pixels."""
    pieces = [place.piece for place in row.places]
    weight = sum(len(piece.text) for piece in pieces)
    confidence = sum(piece.confidence * len(piece.text) for piece in pieces) / max(weight, 1)
    words = tuple(
        Word(word.text, _box([word], width, height), round(word.confidence, 4))
        for piece in pieces
        for word in _words(piece)
    )
    text = GAP.join(_text(cell) for cell in row.cells)
    return Line(text, _box(pieces, width, height), round(confidence, 4), words, block)


def _words(piece: Piece) -> tuple[Piece, ...]:
    """The words of a piece; itself where they are not told, or not its text."""
    whole = "".join("".join(word.text for word in piece.words).split()) == "".join(piece.text.split())
    return piece.words if piece.words and whole else (piece,)


def _text(cell: Lines) -> str:
    """What a cell says: its lines one behind the other, as one says them."""
    said = ""
    for line in cell:
        more = " ".join(place.piece.text for place in line)
        # A sentence in Latin letters is broken between words, a number or a Chinese sentence anywhere.
        latin = said[-1:].isascii() and said[-1:].isalpha() and more[:1].isascii() and more[:1].islower()
        said = f"{said} {more}" if latin and " " in said + more else said + more
    return said


def _box(some: Iterable[Piece], width: int, height: int) -> Box:
    pieces = list(some)
    return Box(
        _part(min(p.left for p in pieces), width),
        _part(min(p.top for p in pieces), height),
        _part(max(p.right for p in pieces), width),
        _part(max(p.bottom for p in pieces), height),
    )


def _part(at: float, whole: int) -> float:
    return min(max(at / whole, 0.0), 1.0)
