"""A sheet: one page of a paper set in print and pen on white, before any scanner has seen it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from samples import breaking, cards, faces, seal
from samples.markup import Bar, Block, Card, Column, Foot, Gap, Grid, Line, Mark, Run
from samples.papers import Layout, Paper, company, people

PRINT = (26, 26, 30)
PENS = {"blue": (24, 38, 120), "black": (20, 20, 26)}
RED = (205, 28, 32)
TICKED, EMPTY = "☑", "□"
"""No Chinese face has the ticked box: it is printed empty and ticked by pen."""
_PADDING_MM = 1.6
_PEN_SCALE = 1.1
"""People write a little larger than forms are printed."""


@dataclass(frozen=True)
class Piece:
    """A token set in one font, `width` pixels wide."""

    text: str
    look: str
    font: ImageFont.FreeTypeFont
    width: float


def draw(paper: Paper, dpi: int, rng: np.random.Generator) -> list[Image.Image]:
    """The paper's pages as RGB pictures; the same generator state gives the same pixels."""
    return [_Sheet(paper.layout, dpi, rng).page(blocks) for blocks in paper.pages]


class _Sheet:
    """A page under way: `y` is where the next block goes, in pixels."""

    def __init__(self, layout: Layout, dpi: int, rng: np.random.Generator) -> None:
        self.layout, self.dpi, self.rng = layout, dpi, rng
        self.image = Image.new("RGB", (self.px(layout.size[0]), self.px(layout.size[1])), "white")
        self.pencil = ImageDraw.Draw(self.image)
        left, top, right = layout.margin
        self.x, self.y = self.px(left), float(self.px(top))
        self.width = self.px(layout.size[0] - left - right)
        self.column_top: float | None = None
        self.em = layout.points / 72 * dpi

    def px(self, mm: float) -> int:
        return round(mm / 25.4 * self.dpi)

    def page(self, blocks: tuple[Block, ...]) -> Image.Image:
        for before, block in zip((None, *blocks), blocks, strict=False):
            match block:
                case Line():
                    self.paragraph(block)
                case Grid():
                    # Two grids in a row are one form whose columns change.
                    self.y -= self.em * 0.5 * isinstance(before, Grid)
                    self.grid(block)
                case Mark():
                    self.mark(block)
                case Column(x, width):
                    self.column(x, width)
                case Card(side, person):
                    self.card(side, person)
                case Gap(lines):
                    self.y += lines * self.em * self.layout.leading
                case Bar(red):
                    self.bar(red)
                case Foot(text):
                    self.foot(text)
        return self.image

    def paragraph(self, line: Line) -> None:
        size = self.em * line.scale
        indent = 2 * size if line.indent else 0
        face = self.layout.title_face if line.scale > 1.2 else self.layout.face
        rows = self.wrap(line.runs, size, self.width, indent, face)
        step = size * (self.layout.leading if line.scale < 1.2 else 1.45)
        for number, row in enumerate(rows):
            room = self.width - sum(piece.width for piece in row) - (indent if number == 0 else 0)
            x = self.x + (indent if number == 0 else 0)
            x += {"left": 0, "centre": room / 2, "right": room}[line.align]
            stretch = room if line.align == "left" and number < len(rows) - 1 else 0
            self.row(row, x, self.y + step * 0.5 + size * 0.38, stretch, RED if line.red else PRINT)
            self.y += step
        self.y += size * 0.25 if line.scale < 1.2 else size * 0.4

    def wrap(
        self, runs: tuple[Run, ...], size: float, width: float, indent: float, face: str
    ) -> list[list[Piece]]:
        """The runs as rows of pieces, none wider than `width`."""
        pieces = (piece for run in runs for piece in self.pieces(run, size, face))
        return breaking.rows(pieces, width, indent)

    def pieces(self, run: Run, size: float, face: str) -> list[Piece]:
        if run.look == "hand":
            face, size = "hand", size * _PEN_SCALE
        elif run.look == "bold":
            face = faces.bold(face)
        found = []
        for token in breaking.tokens(run.text):
            font = faces.font(faces.setting(face, token), round(size))
            shape = EMPTY if token == TICKED else token
            found.append(Piece(token, run.look, font, font.getlength(shape)))
        return found

    def row(self, row: list[Piece], x: float, base: float, stretch: float, ink: tuple[int, int, int]) -> None:
        gap = stretch / (len(row) - 1) if stretch > 0 and len(row) > 1 else 0
        for piece in row:
            if piece.text == TICKED:
                self.tick(piece, x, base)
            elif piece.look == "hand":
                self.write(piece.text, piece.font, x, base)
            else:
                self.pencil.text((x, base), piece.text, fill=ink, font=piece.font, anchor="ls")
            if piece.look == "ruled":
                under = base + self.em * 0.22
                self.pencil.line((x, under, x + piece.width + gap, under), fill=ink, width=self.hair)
            x += piece.width + gap

    @property
    def hair(self) -> int:
        return max(1, round(self.dpi / 130))

    def tick(self, piece: Piece, x: float, base: float) -> None:
        """A printed box that somebody ticked."""
        self.pencil.text((x, base), EMPTY, fill=PRINT, font=piece.font, anchor="ls")
        side = piece.font.size
        stroke = ((0.12, 0.45), (0.40, 0.12), (1.05, 0.95))
        points = [
            (x + (across + float(self.rng.normal(0, 0.04))) * side, base - up * side) for across, up in stroke
        ]
        self.pencil.line(points, fill=PENS[self.layout.pen], width=self.hair * 2, joint="curve")

    def write(self, text: str, font: ImageFont.FreeTypeFont, x: float, base: float) -> None:
        """The text by pen: every character a little off in height, lean and pressure."""
        red, green, blue = PENS[self.layout.pen]
        for char in text:
            side = round(font.size * 2)
            stroke = Image.new("L", (side, side))
            pressure = int(self.rng.integers(205, 256))
            ImageDraw.Draw(stroke).text(
                (side * 0.25, side * 0.7), char, fill=pressure, font=font, anchor="ls"
            )
            lean = float(self.rng.normal(0, 1.6))
            stroke = stroke.rotate(lean, Image.Resampling.BICUBIC)
            lift = float(self.rng.normal(0, 0.025)) * font.size
            where = (round(x - side * 0.25), round(base + lift - side * 0.7))
            self.image.paste((red, green, blue), where, stroke)
            x += font.getlength(char)

    def grid(self, grid: Grid) -> None:
        total = sum(grid.weights)
        columns = [self.width * weight / total for weight in grid.weights]
        for cells in grid.rows:
            widths = [*columns[: len(cells) - 1], sum(columns[len(cells) - 1 :])]
            self.cells(cells, widths, self.px(grid.height))
        self.y += self.em * 0.5

    def cells(self, cells: tuple[tuple[Run, ...], ...], widths: list[float], least: float) -> None:
        size, padding = self.em * 0.95, self.px(_PADDING_MM)
        step = size * 1.35
        set_cells = [
            self.wrap(cell, size, width - 2 * padding, 0, self.layout.face)
            for cell, width in zip(cells, widths, strict=True)
        ]
        height = max(least, max(len(rows) for rows in set_cells) * step + padding)
        x = float(self.x)
        for rows, width in zip(set_cells, widths, strict=True):
            self.pencil.rectangle((x, self.y, x + width, self.y + height), outline=PRINT, width=self.hair)
            base = self.y + (height - len(rows) * step) / 2 + step * 0.5 + size * 0.38
            for row in rows:
                room = width - 2 * padding - sum(piece.width for piece in row)
                lone = len(rows) == 1 and all(piece.look != "hand" for piece in row)
                self.row(row, x + padding + (room / 2 if lone else 0), base, 0, PRINT)
                base += step
            x += width
        self.y += height

    def mark(self, mark: Mark) -> None:
        if mark.sort == "seal":
            seal.press_seal(self.image, company(mark.text), mark.label, self.place(mark), self.dpi, self.rng)
        else:
            seal.press_stamp(self.image, mark.text, self.place(mark), self.dpi, self.rng)

    def place(self, mark: Mark) -> tuple[int, int]:
        return self.px(mark.x), round(self.y) - self.px(mark.rise)

    def column(self, x: float, width: float) -> None:
        """Goes on in another column; the page's first one says how high they all begin."""
        self.column_top = self.y if self.column_top is None else self.column_top
        self.x, self.width, self.y = self.px(x), self.px(width), self.column_top

    def card(self, side: str, person: str) -> None:
        picture = cards.draw(side, people()[person], self.dpi)
        self.image.paste(picture, (self.x + (self.width - picture.width) // 2, round(self.y)))
        self.y += picture.height + self.px(18)

    def bar(self, red: bool) -> None:
        self.y += self.em * 0.3
        thick = self.hair * (3 if red else 1)
        self.pencil.line(
            (self.x, self.y, self.x + self.width, self.y), fill=RED if red else PRINT, width=thick
        )
        self.y += self.em * 0.6

    def foot(self, text: str) -> None:
        font = faces.font(self.layout.face, round(self.em * 0.75))
        self.pencil.text(
            (self.image.width / 2, self.image.height - self.px(14)), text, fill=PRINT, font=font, anchor="ms"
        )
