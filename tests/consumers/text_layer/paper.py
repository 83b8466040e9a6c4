"""Pages made for the tests: text put down at its place, piece by piece, in whatever order the test wants."""

from __future__ import annotations

import random
from dataclasses import dataclass
from pathlib import Path

from fpdf import FPDF
from PIL import Image, ImageDraw

from consumers.readers.text_layer import TextLayerReader
from consumers.transcript import Page
from samples import faces
from tests.consumers.made import read_with

CLAUSES = (
    "出卖人应当在本合同约定的期限内将符合条件的商品房交付买受人使用，逾期交付的应当按日支付违约金。"
    "买受人未按照约定时间付款的，出卖人有权依照合同追究其违约责任，双方另有约定的从其约定。"
    "本合同在履行过程中发生争议的，由双方协商解决，协商不成的依法向房屋所在地人民法院起诉。"
)


@dataclass(frozen=True)
class Put:
    """A piece of text and where its base line begins, in points from the page's upper left corner."""

    x: float
    y: float
    text: str
    size: float = 10.5


def blank(width: float = 595, height: float = 842) -> FPDF:
    """A document with one empty page, sizes in points, and a face for Chinese."""
    pdf = FPDF(unit="pt", format=(width, height))
    pdf.add_font("typed", fname=faces.FACES["typed"][0])
    pdf.set_auto_page_break(False)
    pdf.add_page()
    pdf.set_font("typed", size=10.5)
    return pdf


def put(pdf: FPDF, *pieces: Put) -> FPDF:
    """The document with these pieces, drawn in this order."""
    for piece in pieces:
        pdf.set_font("typed", size=piece.size)
        pdf.text(piece.x, piece.y, piece.text)
    return pdf


def page_of(*pieces: Put) -> FPDF:
    """A document of one page that bears these pieces, drawn in this order."""
    return put(blank(), *pieces)


def letters(pdf: FPDF, pieces: tuple[Put, ...], seed: int = 1) -> FPDF:
    """The document with each character of the pieces drawn by itself, in any order."""
    single = []
    for piece in pieces:
        pdf.set_font("typed", size=piece.size)
        x = piece.x
        for char in piece.text:
            single.append(Put(x, piece.y, char, piece.size))
            x += pdf.get_string_width(char)
    random.Random(seed).shuffle(single)
    return put(pdf, *single)


def column(x: float, y: float, text: str, wide: int, step: float = 16) -> list[Put]:
    """The text in lines of so many characters."""
    lines = [text[n : n + wide] for n in range(0, len(text), wide)]
    return [Put(x, y + step * n, line) for n, line in enumerate(lines)]


def ruled(pdf: FPDF, xs: tuple[float, ...], ys: tuple[float, ...]) -> None:
    """A grid of lines at these places."""
    pdf.set_line_width(0.6)
    for x in xs:
        pdf.line(x, ys[0], x, ys[-1])
    for y in ys:
        pdf.line(xs[0], y, xs[-1], y)


def picture(text: str, width: int = 900, size: int = 36) -> Image.Image:
    """A picture of some lines of text, as a scanner gives it: letters of `size` pixels."""
    lines = text.splitlines()
    image = Image.new("L", (width, round(size * 1.6 * len(lines)) + size), 252)
    pen = ImageDraw.Draw(image)
    for number, line in enumerate(lines):
        pen.text((size // 2, size // 2 + number * size * 1.6), line, fill=20, font=faces.font("song", size))
    return image


def read(pdf: FPDF, folder: Path) -> Page | None:
    """The first page as the text layer's reader reads it."""
    path = folder / "paper.pdf"
    pdf.output(str(path))
    return read_with(TextLayerReader(), path)


def said(pdf: FPDF, folder: Path) -> list[str]:
    """The lines of the first page; it must have been read."""
    page = read(pdf, folder)
    assert page is not None
    return [line.text for line in page.lines]
