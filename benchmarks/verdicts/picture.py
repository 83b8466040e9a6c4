"""The curves of coverage against precision as a picture: a panel a set, a line a side, the target as a corner."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

from PIL import Image, ImageDraw, ImageFont

from benchmarks.verdicts.coverage import WANTED_COVERAGE, WANTED_PRECISION

_SCALE = 2
"""Drawn so much larger and made smaller afterwards, which smooths the lines."""
_WIDTH, _HEIGHT = 620, 440
_LEFT, _TOP, _RIGHT, _BOTTOM = 64, 40, 20, 48
_LEAST = 0.4
_INK, _GRID, _TARGET = "#222222", "#dddddd", "#2a9d5c"
_COLOURS = ("#0b57d0", "#d1495b", "#e08e1b", "#7a5195", "#8a8a8a", "#00798c", "#9c6644")


def draw(sets: dict[str, dict[str, Any]], path: Path) -> None:
    """Write the picture; the file's ending decides its format. `sets`: figures by set and side."""
    columns = min(2, len(sets))
    size = (columns * _WIDTH * _SCALE, math.ceil(len(sets) / columns) * _HEIGHT * _SCALE)
    image = Image.new("RGB", size, "white")
    for number, (name, sides) in enumerate(sets.items()):
        panel = _Panel(image, number % columns * _WIDTH, number // columns * _HEIGHT)
        panel.frame(name)
        for place, found in enumerate(sides.values()):
            panel.side(found, _COLOURS[place % len(_COLOURS)], bold=place == 0)
        panel.names(list(sides))
    image.resize((size[0] // _SCALE, size[1] // _SCALE), Image.Resampling.LANCZOS).save(path)


class _Panel:
    def __init__(self, image: Image.Image, left: int, top: int) -> None:
        self._pen = ImageDraw.Draw(image)
        self._left, self._top = left, top
        self._font = ImageFont.load_default(12 * _SCALE)
        self._large = ImageFont.load_default(15 * _SCALE)

    def frame(self, name: str) -> None:
        """Title, grid, axes and the corner in which the target is met."""
        self._box(WANTED_COVERAGE, 1.0, 1.0, WANTED_PRECISION, _TARGET)
        for tenth in range(11):
            share = tenth / 10
            self._line([(share, _LEAST), (share, 1.0)], _GRID, 1)
            self._say(share, _LEAST, f"{tenth * 10}", "ma", (0, 6))
            if share >= _LEAST:
                self._line([(0.0, share), (1.0, share)], _GRID, 1)
                self._say(0.0, share, f"{tenth * 10}", "rm", (-8, 0))
        self._line([(0.0, _LEAST), (1.0, _LEAST)], _INK, 2)
        self._line([(0.0, _LEAST), (0.0, 1.0)], _INK, 2)
        self._say(0.5, _LEAST, "% of documents filed without review", "ma", (0, 24))
        self._say(0.0, 1.0, f"{name}: % of them right", "ld", (0, -12), large=True)

        self._say(WANTED_COVERAGE, 1.0, "target", "lb", (0, -6), colour=_TARGET)

    def side(self, found: dict[str, Any], colour: str, *, bold: bool) -> None:
        """A side's curve, and where it works on it (a dot)."""
        points = [(coverage, max(_LEAST, precision)) for _, coverage, precision in found["curve"]]
        self._line([(0.0, points[0][1]), *points] if points else [], colour, 4 if bold else 2)
        work = found["operating"]["labels_sure"]
        if work["precision"] is not None:
            x, y = self._at(work["coverage"], max(_LEAST, work["precision"]))
            radius = 5 * _SCALE
            self._pen.ellipse((x - radius, y - radius, x + radius, y + radius), colour, "white", _SCALE)

    def names(self, sides: list[str]) -> None:
        """The sides' names in their colours, at the foot, over whatever runs there."""
        for row, name in enumerate(reversed(sides)):
            colour = _COLOURS[(len(sides) - 1 - row) % len(_COLOURS)]
            self._say(0.0, _LEAST, name, "ls", (12, -10 - 17 * row), colour=colour)

    def _at(self, coverage: float, precision: float) -> tuple[float, float]:
        width, height = _WIDTH - _LEFT - _RIGHT, _HEIGHT - _TOP - _BOTTOM
        down = (1 - precision) / (1 - _LEAST)
        return (
            (self._left + _LEFT + coverage * width) * _SCALE,
            (self._top + _TOP + down * height) * _SCALE,
        )

    def _line(self, points: list[tuple[float, float]], colour: str, width: int) -> None:
        self._pen.line([self._at(*point) for point in points], colour, width * _SCALE, "curve")

    def _box(self, left: float, top: float, right: float, bottom: float, colour: str) -> None:
        (x0, y0), (x1, y1) = self._at(left, top), self._at(right, bottom)
        self._pen.rectangle((x0, y0 - 3 * _SCALE, x1, y1), colour)

    def _say(
        self, coverage: float, precision: float, text: str, anchor: str, shift: tuple[int, int], *,
        colour: str = _INK, large: bool = False,
    ) -> None:  # fmt: skip
        x, y = self._at(coverage, precision)
        place = (x + shift[0] * _SCALE, y + shift[1] * _SCALE)
        self._pen.text(
            place,
            text,
            colour,
            self._large if large else self._font,
            anchor,
            stroke_width=3 * _SCALE,
            stroke_fill="white",
        )
