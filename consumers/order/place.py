"""Where a piece stands on the straightened page."""

from __future__ import annotations

from dataclasses import dataclass

from consumers.order.lie import Lie
from consumers.order.piece import Piece


@dataclass(frozen=True)
class Place:
    """A piece with its box on the straightened page, in pixels; the box is as high as the text itself."""

    piece: Piece
    left: float
    top: float
    right: float
    bottom: float

    @property
    def level(self) -> float:
        """The height at which the middle of the text stands."""
        return (self.top + self.bottom) / 2

    @property
    def height(self) -> float:
        """How high the text is."""
        return self.bottom - self.top

    @property
    def width(self) -> float:
        """How long it is."""
        return self.right - self.left


def place_of(piece: Piece, lie: Lie) -> Place:
    """The place of a piece. Its box on the picture is as much too high as its slope makes it rise."""
    width, height = piece.right - piece.left, piece.bottom - piece.top
    high = max(0.4 * height, height - abs(piece.slope) * width)
    y = (piece.top + piece.bottom) / 2
    rise = piece.slope * width / 2 if abs(piece.slope) * width < 0.6 * height else 0.0
    left, at_left = lie.straight(piece.left, y - rise)
    right, at_right = lie.straight(piece.right, y + rise)
    level = (at_left + at_right) / 2
    return Place(piece, left, level - high / 2, max(right, left + 1), level + high / 2)
