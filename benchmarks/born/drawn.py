"""Papers drawn with fpdf2, in orders of drawing that no person reads in."""

from __future__ import annotations

import logging
import random
from collections.abc import Callable, Sequence
from itertools import pairwise
from pathlib import Path

from fpdf import FPDF

from benchmarks.born.paper import Paper, entries, prose
from samples import faces

Put = tuple[float, float, str, float]
"""Where a base line begins (points from the upper left corner), the text, its size."""


def papers(folder: Path) -> list[Paper]:
    """All of them, as files in this folder."""
    return [*(drawn(name, folder) for name in DRAWINGS), _page_of_many(folder)]


def drawn(name: str, folder: Path) -> Paper:
    """The paper of this name in `DRAWINGS`, as a file in this folder."""
    pdf, rng = _blank(), random.Random(name)  # noqa: S311 - seeded on purpose
    pdf.add_page()
    text = DRAWINGS[name](pdf, rng)
    path = folder / f"{name}.pdf"
    pdf.output(str(path))
    return Paper(name, path, text)


def _blank() -> FPDF:
    # What old fonts lack is nobody's concern here.
    logging.getLogger("fontTools").setLevel(logging.ERROR)
    logging.getLogger("pdfminer").setLevel(logging.ERROR)
    pdf = FPDF(unit="pt", format=(595, 842))
    pdf.add_font("typed", fname=faces.FACES["typed"][0])
    pdf.set_auto_page_break(False)
    return pdf


def _put(pdf: FPDF, pieces: Sequence[Put]) -> None:
    for x, y, text, size in pieces:
        pdf.set_font("typed", size=size)
        pdf.text(x, y, text)


def _lines(pdf: FPDF, text: str, width: float, size: float) -> list[str]:
    pdf.set_font("typed", size=size)
    lines, held = [], ""
    for char in text:
        if pdf.get_string_width(held + char) > width:
            lines.append(held)
            held = ""
        held += char
    return [*lines, held]


def _set(pdf: FPDF, text: str, place: tuple[float, float, float], size: float = 10.5) -> list[Put]:
    """Running text from a place (x, y) on, so wide."""
    x, y, width = place
    return [(x, y + 1.6 * size * n, line, size) for n, line in enumerate(_lines(pdf, text, width, size))]


def _running(pdf: FPDF, rng: random.Random) -> str:
    text = prose(rng, 800)
    _put(pdf, [(220, 60, "商品房买卖合同", 18), *_set(pdf, text, (70, 100, 455)), (280, 810, "第 2 页", 9)])
    return f"商品房买卖合同{text}第 2 页"


def _dense(pdf: FPDF, rng: random.Random) -> str:
    text = prose(rng, 3600)
    _put(pdf, _set(pdf, text, (40, 40, 515), 8))
    return text


def _columns(pdf: FPDF, rng: random.Random) -> str:
    left, right = prose(rng, 600), prose(rng, 620)
    pieces = [*_set(pdf, left, (50, 120, 235), 10), *_set(pdf, right, (312, 123, 235), 10)]
    rng.shuffle(pieces)
    _put(pdf, [*pieces, (150, 70, "江州市商品房预售管理办法实施细则公告", 16), (290, 815, "4", 9)])
    return f"江州市商品房预售管理办法实施细则公告{left}{right}4"


def _labels_first(pdf: FPDF, rng: random.Random) -> str:
    some = entries(rng, 20)
    _put(pdf, [(70, 80 + 30 * n, f"{label}：", 11) for n, (label, _) in enumerate(some)])
    _put(pdf, [(190, 80 + 30 * n, value, 11) for n, (_, value) in reversed(list(enumerate(some)))])
    return "".join(f"{label}：{value}" for label, value in some)


