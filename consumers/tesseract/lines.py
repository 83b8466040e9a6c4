"""Lines out of tesseract's words: joined as Chinese is written, and what is no text left out."""

from __future__ import annotations

import itertools
import math
import re
from dataclasses import replace
from statistics import median

from consumers.reading_order import Piece
from consumers.tesseract.program import Word

_RULES = re.compile(r"[|¦\"'“”‘’_~`]+")
"""Words of these alone are pieces of ruled lines."""
_ANGLE = re.compile(r"[〈《<](?=[^〈《<〉》>(（]{1,12}[)）])")
"""Opening brackets that a round one closes: tesseract's commonest mistake in case numbers."""
_WIDE = re.compile(r"[\u3000-\u9fff\uff00-\uffef]")
"""Han and full-width characters stand without spaces, beside figures too: those tesseract puts there are its own."""
_LETTER = re.compile(r"[0-9A-Za-z\u3400-\u9fff]")
_NOISE, _BARE_NOISE = 0.30, 0.60
"""Lines read with less confidence are specks, rules, pieces of a picture; the second where no letter or digit is in them."""
_APART = 1.5
"""A gap so many times as wide as the line is high parts a line, as label and value of a form, ..."""
_SPACED = 2.5
"""... unless its other gaps are nearly as wide: 送 达 回 证 is one title."""


def lines_of(words: list[Word]) -> list[Piece]:
    """One piece a line that tesseract found, two or more where it is parted by wide gaps, each with its words."""
    lines: dict[tuple[int, int, int], list[Piece]] = {}
    for word in words:
        if not _RULES.fullmatch(word.text):
            lines.setdefault(word.line, []).append(_word(word))
    pieces = [_piece(part) for line in lines.values() for part in _parted(line)]
    return [piece for piece in pieces if _is_text(piece)]


def moved(piece: Piece, across: float, down: float) -> Piece:
    """The piece so many pixels further right and down."""
    return replace(
        piece,
        left=piece.left + across,
        right=piece.right + across,
        top=piece.top + down,
        bottom=piece.bottom + down,
        words=tuple(moved(word, across, down) for word in piece.words),
    )


def confidence_of(lines: list[Piece]) -> float:
    """The mean over the characters of the lines, 0.0 without any."""
    letters = sum(len(line.text) for line in lines)
    return sum(line.confidence * len(line.text) for line in lines) / letters if letters else 0.0


def askew(line: Piece, skew: float, size: tuple[int, int]) -> Piece:
    """The piece of a straightened picture of that size, where it stands on the picture that lay askew by those degrees."""
    if skew == 0.0:
        return line
    turn = math.radians(skew)
    x, y = (line.left + line.right) / 2 - size[0] / 2, (line.top + line.bottom) / 2 - size[1] / 2
    middle = (
        size[0] / 2 + x * math.cos(turn) - y * math.sin(turn),
        size[1] / 2 + x * math.sin(turn) + y * math.cos(turn),
    )
    across = (line.right - line.left) * math.cos(turn) + (line.bottom - line.top) * abs(math.sin(turn))
    down = (line.bottom - line.top) * math.cos(turn) + (line.right - line.left) * abs(math.sin(turn))
    return replace(
        line,
        left=middle[0] - across / 2,
        right=middle[0] + across / 2,
        top=middle[1] - down / 2,
        bottom=middle[1] + down / 2,
        slope=math.tan(turn),
        words=tuple(askew(word, skew, size) for word in line.words),
    )


def _is_text(piece: Piece) -> bool:
    return piece.confidence >= (_NOISE if _LETTER.search(piece.text) else _BARE_NOISE)


def _parted(words: list[Piece]) -> list[list[Piece]]:
    gaps = [after.left - before.right for before, after in itertools.pairwise(words)]
    if not gaps:
        return [words]
    least = max(_APART * median(word.bottom - word.top for word in words), _SPACED * median(gaps))
    parts = [[words[0]]]
    for gap, word in zip(gaps, words[1:], strict=True):
        if gap > least:
            parts.append([word])
        else:
            parts[-1].append(word)
    return parts


def _piece(words: list[Piece]) -> Piece:
    letters = sum(len(word.text) for word in words)
    told = _joined([word.text for word in words])
    text = _ANGLE.sub("(", told)
    if text != told:
        mended = iter(text.replace(" ", ""))
        words = [replace(word, text="".join(itertools.islice(mended, len(word.text)))) for word in words]
    return Piece(
        text=text,
        left=min(word.left for word in words),
        top=min(word.top for word in words),
        right=max(word.right for word in words),
        bottom=max(word.bottom for word in words),
        slope=0.0,
        confidence=sum(word.confidence * len(word.text) for word in words) / letters,
        words=tuple(words),
    )


def _joined(texts: list[str]) -> str:
    joined = texts[0]
    for text in texts[1:]:
        space = "" if _WIDE.match(joined[-1]) or _WIDE.match(text[0]) else " "
        joined += space + text
    return joined


def _word(word: Word) -> Piece:
    return Piece(word.text, word.left, word.top, word.right, word.bottom, 0.0, word.confidence)
