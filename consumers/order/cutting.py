"""Cutting a piece that an engine read across the border of two cells: label and value in one."""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from itertools import groupby

from consumers.order.cells import Grid
from consumers.order.piece import Piece
from consumers.order.place import Place


def cut(place: Place, grid: Grid, home: list[int]) -> list[tuple[Place, int | None]]:
    """The parts of a piece, each with the cell it stands in; None where it stands in none. `home` says for each
    cell of which one it is part.

    Each character goes where its middle lies. A part that would begin within a cell and end where none was
    found is not cut off: there the border was not found, and the text is whole.
    """
    if not grid.cells:
        return [(place, None)]
    middles = _middles(place)
    found = [grid.at(x, place.level) for x in middles]
    cells = [None if cell is None else home[cell] for cell in found]
    known = {cell for cell in cells if cell is not None}
    if len(known) < 2:
        return [(place, known.pop() if 2 * cells.count(None) < len(cells) else None)]
    # What lies on the border itself goes with what stands before it.
    for index, cell in enumerate(cells):
        if cell is None:
            cells[index] = cells[index - 1] if index else next(c for c in cells if c is not None)
    parts, at = [], 0
    for cell, some in groupby(cells):
        count = len(list(some))
        parts.append((_part(place, at, at + count, middles), cell))
        at += count
    return [(part, cell) for part, cell in parts if part.piece.text]


def torn(place: Place, x: float, near: float) -> tuple[Place, Place] | None:
    """The two parts of a piece that has a blank so near to x: an engine may read over a gutter."""
    text = place.piece.text
    if not any(character.isspace() for character in text.strip()):
        return None
    middles = _middles(place)
    gaps = [
        (abs((middles[at - 1] + middles[at + 1]) / 2 - x), at)
        for at in range(1, len(text) - 1)
        if text[at].isspace() and not text[at - 1].isspace() and not text[at + 1].isspace()
    ]
    if not gaps or min(gaps)[0] > near:
        return None
    at = min(gaps)[1]
    return _part(place, 0, at, middles), _part(place, at + 1, len(text), middles)


def _middles(place: Place) -> list[float]:
    """Where the middle of each character of the text lies, white space included, on the straightened page."""
    piece = place.piece
    if "".join(word.text for word in piece.words) != "".join(piece.text.split()):
        return _spread(piece, place)
    spots = iter([x for word in piece.words for x in _spread(word, place)])
    middles: list[float] = []
    for character in piece.text:
        middles.append((middles[-1] if middles else place.left) if character.isspace() else next(spots))
    return middles


def _spread(word: Piece, place: Place) -> list[float]:
    """The middles of a word's characters, wide ones twice as wide as narrow ones."""
    scale = place.width / max(1.0, place.piece.right - place.piece.left)
    unit = (word.right - word.left) / max(0.5, sum(map(_width, word.text)))
    # An engine may count half of the gap behind a word as its own, but no character is so wide.
    unit = min(unit, 1.25 * place.height / scale)
    begin, middles = word.left, []
    for character in word.text:
        middles.append(place.left + (begin + unit * _width(character) / 2 - place.piece.left) * scale)
        begin += unit * _width(character)
    return middles


def _width(character: str) -> float:
    return 1.0 if unicodedata.east_asian_width(character) in "WF" else 0.5


def _part(place: Place, begin: int, end: int, middles: list[float]) -> Place:
    """The characters from `begin` to before `end`, with their words."""
    piece = place.piece
    share = [(middles[at - 1] + middles[at]) / 2 if 0 < at < len(middles) else None for at in (begin, end)]
    left = place.left if share[0] is None else share[0]
    right = place.right if share[1] is None else share[1]
    scale = (piece.right - piece.left) / max(1.0, place.width)
    text = piece.text[begin:end].strip()
    box = replace(
        piece,
        text=text,
        left=piece.left + (left - place.left) * scale,
        right=piece.left + (right - place.left) * scale,
        words=_words(piece, len("".join(piece.text[:begin].split())), len("".join(text.split()))),
    )
    return replace(place, piece=box, left=left, right=max(right, left + 1))


def _words(piece: Piece, skipped: int, count: int) -> tuple[Piece, ...]:
    """The words that make up so many characters behind the skipped ones; one that is cut gives its share."""
    found, at = [], 0
    for word in piece.words:
        begin, end = max(skipped - at, 0), min(skipped + count - at, len(word.text))
        at += len(word.text)
        if begin >= end:
            continue
        unit = (word.right - word.left) / max(1, len(word.text))
        cut_out = (word.left + begin * unit, word.left + end * unit)
        found.append(replace(word, text=word.text[begin:end], left=cut_out[0], right=cut_out[1]))
    return tuple(found)
