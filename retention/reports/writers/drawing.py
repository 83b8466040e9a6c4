"""A chart as horizontal bars, in the units of its picture: where each piece lies, and where its number is written."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from retention.reports.report import Chart, Words

COLOURS = ("#1f4e79", "#2e8b83", "#c08a2b", "#a4473c", "#6b5b95", "#8a8f98")
"""One for each series; in grey print the numbers tell them apart as well."""

_WIDTH, _RIGHT, _TOP = 680, 62, 4
_BAR, _GAP = 13, 9
_LETTER = 11.5


@dataclass(frozen=True)
class Piece:
    """One coloured piece of a bar."""

    x: float
    y: float
    width: float
    colour: str
    told: str


@dataclass(frozen=True)
class Mark:
    """A word or a number beside the bars; `x` is where it ends or begins, `y` its base line."""

    x: float
    y: float
    text: str


@dataclass(frozen=True)
class Picture:
    """The whole picture; the legend is each series' name and colour."""

    title: Words
    width: int
    height: int
    left: int
    bar: int
    pieces: tuple[Piece, ...]
    labels: tuple[Mark, ...]
    numbers: tuple[Mark, ...]
    legend: tuple[tuple[Words, str], ...]


def picture_of(chart: Chart) -> Picture:
    """The chart drawn; the longest bar fills the width, all the others are measured by it."""
    left = int(min(260, max((_width(label) for label in chart.labels), default=0) + 16))
    sums = [sum(one.values[place] for one in chart.series) for place in range(len(chart.labels))]
    longest = max(
        sums if chart.stacked else (value for one in chart.series for value in one.values), default=0
    )
    scale = (_WIDTH - left - _RIGHT) / max(longest, 1)
    bars = 1 if chart.stacked else len(chart.series)
    pieces: list[Piece] = []
    labels: list[Mark] = []
    numbers: list[Mark] = []
    y = float(_TOP)
    for place, label in enumerate(chart.labels):
        labels.append(Mark(left - 8, round(y + bars * _BAR / 2 + 4, 2), label))
        x = float(left)
        for rank, one in enumerate(chart.series):
            value = one.values[place]
            top = y if chart.stacked else y + rank * _BAR
            if value:
                told = f"{label} {one.name.zh}: {value}"
                width = round(value * scale, 2)
                pieces.append(Piece(round(x, 2), top, width, COLOURS[rank % len(COLOURS)], told))
            if not chart.stacked:
                numbers.append(Mark(round(left + value * scale + 6, 2), top + 9.6, str(value)))
            x += value * scale if chart.stacked else 0
        if chart.stacked:
            numbers.append(Mark(round(x + 6, 2), y + 9.6, str(sums[place])))
        y += bars * _BAR + _GAP
    legend = tuple((one.name, COLOURS[rank % len(COLOURS)]) for rank, one in enumerate(chart.series))
    return Picture(
        chart.title, _WIDTH, int(y), left, _BAR - 2, tuple(pieces), tuple(labels), tuple(numbers), legend
    )


def _width(text: str) -> float:
    wide = sum(unicodedata.east_asian_width(sign) in "WF" for sign in text)
    return (wide + (len(text) - wide) * 0.56) * _LETTER
