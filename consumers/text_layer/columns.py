"""Text in columns: each is read to its end before the next, but forms and tables are read row by row.

What tells them apart is how the lines end. Running text fills its column: line after line ends at the same edge. The
entries of a form or a table end where they end.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from consumers.text_layer.rows import Row, rows_of
from consumers.text_layer.segments import Segment, around

_FEWEST = 3
"""So many lines on either side make columns."""
_FULL = 0.82
"""A line fills its column from this part of its width on."""
_MOSTLY = 0.55
"""Running text: this part of its lines fills the column; paragraphs end and begin in the others."""
_NARROW = 8.0
"""A column narrower than so many times the height of its letters holds entries, not sentences."""
_GUTTER = 0.7
"""Least width of the gap between two columns, in heights of letters."""
_FAR = 1.5
"""Something alone, so many of its heights away from a column, is no line of it."""
_TRIED = 12
"""Of more places than this at which segments begin together, those with the most are tried."""
_MOST = 3_000
"""More segments than this are read row by row."""


def in_columns(segments: Sequence[Segment]) -> list[list[Segment]]:
    """The segments in groups, in the order of reading; each group is read row by row."""
    if not 2 * _FEWEST <= len(segments) <= _MOST:
        return [list(segments)] if segments else []
    best: tuple[int, list[Segment], list[Segment]] | None = None
    for gutter in _gutters(segments):
        for zone in _zones(segments, gutter):
            if best is not None and len(zone) <= best[0]:
                continue
            # A page number or a running title may stand in the middle, above or below the gap between columns.
            for part in (_body(zone), zone[:-1], zone[1:], zone[1:-1]):
                left = [segment for segment in part if segment.edges[2] <= gutter]
                right = [segment for segment in part if segment.edges[2] > gutter]
                if _are_columns(left, right):
                    best = len(zone), left, right
                    break
    if best is None:
        return [list(segments)]
    _, left, right = best
    inside = set(map(id, left)) | set(map(id, right))
    top = min(segment.edges[1] for segment in (*left, *right))
    rest = [segment for segment in segments if id(segment) not in inside]
    above = [segment for segment in rest if segment.level < top]
    below = [segment for segment in rest if segment.level >= top]
    return [group for part in (above, left, right, below) for group in in_columns(part)]


def _gutters(segments: Sequence[Segment]) -> list[float]:
    """Where gaps between columns may be: right beside the places at which many segments begin."""
    starts = sorted(segment.edges[0] for segment in segments)
    ends = max(segment.edges[2] for segment in segments)
    found: list[tuple[int, float]] = []
    held: list[float] = []
    for start in [*starts, float("inf")]:
        if held and start - held[-1] > 3.0:
            if len(held) >= _FEWEST and starts[0] + 20 < held[0] < ends - 20:
                found.append((len(held), held[0] - 0.5))
            held = []
        held.append(start)
    return [gutter for _, gutter in sorted(found, reverse=True)[:_TRIED]]


def _zones(segments: Sequence[Segment], gutter: float) -> Iterable[list[Segment]]:
    """What stands beside a gutter, top to bottom, zone by zone; a zone ends where a segment crosses it."""
    zone: list[Segment] = []
    for segment in sorted(segments, key=lambda s: s.level):
        if segment.edges[2] <= gutter or segment.edges[0] >= gutter:
            zone.append(segment)
            continue
        yield zone
        zone = []
    yield zone


def _body(zone: list[Segment]) -> list[Segment]:
    """The zone without what stands by itself far above or below the rest: a page number, a running title."""
    first, end = 0, len(zone)
    if end > 1 and zone[1].edges[1] - zone[0].edges[3] > _FAR * zone[0].height:
        first = 1
    if (
        end > 1
        and zone[-1].edges[1] - max(segment.edges[3] for segment in zone[:-1]) > _FAR * zone[-1].height
    ):
        end -= 1
    return zone[first:end]


def _are_columns(left: list[Segment], right: list[Segment]) -> bool:
    if len(left) < _FEWEST or len(right) < _FEWEST:
        return False
    tall = sorted(segment.height for segment in (*left, *right))[(len(left) + len(right)) // 2]
    one, other = around(s.edges for s in left), around(s.edges for s in right)
    if other[0] - one[2] < _GUTTER * tall:
        return False
    shared = min(one[3], other[3]) - max(one[1], other[1])
    if shared < 0.3 * min(one[3] - one[1], other[3] - other[1]):
        return False
    return _runs_on(left, tall) and _runs_on(right, tall)


def _runs_on(side: list[Segment], tall: float) -> bool:
    """Whether it is running text."""
    left, _, right, _ = around(segment.edges for segment in side)
    rows = rows_of(side)
    if right - left < _NARROW * tall or len(rows) < _FEWEST:
        return False
    full = sum(_width(row) >= _FULL * (right - left) for row in rows)
    return full >= _MOSTLY * len(rows)


def _width(row: Row) -> float:
    """What of a row's width is text; the gaps between the cells of a table are none."""
    return sum(segment.edges[2] - segment.edges[0] for segment in row.segments)