def _pairs(pdf: FPDF, rng: random.Random) -> str:
    some = entries(rng, 30)
    pieces: list[Put] = []
    for n, (label, value) in enumerate(some):
        x, y = 60 + 260 * (n % 2), 90 + 28 * (n // 2)
        pieces += [(x, y, f"{label}：", 10.5), (x + 80, y, value, 10.5)]
    rng.shuffle(pieces)
    _put(pdf, pieces)
    return "".join(f"{label}：{value}" for label, value in some)


def _grid(pdf: FPDF, xs: list[float], ys: list[float]) -> None:
    """Each cell's frame by itself, as office programs draw them."""
    pdf.set_line_width(0.5)
    for left, right in pairwise(xs):
        for top, bottom in pairwise(ys):
            pdf.rect(left, top, right - left, bottom - top)


def _ruled_form(pdf: FPDF, rng: random.Random) -> str:
    some = entries(rng, 24)
    _grid(pdf, [50, 130, 300, 380, 545], [100.0 + 30 * n for n in range(13)])
    pieces: list[Put] = []
    for n, (label, value) in enumerate(some):
        x, y = 50 + 250 * (n % 2), 100 + 30 * (n // 2)
        pieces += [(x + 8, y + 19, label, 10)]
        pieces += [
            (x + 84, y + 12 + 12 * k, line, 9.5) for k, line in enumerate(_lines(pdf, value, 155, 9.5))
        ]
    rng.shuffle(pieces)
    _put(pdf, pieces)
    return "".join(label + value for label, value in some)


def _ruled_table(pdf: FPDF, rng: random.Random) -> str:
    xs, ys = [50.0, 90, 210, 330, 400, 470, 545], [60.0 + 24 * n for n in range(31)]
    _grid(pdf, xs, ys)
    rows = [[str(n + 1), *(value for _, value in entries(rng, 5))] for n in range(30)]
    rows = [[cell[:10] for cell in row] for row in rows]
    pieces = [
        (x + 3, y + 16, cell, 9.0)
        for y, row in zip(ys, rows, strict=False)
        for x, cell in zip(xs, row, strict=False)
    ]
    rng.shuffle(pieces)
    _put(pdf, pieces)
    return "".join(cell for row in rows for cell in row)


def _open_table(pdf: FPDF, rng: random.Random) -> str:
    rows = [[str(n + 1), *(value for _, value in entries(rng, 3))] for n in range(25)]
    pieces = [
        (x, 90 + 26 * n, cell, 10.0)
        for n, row in enumerate(rows)
        for x, cell in zip((60, 110, 190, 360), row, strict=True)
    ]
    rng.shuffle(pieces)
    _put(pdf, pieces)
    return "".join(cell for row in rows for cell in row)


def _letters(pdf: FPDF, rng: random.Random) -> str:
    text = prose(rng, 700)
    single: list[Put] = []
    for x, y, line, size in _set(pdf, text, (70, 100, 455)):
        at = x
        for char in line:
            single.append((at, y, char, size))
            at += pdf.get_string_width(char)
    rng.shuffle(single)
    _put(pdf, single)
    return text


def _backwards(pdf: FPDF, rng: random.Random) -> str:
    text = prose(rng, 900)
    _put(pdf, _set(pdf, text, (70, 100, 455))[::-1])
    return text


def _long_cells(pdf: FPDF, rng: random.Random) -> str:
    some = [("付款条款", prose(rng, 260)), ("交付条款", prose(rng, 180)), ("其他", prose(rng, 60))]
    ys = [80.0, 300, 460, 540]
    _grid(pdf, [50, 140, 545], ys)
    for (label, text), top in zip(some, ys, strict=False):
        _put(pdf, _set(pdf, text, (146, top + 16, 390)))
        _put(pdf, [(58, top + 16, label, 10.5)])
    return "".join(label + text for label, text in some)


def _sideways(pdf: FPDF, rng: random.Random) -> str:
    text = prose(rng, 700)
    with pdf.rotation(90, 0, 842):
        _put(pdf, [(x, y + 842, line, size) for x, y, line, size in _set(pdf, text, (60, 60, 700))])
    return text


DRAWINGS: dict[str, Callable[[FPDF, random.Random], str]] = {
    "running text": _running,
    "dense page": _dense,
    "two columns, shuffled": _columns,
    "form, labels drawn first": _labels_first,
    "form, two entries a row": _pairs,
    "ruled form, cells shuffled": _ruled_form,
    "ruled table of 30 rows": _ruled_table,
    "table without lines": _open_table,
    "each character by itself": _letters,
    "lines drawn from the last": _backwards,
    "long cells": _long_cells,
    "drawn on its side": _sideways,
}
"""What draws a page and gives back its text."""


def _page_of_many(folder: Path) -> Paper:
    """A page in the middle of a file of three hundred."""
    pdf, rng = _blank(), random.Random(300)  # noqa: S311 - seeded on purpose
    texts = []
    for _ in range(300):
        pdf.add_page()
        texts.append(prose(rng, 600))
        _put(pdf, _set(pdf, texts[-1], (70, 100, 455)))
    path = folder / "many.pdf"
    pdf.output(str(path))
    return Paper("page 200 of 300", path, texts[199], 200)
