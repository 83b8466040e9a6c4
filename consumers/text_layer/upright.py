"""From PDF space (points, y upwards, before /Rotate) to the upright page (points, y downwards)."""

from __future__ import annotations

from dataclasses import dataclass

import pypdfium2 as pdfium

Edges = tuple[float, float, float, float]
"""Left, top, right, bottom on the upright page, in points."""


@dataclass(frozen=True)
class Upright:
    """How points of the page's own space come to stand on the upright page.

    `box` is the part of the page that is shown (left, bottom, right, top in the page's space), `turn` the degrees
    clockwise by which it is turned before a person reads it.
    """

    box: tuple[float, float, float, float]
    turn: int

    @property
    def size(self) -> tuple[float, float]:
        """Width and height of the upright page, in points."""
        left, bottom, right, top = self.box
        across, down = max(right - left, 1.0), max(top - bottom, 1.0)
        return (down, across) if self.turn in (90, 270) else (across, down)

    def edges(self, left: float, bottom: float, right: float, top: float) -> Edges:
        """A box of the page's own space, as it stands on the upright page."""
        x0, y0, x1, y1 = self.box
        if self.turn == 0:
            return left - x0, y1 - top, right - x0, y1 - bottom
        if self.turn == 90:
            return bottom - y0, left - x0, top - y0, right - x0
        if self.turn == 180:
            return x1 - right, bottom - y0, x1 - left, top - y0
        return y1 - top, x1 - right, y1 - bottom, x1 - left

    def turned(self, degrees: int) -> Upright:
        """The same page, turned clockwise by so many degrees more."""
        return Upright(self.box, (self.turn + degrees) % 360)


def upright_of(page: pdfium.PdfPage) -> Upright:
    """The page as its CropBox and /Rotate say."""
    left, bottom, right, top = page.get_bbox()
    return Upright((left, bottom, right, top), int(page.get_rotation()) % 360)
