"""The bar chart of a review: how many records fall due in which year, by category, as plain numbers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from retention.reports.words import CATEGORY_NAMES, CategoryNames, category_name
from retention.reviewed import DueItem, category_place

COLOURS = ("#1f4e79", "#2e8b83", "#c08a2b", "#a4473c", "#6b5b95", "#8a8f98")
"""One colour for each category, told apart in grey print as well by the numbers beside the bars."""

_MOST_BARS = 12
_WIDTH, _LEFT, _RIGHT, _ROW, _BAR = 760, 74, 56, 22, 13


@dataclass(frozen=True)
class Piece:
    """One coloured piece of a bar: left edge and width in the picture's units."""

    x: float
    width: float
    colour: str
    label: str


@dataclass(frozen=True)
class Bar:
    """One year's bar, from left to right; `y` is its upper edge, `end` where its number is written."""

    label: str
    count: int
    y: int
    end: float
    pieces: tuple[Piece, ...]


@dataclass(frozen=True)
class Chart:
    """The whole picture; the legend is category name and colour, for the categories that occur."""

    width: int
    height: int
    left: int
    bar_height: int
    bars: tuple[Bar, ...]
    legend: tuple[tuple[str, str, str], ...]


def chart_of(items: Sequence[DueItem], names: CategoryNames = CATEGORY_NAMES) -> Chart | None:
    """The chart of the years in which the items' last days lie; None where there are no items.

    Years before the twelve latest go together into the earliest bar (`≤2014`).
    """
    if not items:
        return None
    earliest = min(item.retain_until.year for item in items)
    latest = max(item.retain_until.year for item in items)
    first = max(earliest, latest - _MOST_BARS + 1)
    counts = Counter((max(item.retain_until.year, first), item.record.card.category) for item in items)
    categories = sorted({category for _, category in counts}, key=category_place)
    colours = {category: COLOURS[min(place, len(COLOURS) - 1)] for place, category in enumerate(categories)}
    sums = {year: sum(counts[year, one] for one in categories) for year in range(first, latest + 1)}
    scale = (_WIDTH - _LEFT - _RIGHT) / max(sums.values())
    bars = []
    for place, year in enumerate(sums):
        pieces = _pieces({one: counts[year, one] for one in categories}, (names, colours), scale)
        label = f"≤{year}" if year == first and earliest < first else str(year)
        bars.append(Bar(label, sums[year], place * _ROW + 4, _LEFT + sums[year] * scale + 6, pieces))
    legend = tuple((*category_name(one, names), colours[one]) for one in categories)
    return Chart(_WIDTH, len(bars) * _ROW + 6, _LEFT, _BAR, tuple(bars), legend)


def _pieces(
    counts: dict[str, int], look: tuple[CategoryNames, dict[str, str]], scale: float
) -> tuple[Piece, ...]:
    names, colours = look
    pieces, x = [], float(_LEFT)
    for category, count in counts.items():
        if count:
            zh, en = category_name(category, names)
            pieces.append(
                Piece(round(x, 2), round(count * scale, 2), colours[category], f"{zh} {en}: {count}")
            )
            x += count * scale
    return tuple(pieces)
