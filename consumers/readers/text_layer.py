"""Reads the text layer that a PDF page brings along, where it is one to be trusted."""

from __future__ import annotations

import pdfplumber
import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c
from pdfplumber.page import Page as PlumberPage
from pdfplumber.utils.exceptions import PdfminerException

from consumers.pages import PageSource
from consumers.text_layer_verdict import Layer, verdict
from consumers.transcript import Box, Line, Page

_RULED = 6
"""From this many drawn lines or boxes on, a page is looked at for tables."""

_FAULTS = (PdfminerException, TypeError, ValueError, LookupError, AttributeError, ArithmeticError)
"""What pdfminer was seen to raise on files with faults in them."""


class TextLayerReader:
    """pypdfium2 for plain text; pdfplumber for pages with ruled tables, row by row."""

    name = "text-layer"

    @staticmethod
    def missing() -> str | None:
        """Nothing: both libraries are dependencies."""
        return None

    def read(self, page: PageSource) -> Page | None:
        """The layer's lines; None for pictures and for pages whose layer is absent, poor or partial."""
        if page.pdf_page is None:
            return None
        text = page.pdf_page.get_textpage().get_text_bounded()
        layer = Layer(text=text, picture_share=_picture_share(page.pdf_page))
        if verdict(layer) is not None:
            return None
        ruled = _ruled_lines(page.pdf_page) >= _RULED
        doubtful: tuple[str, ...] = ()
        try:
            lines = _table_lines(page) if ruled else ()
        except _FAULTS as error:
            # PDFium mends what pdfminer gives up on: the plain text is better than no answer.
            lines, doubtful = (), (f"its tables could not be read row by row: {error}",)
        if not lines:
            lines = tuple(Line(part.strip()) for part in text.splitlines() if part.strip())
        return Page(page.number, lines, "text-layer", self.name, doubtful=doubtful)


def _picture_share(page: pdfium.PdfPage) -> float:
    """The part of the page (0.0 to 1.0) that the largest picture on it covers."""
    width, height = page.get_size()
    shares = [0.0]
    for item in page.get_objects(filter=[pdfium_c.FPDF_PAGEOBJ_IMAGE], max_depth=3):
        left, bottom, right, top = item.get_bounds()
        shares.append(abs((right - left) * (top - bottom)) / max(width * height, 1.0))
    return min(max(shares), 1.0)


def _ruled_lines(page: pdfium.PdfPage) -> int:
    return sum(1 for _ in page.get_objects(filter=[pdfium_c.FPDF_PAGEOBJ_PATH], max_depth=3))


def _table_lines(page: PageSource) -> tuple[Line, ...]:
    """All lines of a page with tables, top to bottom; a table's row is one line, cells set apart."""
    with pdfplumber.open(page.path, pages=[page.number]) as document:
        plumber = document.pages[0]
        tables = [table for table in plumber.find_tables() if len(table.rows) > 1]
        if not tables:
            return ()
        boxes = [table.bbox for table in tables]
        placed: list[tuple[float, float, Line]] = []
        for table in tables:
            for row, cells in zip(table.rows, table.extract(), strict=True):
                said = [" ".join((cell or "").split()) for cell in cells]
                text = "\u3000".join(cell for cell in said if cell)
                if text:
                    placed.append((row.bbox[1], row.bbox[0], Line(text, _box(row.bbox, plumber))))
        for found in plumber.extract_text_lines(return_chars=False):
            middle = (found["top"] + found["bottom"]) / 2
            centre = (found["x0"] + found["x1"]) / 2
            if any(b[0] <= centre <= b[2] and b[1] <= middle <= b[3] for b in boxes):
                continue
            bbox = (found["x0"], found["top"], found["x1"], found["bottom"])
            placed.append((found["top"], found["x0"], Line(found["text"].strip(), _box(bbox, plumber))))
        placed.sort(key=lambda entry: (round(entry[0]), entry[1]))
        return tuple(line for _, _, line in placed)


def _box(bbox: tuple[float, float, float, float], page: PlumberPage) -> Box:
    width, height = float(page.width), float(page.height)
    return Box(bbox[0] / width, bbox[1] / height, bbox[2] / width, bbox[3] / height)
