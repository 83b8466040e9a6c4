"""A page, or the two that one picture shows, as blocks of rows in the order of reading."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from consumers.order.cells import Grid, grid_of
from consumers.order.flow import bars_of, flow
from consumers.order.lie import lie_of
from consumers.order.piece import Piece
from consumers.order.place import Place, place_of
from consumers.order.rows import Row
from consumers.order.ruled import crossed, ruled
from consumers.order.spread import gutter
from consumers.order.tables import tables_of
from consumers.pictures import Picture

Blocks = list[list[Row]]


def blocks_of(pieces: list[Piece], size: tuple[int, int], picture: Picture | None) -> Blocks:
    """The blocks of a picture of that size; without the picture no ruled table is found."""
    lie = lie_of(pieces, *size)
    places = [place_of(piece, lie) for piece in pieces]
    lines = None if picture is None or not pieces else ruled(picture, lie, places)
    seam = gutter(bars_of(places), *size)
    if seam is not None and (lines is None or not crossed(lines, *seam)):
        return _two_pages(pieces, size, picture, sum(seam) / 2)
    return flow(*tables_of(places, Grid() if lines is None else grid_of(lines)))


def _two_pages(pieces: list[Piece], size: tuple[int, int], picture: Picture | None, seam: float) -> Blocks:
    """Each page on its own: an open booklet's two pages lie askew in two ways."""
    x = min(max(1, round(seam)), size[0] - 1)
    left = [piece for piece in pieces if piece.left + piece.right < 2 * x]
    right = [_moved(piece, -x) for piece in pieces if piece.left + piece.right >= 2 * x]
    halves = [None, None] if picture is None else [picture[:, :x], np.ascontiguousarray(picture[:, x:])]
    behind = [
        [_row_moved(row, x) for row in block] for block in _one_page(right, (size[0] - x, size[1]), halves[1])
    ]
    return _one_page(left, (x, size[1]), halves[0]) + behind


def _one_page(pieces: list[Piece], size: tuple[int, int], picture: Picture | None) -> Blocks:
    lie = lie_of(pieces, *size)
    places = [place_of(piece, lie) for piece in pieces]
    grid = Grid() if picture is None or not pieces else grid_of(ruled(picture, lie, places))
    return flow(*tables_of(places, grid))


def _row_moved(row: Row, by: float) -> Row:
    return Row(tuple(tuple(tuple(_place_moved(p, by) for p in line) for line in cell) for cell in row.cells))


def _place_moved(place: Place, by: float) -> Place:
    return replace(place, piece=_moved(place.piece, by), left=place.left + by, right=place.right + by)


def _moved(piece: Piece, by: float) -> Piece:
    words = tuple(_moved(word, by) for word in piece.words)
    return replace(piece, left=piece.left + by, right=piece.right + by, words=words)
