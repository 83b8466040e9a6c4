"""Segments that stand level become rows, top to bottom, each left to right."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from consumers.text_layer.segments import Run, Segment, around, is_wide
from consumers.text_layer.upright import Edges

GAP = "\u3000"
"""Stands between two pieces of one row, as label and value of a form."""
_LEVEL = 0.5
"""Segments share a row if they cover each other by this part of the lower one's height."""


@dataclass(frozen=True)
class Row:
    """Segments of one row, left to right."""

    segments: tuple[Segment, ...]

    @property
    def edges(self) -> Edges:
        """The box around them."""
        return around(segment.edges for segment in self.segments)

    @property
    def text(self) -> str:
        """Its segments, set apart."""
        return GAP.join(segment.text for segment in self.segments)

    @property
    def runs(self) -> tuple[Run, ...]:
        """Its words, left to right."""
        return tuple(run for segment in self.segments for run in segment.words)


@dataclass(frozen=True)
class Said:
    """What is to be one Line: its text, and the runs that make it up."""

    text: str
    runs: tuple[Run, ...]

    @property
    def edges(self) -> Edges:
        """The box around them."""
        return around(run.edges for run in self.runs)


def rows_of(segments: Iterable[Segment]) -> list[Row]:
    """The rows, top to bottom."""
    rows: list[list[Segment]] = []
    for segment in sorted(segments, key=lambda s: s.level):
        # Two segments of different height can stand between each other: the last two rows are asked.
        for row in rows[:-3:-1]:
            if _beside(row, segment):
                row.append(segment)
                break
        else:
            rows.append([segment])
    rows.sort(key=lambda row: max(row, key=lambda s: s.height).level)
    return [Row(tuple(sorted(row, key=lambda s: s.edges[0]))) for row in rows]


def _beside(row: list[Segment], segment: Segment) -> bool:
    tallest = max(row, key=lambda s: s.height)
    shared = min(tallest.edges[3], segment.edges[3]) - max(tallest.edges[1], segment.edges[1])
    if shared < _LEVEL * min(tallest.height, segment.height):
        return False
    return all(
        min(other.edges[2], segment.edges[2]) - max(other.edges[0], segment.edges[0])
        < 0.3 * min(other.edges[2] - other.edges[0], segment.edges[2] - segment.edges[0])
        for other in row
    )


def join(before: str, after: str, *, wrapped: bool) -> str:
    """Two lines of one cell as one text; `wrapped` says that the first ran to the cell's edge.

    Nothing stands between Han characters, nor within a number that was broken in two.
    """
    if not before or not after:
        return before + after
    if is_wide(before[-1]) or is_wide(after[0]):
        return before + after
    if wrapped and before[-1].isdigit() and after[0].isdigit():
        return before + after
    return f"{before} {after}"
