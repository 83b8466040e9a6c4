"""Reading again, another way, what the engine has not read or is not sure of; what stays doubtful is told.

A lost line looks like an empty one: nothing downstream would ever miss it. So each line is held against its own ink, and
the ink of the page against its lines.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, replace

import cv2
import numpy as np

from consumers.pictures import Picture
from consumers.preparing.background import even_background
from consumers.preparing.turning import turned
from consumers.rapid.missed import missed_rows
from consumers.rapid.paddle import Boxes, Paddle, Said, crop

_WEAK = 0.85
"""A line that is read with less confidence is read again."""
_SURE = 0.80
"""A row that the detector did not see counts from this confidence on: much of such ink is no text."""
_SHORT = 0.6
"""A text that fills less of its line's ink is too short for it."""
_WHOLE = 5.0
"""A line that stays short by so many characters is missed by whoever reads the page: the page is doubtful."""
_MOST = 24
"""More weak lines than that are a bad page; each line on its own will not mend it."""


@dataclass(frozen=True)
class Found:
    """A line: its corners (4 x 2, pixels) and what it says."""

    box: Boxes
    said: Said


def second_look(
    engine: Paddle, picture: Picture, boxes: Boxes, said: list[Said]
) -> tuple[list[Found], tuple[str, ...]]:
    """The lines of an upright picture, those mended that could be, those added that were missed; and the doubts."""
    found = [Found(box, line) for box, line in zip(boxes, said, strict=True)]
    weak = [n for n, line in enumerate(found) if _is_weak(picture, line)]
    for n in weak[:_MOST]:
        found[n] = _read_again(engine, picture, found[n])
    doubts = [
        f"“{line.said.text}”一行有文字没读出来 / a line is longer than what was read of it: “{line.said.text}”"
        for line in (found[n] for n in weak)
        if _lacks(picture, line) >= _WHOLE
    ]
    found += _missed(engine, picture, boxes)
    return found, tuple(doubts)


def _missed(engine: Paddle, picture: Picture, boxes: Boxes) -> list[Found]:
    rows = missed_rows(picture, boxes)
    said = engine.texts([crop(picture, row) for row in rows])
    return [Found(row, line) for row, line in zip(rows, said, strict=True) if _is_text(line)]


def _is_text(said: Said) -> bool:
    """A single letter that nobody saw is a curve of a drawing; a single digit or Han character can be a cell."""
    text = said.text.strip()
    if len(text) == 1 and not (text.isdigit() or "\u4e00" <= text <= "\u9fff"):
        return False
    return bool(text) and said.confidence >= (_SURE if len(text) > 1 else 0.95)


def _is_weak(picture: Picture, line: Found) -> bool:
    return line.said.confidence < _WEAK or _lacks(picture, line) >= 2.0


def _lacks(picture: Picture, line: Found) -> float:
    """How many characters' width of ink in a line stands for nothing in its text; 0 where it is about right."""
    told = _width(line.said.text)
    sides = sorted(float(np.linalg.norm(line.box[corner] - line.box[0])) for corner in (1, 3))
    # Characters are lower than their line's box: most lines need no look at their ink.
    if told > _SHORT * 1.6 * sides[1] / max(sides[0], 1.0):
        return 0.0
    wide = _ink_width(crop(picture, line.box))
    return wide - told if told < _SHORT * wide else 0.0


def _ink_width(cut: Picture) -> float:
    """How wide the ink on a line is, in heights of its characters; gaps between words do not count."""
    grey: Picture = np.asarray(cv2.cvtColor(cut, cv2.COLOR_BGR2GRAY), dtype=np.uint8)
    height, width = grey.shape
    if height < 8 or width < 3 * height:
        return 0.0
    dark, light = (float(value) for value in np.percentile(grey, (2, 90)))
    if light - dark < 30:
        return 0.0
    ink = np.less(grey, (dark + light) / 2)
    rows = np.flatnonzero(np.count_nonzero(ink, axis=1) > 0.01 * width)
    tall = float(rows[-1] - rows[0] + 1) if len(rows) else float(height)
    columns = np.any(ink, axis=0).astype(np.uint8)[None]
    closed = cv2.morphologyEx(columns, cv2.MORPH_CLOSE, np.ones((1, max(1, int(tall / 2))), np.uint8))
    return float(closed.sum()) / max(tall, 1.0)


def _width(text: str) -> float:
    """How wide a text is, in heights of its characters: a Han character is square, a Latin one half as wide."""
    return sum(
        1.0 if unicodedata.east_asian_width(char) in "WF" else 0.52 for char in text if not char.isspace()
    )


def _read_again(engine: Paddle, picture: Picture, line: Found) -> Found:
    """The best of the line as it was read, with more paper around it, its ground evened out, on its head, in two halves.

    On its head, because on one page an ID card may lie the other way round than the rest.
    """
    wide = crop(picture, _grown(line.box, 0.15))
    ways = [[wide], [even_background(wide)]]
    if wide.shape[1] > 6 * wide.shape[0]:
        at = _widest_gap(wide)
        ways.append([np.ascontiguousarray(wide[:, :at]), np.ascontiguousarray(wide[:, at:])])
    tried = [line] + [Found(line.box, _joined(engine.texts(way))) for way in ways]
    (headlong,) = engine.texts([turned(wide, 180)])
    tried.append(Found(line.box, replace(headlong, words=())))
    fewest = min(_lacks(picture, other) for other in tried)
    whole = [other for other in tried if _lacks(picture, other) <= fewest + 1.0]
    return max(whole, key=lambda other: other.said.confidence)


def _joined(parts: list[Said]) -> Said:
    """The parts of a line as one; of several, nobody knows any more where their words stand."""
    if len(parts) == 1:
        return parts[0]
    letters = max(1, sum(len(part.text) for part in parts))
    confidence = sum(part.confidence * len(part.text) for part in parts) / letters
    return Said("".join(part.text for part in parts), confidence, ())


def _widest_gap(cut: Picture) -> int:
    """Where to part a line: in the widest stretch without ink of its middle half."""
    grey: Picture = np.asarray(cv2.cvtColor(cut, cv2.COLOR_BGR2GRAY), dtype=np.uint8)
    width = grey.shape[1]
    begin, end = width // 4, 3 * width // 4
    empty = np.asarray(grey).min(axis=0)[begin:end]
    light = empty > np.percentile(grey, 60) - 25
    best, length, run = width // 2, 0, 0
    for at, is_light in enumerate(light):
        run = run + 1 if is_light else 0
        if run > length:
            best, length = begin + at - run // 2, run
    return int(best)


def _grown(box: Boxes, by: float) -> Boxes:
    """The corners moved outwards by that part of the line's height."""
    across, down = box[1] - box[0], box[3] - box[0]
    height = float(np.linalg.norm(down))
    along = across / max(float(np.linalg.norm(across)), 1.0) * height * by
    aside = down / max(height, 1.0) * height * by
    return np.array(
        [box[0] - along - aside, box[1] + along - aside, box[2] + along + aside, box[3] - along + aside],
        dtype=np.float32,
    )
