"""An open booklet, or two sheets side by side, in one picture: where the left page ends and the right one begins."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median

from consumers.order.columns import Bar, full, levels, own_leading

_WIDE = 1.15
"""Two pages side by side are at least so many times wider than high."""
_MIDDLE = (0.36, 0.64)
"""The gutter lies here, in parts of the width."""
_GUTTER = 0.03
"""Its least width, in parts of the page's."""
_MARGINS = 0.07
"""A gutter of this width is two margins, where it is twice as wide as any other gap."""
_FEWEST = 3
"""Lines on either page."""


def gutter(bars: Sequence[Bar], width: float, height: float) -> tuple[float, float] | None:
    """Where the gutter begins and ends; None where the picture shows one page.

    A table that lies crosswise is one page: something crosses its middle, or its columns stand as far apart
    elsewhere as there, and their rows are on one level.
    """
    if width < _WIDE * height:
        return None
    found = _free(bars, width)
    if found is None:
        return None
    x, wide = (found[0] + found[1]) / 2, found[1] - found[0]
    left, right = [b for b in bars if b.right <= x], [b for b in bars if b.left >= x]
    if min(len(levels(left)), len(levels(right))) < _FEWEST:
        return None
    high = median(bar.height for bar in bars)
    margins = wide >= _MARGINS * width and wide >= 2 * max(_widest_gap(left), _widest_gap(right))
    return found if margins or own_leading(left, right) or full(left, high) or full(right, high) else None


def _free(bars: Sequence[Bar], width: float) -> tuple[float, float] | None:
    """The widest strip in the middle of the page on which nothing stands."""
    low, high = (part * width for part in _MIDDLE)
    best: tuple[float, float] | None = None
    ordered = sorted(bars, key=lambda b: b.left)
    reached = ordered[0].right if ordered else 0.0
    for bar in ordered:
        wide = bar.left - reached
        if low <= (bar.left + reached) / 2 <= high and wide >= max(
            _GUTTER * width, best[1] - best[0] if best else 0
        ):
            best = (reached, bar.left)
        reached = max(reached, bar.right)
    return best


def _widest_gap(bars: Sequence[Bar]) -> float:
    """The widest strip within one page on which nothing stands."""
    widest, reached = 0.0, None
    for bar in sorted(bars, key=lambda b: b.left):
        if reached is not None:
            widest = max(widest, bar.left - reached)
        reached = bar.right if reached is None else max(reached, bar.right)
    return widest
