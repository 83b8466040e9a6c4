"""Reads the text layer that a PDF page brings along, where it is one to be trusted."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

import cv2
import pypdfium2 as pdfium

from consumers.pages import PageSource
from consumers.text_layer.annotations import Entry, flattened, has_annotations
from consumers.text_layer.order import lines_of
from consumers.text_layer.tables import grids_of
from consumers.text_layer.taking import Taken, taken
from consumers.text_layer_verdict import verdict
from consumers.transcript import Line, Page


class TextLayerReader:
    """PDFium for characters and lines, pdfplumber for the cells of ruled tables."""

    name = "text-layer"

    def __init__(self) -> None:
        # A page is drawn small to see what of its text shows; threads cost more than they save there.
        cv2.setNumThreads(1)

    @staticmethod
    def missing() -> str | None:
        """Nothing: the libraries are dependencies."""
        return None

    def read(self, page: PageSource) -> Page | None:
        """The layer's lines; None for pictures and for pages whose layer is absent, poor or partial."""
        if page.pdf_page is None:
            return None
        with _with_annotations(page, page.pdf_page) as (pdf_page, entries):
            layer = taken(pdf_page, entries)
        if layer is None or verdict(layer.layer) is not None:
            return None
        return self._page(page.number, layer)

    def _page(self, number: int, layer: Taken) -> Page:
        if layer.untidy is not None:
            said = (Line(" ".join(part.split())) for part in layer.layer.text.splitlines() if part.strip())
            doubt = f"its text may be out of order: {layer.untidy}"
            return Page(number, tuple(said), "text-layer", self.name, doubtful=(doubt,))
        lines = lines_of(layer.glyphs, grids_of(layer.rules), layer.size)
        return Page(number, lines, "text-layer", self.name, rotation=layer.rotation)


@contextmanager
def _with_annotations(
    page: PageSource, pdf_page: pdfium.PdfPage
) -> Iterator[tuple[pdfium.PdfPage, tuple[Entry, ...]]]:
    """The page with what was filled in and written over it; as it is where there is nothing of the kind."""
    if not has_annotations(pdf_page):
        yield pdf_page, ()
        return
    with ExitStack() as stack:
        try:
            shown = stack.enter_context(flattened(page.path, page.number))
        except pdfium.PdfiumError:
            # Annotations that are not to be had do not keep anybody from reading the page.
            shown = pdf_page, ()
        yield shown
