"""Born-digital pages: a paper set straight into a PDF, with its text layer and an embedded font subset."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from fpdf import FPDF, FontFace
from fpdf.enums import Align, WrapMode, XPos, YPos
from PIL import Image

from samples import breaking, faces, seal
from samples.markup import Bar, Block, Foot, Gap, Grid, Line, Mark, Run
from samples.papers import Paper, company

_ALIGN = {"left": Align.L, "centre": Align.C, "right": Align.R}


@dataclass(frozen=True)
class Token:
    """A token and its width in mm."""

    text: str
    width: float


def typeset(paper: Paper, pages: tuple[tuple[Block, ...], ...], rng: np.random.Generator) -> FPDF:
    """A PDF that holds these pages of the paper as text; `rng` decides how its seals lie."""
    pdf = FPDF(format=paper.layout.size)
    pdf.add_font("typed", fname=faces.FACES["typed"][0])
    pdf.set_auto_page_break(False)
    pdf.set_margins(*paper.layout.margin)
    for blocks in pages:
        pdf.add_page()
        for block in blocks:
            _set(pdf, block, paper.layout.points, paper.layout.leading, rng)
    return pdf


def _set(pdf: FPDF, block: Block, points: float, leading: float, rng: np.random.Generator) -> None:
    step = points / 72 * 25.4 * leading
    match block:
        case Line(runs, align, scale, indent, red):
            pdf.set_font("typed", size=points * scale)
            pdf.set_text_color(*((190, 20, 24) if red else (0, 0, 0)))
            words = "\u3000\u3000" * indent + _words(runs)
            tokens = (Token(token, pdf.get_string_width(token)) for token in breaking.tokens(words))
            for row in breaking.rows(tokens, pdf.epw - 2 * pdf.c_margin):
                text = "".join(token.text for token in row)
                height = step * max(1.0, scale * 0.95)
                pdf.cell(0, height, text, align=_ALIGN[align], new_x=XPos.LMARGIN, new_y=YPos.NEXT)
        case Grid():
            _table(pdf, block, points)
        case Mark("seal", x, rise, text, label):
            press = seal.face(company(text), label, 500).rotate(float(rng.uniform(-10, 10)))
            ink = Image.new("RGBA", press.size, (214, 30, 40, 255))
            ink.putalpha(press)
            pdf.image(ink, x - 20, pdf.get_y() - rise - 20, 40, 40)
        case Gap(lines):
            pdf.ln(lines * step)
        case Bar():
            pdf.line(pdf.l_margin, pdf.get_y(), pdf.w - pdf.r_margin, pdf.get_y())
            pdf.ln(step * 0.3)
        case Foot(text):
            pdf.set_font("typed", size=points * 0.75)
            pdf.text((pdf.w - pdf.get_string_width(text)) / 2, pdf.h - 14, text)
        case _:
            raise ValueError(f"{block!r} cannot be set in a born-digital page")


def _table(pdf: FPDF, grid: Grid, points: float) -> None:
    pdf.set_font("typed", size=points * 0.95)
    pdf.set_text_color(0, 0, 0)
    with pdf.table(
        col_widths=tuple(int(weight * 10) for weight in grid.weights),
        line_height=points / 72 * 25.4 * 1.35,
        padding=1.2,
        first_row_as_headings=False,
        headings_style=FontFace(),
        wrapmode=WrapMode.CHAR,
    ) as table:
        for cells in grid.rows:
            row = table.row()
            for number, cell in enumerate(cells):
                last = number == len(cells) - 1
                row.cell(_words(cell), colspan=len(grid.weights) - number if last else 1)
    pdf.ln(points / 72 * 25.4 * 0.5)


def _words(runs: tuple[Run, ...]) -> str:
    return "".join(run.text for run in runs)
