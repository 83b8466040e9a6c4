"""Drawing cover sheets: A4, one a page, with the code twice so that a torn corner or a stain does not take both."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from datetime import date

import numpy as np
import zxingcpp
from fontTools.ttLib import TTLibError
from fpdf import FPDF
from fpdf.enums import WrapMode
from fpdf.errors import FPDFException

from plugins.covers.face import Face
from plugins.covers.sheet import CoverSheet
from plugins.errors import BadWord

_WIDTH, _HEIGHT = 210.0, 297.0
_EDGE = 22.0
"""Millimetres that stay free: feeders cut off and shade what lies nearer to the edge."""
_LARGE, _SMALL = 72.0, 34.0
"""Millimetres of the two codes: the small one still has modules of 0.7 mm, five pixels at 200 dpi."""
_BLACK, _GREY = 0, 40


def drawn(sheets: Iterable[CoverSheet], face: Face, organisation: str, today: date) -> bytes:
    """The sheets as one PDF, its fonts embedded; raises BadWord for a font that can not be used."""
    # What fontTools says of tables that it leaves out of the subset is nobody's concern.
    logging.getLogger("fontTools").setLevel(logging.ERROR)
    pdf = FPDF(format="A4", unit="mm")
    pdf.set_auto_page_break(False)
    pdf.c_margin = 0.0
    pdf.set_title("封面页 cover sheets")
    pdf.set_lang("zh-CN")
    try:
        pdf.add_font("zh", fname=face.path, collection_font_number=face.number)
        for sheet in sheets:
            pdf.add_page()
            _draw(pdf, sheet, organisation, today)
        return bytes(pdf.output())
    except (FPDFException, TTLibError, OSError, ValueError, KeyError) as error:
        raise BadWord(
            f"--font: {face.path} 不能使用 can not be used ({error}); name another font file"
        ) from error


def _draw(pdf: FPDF, sheet: CoverSheet, organisation: str, today: date) -> None:
    inner = _WIDTH - 2 * _EDGE
    _line(pdf, 24, sheet.title, 30)
    _line(pdf, 37, sheet.title_en, 13, grey=True)
    pdf.set_line_width(0.8)
    pdf.line(_EDGE, 47, _WIDTH - _EDGE, 47)
    below = _words(pdf, 54, sheet.name, _fitting(pdf, sheet.name, inner, 46, 22), inner)
    for line in sheet.lines:
        below = _words(pdf, below + 1, line, _fitting(pdf, line, inner, 24, 14), inner)
    _code(pdf, sheet.code, (_WIDTH - _LARGE) / 2, 128, _LARGE)
    _words(pdf, 128 + _LARGE + 5, sheet.code, _fitting(pdf, sheet.code, inner, 14, 9), inner)
    _code(pdf, sheet.code, _WIDTH - _EDGE - _SMALL, 232, _SMALL)
    left = inner - _SMALL - 8
    below = _words(pdf, 230, sheet.use[0], 12, left, align="L")
    _words(pdf, below + 1.5, sheet.use[1], 9, left, align="L", grey=True)
    _line(pdf, 270, " ".join(part for part in (organisation, today.isoformat()) if part), 9, grey=True)


def _line(pdf: FPDF, top: float, text: str, size: float, *, grey: bool = False) -> None:
    _words(pdf, top, text, size, _WIDTH - 2 * _EDGE, grey=grey)


def _words(
    pdf: FPDF, top: float, text: str, size: float, width: float, *, align: str = "C", grey: bool = False
) -> float:
    """Set the text in lines of that width (millimetres); gives back where they end."""
    pdf.set_font("zh", size=size)
    pdf.set_text_color(_GREY if grey else _BLACK)
    pdf.set_xy(_EDGE, top)
    pdf.multi_cell(
        width, size * 0.46, text, align=align, wrapmode=WrapMode.WORD if text.isascii() else WrapMode.CHAR
    )
    return float(pdf.get_y())


def _fitting(pdf: FPDF, text: str, width: float, largest: float, least: float) -> float:
    """The size in points, from `largest` down to `least`, in which the text goes into one line; else `least`."""
    pdf.set_font("zh", size=largest)
    needed = pdf.get_string_width(text) + 1
    return max(least, min(largest, largest * width / needed))


def _code(pdf: FPDF, payload: str, left: float, top: float, side: float) -> None:
    """The payload as a QR code of the highest error correction, as black rectangles."""
    made = zxingcpp.create_barcode(payload, zxingcpp.BarcodeFormat.QRCode, ec_level="H")
    modules = np.asarray(zxingcpp.write_barcode_to_image(made, scale=1, add_quiet_zones=False)) < 128
    size = side / len(modules)
    pdf.set_fill_color(0)
    for row, line in enumerate(modules):
        edges = np.flatnonzero(np.diff(np.concatenate(([0], line.astype(np.int8), [0]))))
        for start, end in zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True):
            # A hair more than the row is high: between two rectangles that only touch, viewers draw a pale line.
            pdf.rect(left + start * size, top + row * size, (end - start) * size, size * 1.02, style="F")
