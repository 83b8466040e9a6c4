"""Putting found pieces of text into the order in which a person reads them."""

from __future__ import annotations

from consumers.order.lines import line_of
from consumers.order.page import blocks_of
from consumers.order.piece import Piece
from consumers.pictures import Picture
from consumers.transcript import Line

__all__ = ["Piece", "lines_of"]


def lines_of(pieces: list[Piece], size: tuple[int, int], picture: Picture | None = None) -> tuple[Line, ...]:
    """The Lines of a page, in the order of reading, their blocks counted from 0.

    `size` is width and height in pixels of the upright picture. Ruled tables are found where the picture itself
    is given: one row is one Line, its cells parted by an ideographic blank, however many lines a cell has.
    """
    blocks = blocks_of(pieces, size, picture)
    return tuple(line_of(row, number, *size) for number, block in enumerate(blocks) for row in block)
