"""Rows: what stands side by side on one level, and what of it is one cell."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from statistics import median

from consumers.order.place import Place

Lines = tuple[tuple[Place, ...], ...]
"""The lines of text of one cell, top to bottom, each left to right."""


@dataclass(frozen=True)
class Row:
    """One row as a person reads it: its cells left to right. A plain row's cells are its pieces."""

    cells: tuple[Lines, ...]

    @property
    def places(self) -> list[Place]:
        """All that stands in it, in the order of reading."""
        return [place for cell in self.cells for line in cell for place in line]

    @property
    def left(self) -> float:
        """Where it begins."""
        return min(place.left for place in self.places)

    @property
    def right(self) -> float:
        """Where it ends."""
        return max(place.right for place in self.places)

    @property
    def top(self) -> float:
        """Its upper edge."""
        return min(place.top for place in self.places)

    @property
    def bottom(self) -> float:
        """Its lower edge."""
        return max(place.bottom for place in self.places)

    @property
    def level(self) -> float:
        """The level of its first line, at which it is read."""
        return min(median(p.level for p in cell[0]) for cell in self.cells)

    @property
    def height(self) -> float:
        """How high its text is."""
        return median(place.height for place in self.places)


def plain(line: Iterable[Place]) -> Row:
    """A row whose pieces are its cells."""
    return Row(tuple(((place,),) for place in sorted(line, key=lambda p: p.left)))


def rows_of(places: Iterable[Place]) -> list[list[Place]]:
    """The places row by row, top to bottom, each row left to right."""
    rows: list[list[Place]] = []
    for place in sorted(places, key=lambda p: p.level):
        # Beside a row that began a little higher a second one may have begun: the nearest level wins.
        near = [row for row in rows[-3:] if _same_row(row, place)]
        if near:
            min(near, key=lambda row: abs(place.level - median(p.level for p in row))).append(place)
        else:
            rows.append([place])
    rows.sort(key=lambda row: median(p.level for p in row))
    return [sorted(row, key=lambda p: p.left) for row in rows]


def stacks_of(places: Iterable[Place]) -> list[list[Place]]:
    """The places column by column: what overlaps sideways stands in one, left to right."""
    stacks: list[list[Place]] = []
    for place in sorted(places, key=lambda p: p.left):
        touched = [s for s in stacks if any(_overlap(place, other) > 0 for other in s)]
        for stack in touched[1:]:
            touched[0].extend(stack)
            stacks.remove(stack)
        if touched:
            touched[0].append(place)
        else:
            stacks.append([place])
    return sorted(stacks, key=lambda stack: min(p.left for p in stack))


def cell_of(places: Iterable[Place]) -> Lines:
    """The lines of one cell."""
    return tuple(tuple(row) for row in rows_of(places))


def _same_row(row: list[Place], place: Place) -> bool:
    least = min(*(other.height for other in row), place.height)
    if abs(place.level - median(other.level for other in row)) > 0.5 * least:
        return False
    # What overlaps sideways stands below and not beside, however close it is.
    return all(_overlap(other, place) < 0.3 * min(other.width, place.width) for other in row)


def _overlap(one: Place, other: Place) -> float:
    return min(one.right, other.right) - max(one.left, other.left)
