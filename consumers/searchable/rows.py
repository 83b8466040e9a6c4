"""Where the lines of a page are put down: each on one level base line, its words side by side.

Programs that give a PDF's text back sort it by where it stands, most of them by height and then from left to right. So
each line gets one height and one level of its own, however the paper lay; what stands one above the other within a line
(the cell of a table) is put side by side in the space that it has; and the levels go down the page in the order of
the lines. Between two words that no white space parts, there is no gap, or a gap would be taken for a blank.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from consumers.searchable.alphabet import GAP, legible
from consumers.searchable.levels import settled
from consumers.searchable.row import Row, Run
from consumers.transcript import Box, Line, Page

_TALL = 1.5
"""What is so much higher than wide, and of several characters, is written downwards."""
_TYPE = 0.85
"""The type size in parts of a box, in which there is a little room above and below. Rows of full height touch each other, and
poppler then takes some for one."""
_HYPHENS = "-\u2010\u00ad"
_LEAST = 1.0
_BLANK = 0.25
"""A blank is at least so wide, in parts of the type size."""
_WORD_GAP = 1.0
"""A space between words is at most so wide, in parts of the type size; what is wider is a gap of a form."""
_APART = 4.0


@dataclass(frozen=True)
class _Piece:
    """A piece of a line: the white space before it, its text, and where it stands."""

    blank: str
    text: str
    left: float
    top: float
    right: float
    bottom: float


def rows_of(pages: Sequence[Page], width: float, height: float) -> tuple[Row, ...]:
    """The lines of the page, in their order, on an upright page of that many points.

    `pages` is one page, or the parts of one that was read as several.
    """
    lines = [line for page in pages for line in page.lines if legible(line.text).strip()]
    placed = [_row(_pieces(line, line.box, width, height)) for line in lines if line.box is not None]
    return (*_unplaced([line for line in lines if line.box is None], width, height), *settled(placed, height))


def _unplaced(lines: list[Line], width: float, height: float) -> list[Row]:
    """Lines that nobody knows the place of: in rows down the page's left edge, all of them, whatever their number."""
    if not lines:
        return []
    count = min(len(lines), max(1, int(height // _APART)))
    share = -(-len(lines) // count)
    size = min(8.0, height / count)
    rows = []
    for number in range(0, len(lines), share):
        text = " ".join(legible(line.text).strip() for line in lines[number : number + share])
        rows.append(Row(number / share * height / count, 0.75 * size, (Run(text, 0.0, width / 4),)))
    return rows


def _pieces(line: Line, box: Box, width: float, height: float) -> list[_Piece]:
    """The line's words, each with the white space that stands before it in the line; the line itself where its words
    are not what it is made of."""
    text = legible(line.text).strip()
    words = [(legible(word.text), word.box) for word in line.words]
    if _dense(text) != "".join(_dense(said) for said, _ in words):
        words = [(text, box)]
    pieces, place = [], 0
    for said, where in words:
        start = place
        while start < len(text) and text[start].isspace():
            start += 1
        end, wanted = start, len(_dense(said))
        while wanted:
            wanted -= not text[end].isspace()
            end += 1
        if end > start:
            edges = (where.left * width, where.top * height, where.right * width, where.bottom * height)
            pieces.append(_Piece(text[place:start], text[start:end], *edges))
            place = end
    return pieces


def _dense(text: str) -> str:
    return "".join(text.split())


def _row(pieces: list[_Piece]) -> Row:
    size = max(_LEAST, _TYPE * median(_size(piece) for piece in pieces))
    weight = sum(piece.right - piece.left for piece in pieces) or 1.0
    level = sum((p.top + p.bottom) / 2 * (p.right - p.left) for p in pieces) / weight
    return Row(level - size / 2, size, tuple(_runs(_side_by_side(pieces), size)))


def _size(piece: _Piece) -> float:
    across, down = piece.right - piece.left, piece.bottom - piece.top
    return across if down > _TALL * across and len(piece.text) > 1 else down


def _side_by_side(pieces: list[_Piece]) -> list[_Piece]:
    """The pieces from left to right; what would begin before the middle of the one before it is joined to that."""
    joined: list[_Piece] = []
    for piece in pieces:
        last = piece
        while joined and last.left < (joined[-1].left + joined[-1].right) / 2:
            before = joined.pop()
            last = _Piece(
                before.blank,
                before.text + last.blank + last.text,
                min(before.left, last.left),
                min(before.top, last.top),
                max(before.right, last.right),
                max(before.bottom, last.bottom),
            )
        joined.append(last)
    return joined


def _runs(pieces: list[_Piece], size: float) -> list[Run]:
    runs: list[Run] = []
    for number, piece in enumerate(pieces):
        right = max(piece.right, piece.left + 0.1)
        if number + 1 == len(pieces):
            runs.append(Run(piece.text, piece.left, right - piece.left))
            if piece.text[-1] in _HYPHENS:
                # Of a hyphen that ends a line PDFium thinks that it parts a word, and gives back U+0002 for it.
                runs.append(Run(GAP, right, _BLANK * size))
            continue
        after = pieces[number + 1]
        if not after.blank:
            runs.append(Run(piece.text, piece.left, max(after.left - piece.left, 0.1)))
            continue
        room = after.left - piece.left
        end = piece.left + min(right - piece.left, max(room - _BLANK * size, room / 2))
        runs.append(Run(piece.text, piece.left, end - piece.left))
        gap = after.left - end
        plain = GAP not in after.blank and gap <= _WORD_GAP * size
        runs.append(Run(" " if plain else GAP, end, gap))
    return runs
