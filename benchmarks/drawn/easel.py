"""Easel: a sheet on which text is put by hand at a place in mm, for papers that are no run of lines."""

from __future__ import annotations

from PIL import Image, ImageDraw

from samples import faces

Ink = tuple[int, int, int]
BLACK: Ink = (28, 28, 32)
RED: Ink = (200, 32, 40)


class Easel:
    """A picture of `width` x `height` mm at `dpi`."""

    def __init__(self, width: float, height: float, dpi: int, paper: Ink = (255, 255, 255)) -> None:
        self.dpi = dpi
        self.image = Image.new("RGB", (self.px(width), self.px(height)), paper)
        self.pencil = ImageDraw.Draw(self.image)

    def px(self, mm: float) -> int:
        """That many mm in pixels."""
        return round(mm / 25.4 * self.dpi)

    def put(
        self,
        x: float,
        y: float,
        text: str,
        face: str = "song",
        points: float = 11,
        ink: Ink = BLACK,
        anchor: str = "ls",
    ) -> float:
        """Sets the text with its foot at `y`; gives back its width in mm."""
        x_now, size = float(self.px(x)), max(6, round(points / 72 * self.dpi))
        font = faces.font(face, size)
        self.pencil.text((x_now, self.px(y)), text, fill=ink, font=font, anchor=anchor)
        return font.getlength(text) / self.dpi * 25.4

    def wrapped(
        self,
        x: float,
        y: float,
        text: str,
        width: float,
        face: str = "song",
        points: float = 11,
        step: float = 6,
        ink: Ink = BLACK,
    ) -> float:
        """The text in lines no wider than `width`; gives back where the next line would stand."""
        font = faces.font(face, max(6, round(points / 72 * self.dpi)))
        line = ""
        for char in text:
            if font.getlength(line + char) > self.px(width):
                self.put(x, y, line, face, points, ink)
                line, y = "", y + step
            line += char
        self.put(x, y, line, face, points, ink)
        return y + step

    def box(
        self, left: float, top: float, right: float, bottom: float, ink: Ink = BLACK, hair: float = 0.25
    ) -> None:
        """An empty frame."""
        corners = tuple(self.px(side) for side in (left, top, right, bottom))
        self.pencil.rectangle(corners, outline=ink, width=max(1, self.px(hair)))

    def rule(
        self, left: float, top: float, right: float, bottom: float, ink: Ink = BLACK, hair: float = 0.25
    ) -> None:
        """A straight line."""
        corners = tuple(self.px(side) for side in (left, top, right, bottom))
        self.pencil.line(corners, fill=ink, width=max(1, self.px(hair)))
