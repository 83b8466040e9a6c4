"""Where a page has to be read column by column: the gutter between them, and what speaks for it.

Label and value of a form stand apart too, on one level row by row; they are never torn apart. Two columns
are what runs on its own leading on either side of the gutter, or full lines of text on both sides of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from consumers.order.cutting import torn
from consumers.order.rows import Row, plain

_NARROW, _HAIR = 1.2, 0.3
"""A gutter is so many times wider than the text is high; between two columns of full lines it may be a hair's."""
_ASIDE = 0.5
"""A line that reaches over the gutter by so much of its height does not cross it: columns on a photo lean."""
_ALIGNED = 0.35
"""Two lines are on one level where their middles are not farther apart than so much of their height."""
_FEWEST = 3
"""Lines on either side of a gutter that is told by their not being on one level."""
_FULL_LINES = 5
"""Lines on either side of a gutter that is told by their being full."""
_OVER = 1.5
"""A line so many times as wide as most was read over a gutter."""
_NEAR = 1.0
"""A blank so many times the height beside a gutter is where a line was read over it."""
_FLUSH = 1.3
"""A line that ends so many times its height before its column's edge is a full one."""
_INDENT = 3.0
"""So far in may a full line begin."""


@dataclass(frozen=True)
class Bar:
    """What takes its room on the page and is read as one: a row of text without a gap, or a table."""

    rows: tuple[Row, ...]
    left: float
    top: float
    right: float
    bottom: float
    table: bool = False

    @property
    def level(self) -> float:
        """The level of its first line."""
        return self.top if self.table else (self.top + self.bottom) / 2

    @property
    def height(self) -> float:
        """How high it is."""
        return self.bottom - self.top


def bar_of(rows: tuple[Row, ...], *, table: bool = False) -> Bar:
    """The bar that the rows make up."""
    return Bar(
        rows,
        min(row.left for row in rows),
        min(row.top for row in rows),
        max(row.right for row in rows),
        max(row.bottom for row in rows),
        table,
    )


@dataclass(frozen=True)
class Split:
    """What stands above a gutter, left of it, right of it, below it."""

    above: list[Bar]
    left: list[Bar]
    right: list[Bar]
    below: list[Bar]


def split(bars: Sequence[Bar]) -> Split | None:
    """The gutter with most text beside it; None where the page is read straight across."""
    text = [bar.height for bar in bars if not bar.table]
    high = median(text) if text else 20.0
    best: Split | None = None
    for x in _candidates(bars, high):
        for found in _runs(bars, x, _ASIDE * high):
            beside = len(found.left) + len(found.right)
            if (best is None or beside > len(best.left) + len(best.right)) and _speaks(found, high):
                best = found
    return None if best is None else _beheaded(best)


def _candidates(bars: Sequence[Bar], high: float) -> list[float]:
    """Where gutters may run: right of what ends, where something begins farther right."""
    edges: list[float] = []
    for left in sorted(bar.left for bar in bars):
        ends = [bar.right for bar in bars if bar.right < left - _HAIR * high]
        if ends and (not edges or left - edges[-1] > _HAIR * high):
            edges.append(left)
    return edges


def _runs(bars: Sequence[Bar], x: float, aside: float) -> list[Split]:
    """The stretches of the page along x that nothing crosses."""
    ordered = sorted(bars, key=lambda bar: bar.level)
    parts = [_parts(bar, x, aside) for bar in ordered]
    crossing = [i for i, bar in enumerate(ordered) if len(parts[i]) == 1 and _crosses(bar, x, aside)]
    found = []
    for begin, end in zip([-1, *crossing], [*crossing, len(ordered)], strict=True):
        part = [bar for some in parts[begin + 1 : end] for bar in some]
        left = [b for b in part if b.left + b.right < 2 * x]
        right = [b for b in part if b.left + b.right >= 2 * x]
        if left and right:
            found.append(Split(ordered[: begin + 1], left, right, ordered[end:]))
    return found


def _crosses(bar: Bar, x: float, aside: float) -> bool:
    return bar.left < x - aside and x + aside < bar.right


def _parts(bar: Bar, x: float, aside: float) -> list[Bar]:
    """The bar, in two where it was read over a gutter at x."""
    if bar.table or len(bar.rows[0].places) > 1 or not _crosses(bar, x, aside):
        return [bar]
    parts = torn(bar.rows[0].places[0], x, _NEAR * bar.height)
    return [bar] if parts is None else [bar_of((plain([part]),)) for part in parts]


def _beheaded(found: Split) -> Split:
    """The same, with what stands above both columns and over neither of them first: the name of an author."""
    head = max(min(bar.top for bar in side) for side in (found.left, found.right))
    over = [bar for bar in found.left + found.right if bar.bottom < head]
    if len(over) != 1 or min(bar.left for bar in found.left) > over[0].left - 2 * over[0].height:
        return found
    left, right = ([bar for bar in side if bar not in over] for side in (found.left, found.right))
    return Split(found.above + over, left, right, found.below)


def _speaks(found: Split, high: float) -> bool:
    """Whether what stands left and right of the gutter are two columns."""
    left, right = found.left, found.right
    head = max(min(b.top for b in left), min(b.top for b in right))
    foot = min(max(b.bottom for b in left), max(b.bottom for b in right))
    beside = [[b for b in side if b.bottom > head and b.top < foot] for side in (left, right)]
    if not all(beside):
        return False
    tables = [[b for b in side if b.table] for side in beside]
    if all(tables):
        return True
    if full(_nearest(beside[0], last=True), high) and full(_nearest(beside[1], last=False), high):
        return True
    if min(b.left for b in right) - max(b.right for b in left) < _NARROW * high:
        return False
    return own_leading(beside[0], beside[1])


def own_leading(left: Sequence[Bar], right: Sequence[Bar]) -> bool:
    """Whether the lines of one side are not on the levels of the other."""
    few, many = sorted((levels(left), levels(right)), key=len)
    if len(few) < _FEWEST:
        return False
    mated = sum(
        any(abs(one - other) <= _ALIGNED * min(high, size) for other, size in many) for one, high in few
    )
    return 2 * mated <= len(few)


def levels(side: Sequence[Bar]) -> list[tuple[float, float]]:
    """Level and height of each row of a side."""
    found: list[tuple[float, float]] = []
    for level, height in sorted((row.level, row.height) for bar in side for row in bar.rows):
        if not found or level - found[-1][0] > 0.5 * height:
            found.append((level, height))
    return found


def full(side: Sequence[Bar], high: float) -> bool:
    """Whether most lines of a side reach from one of its edges to the other, as those of a running text do."""
    left, right = min(b.left for b in side), max(b.right for b in side)
    lines = [b for b in side if b.left - left <= _INDENT * high and right - b.right <= _FLUSH * high]
    return len(side) >= _FULL_LINES and right - left >= 8 * high and len(lines) >= 0.55 * len(side)


def _nearest(side: Sequence[Bar], *, last: bool) -> list[Bar]:
    """The first, or last, of the columns on a side: there may be a third one."""
    columns: list[list[Bar]] = []
    # What was read over the next gutter too would make one column of two.
    widest = _OVER * median(bar.right - bar.left for bar in side)
    for bar in sorted((b for b in side if b.right - b.left <= widest), key=lambda b: b.left):
        if columns and bar.left + _ASIDE * bar.height < max(b.right for b in columns[-1]):
            columns[-1].append(bar)
        else:
            columns.append([bar])
    return columns[-1 if last else 0]
