"""Packing: pictures into the files that scanners, phones and office programs leave behind."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
from fpdf import FPDF
from PIL import Image

from samples import born
from samples.papers import Paper

MADE = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)
"""The creation date in every PDF: fixed, so that a second drawing gives the same bytes."""


def save(pages: list[Image.Image], path: Path, dpi: int, quality: int) -> None:
    """Writes the pages in the format of the path's suffix; black-and-white TIFF pages are packed as G4."""
    match path.suffix.lower():
        case ".pdf":
            path.write_bytes(seal_pdf(_pictures(FPDF(), pages, dpi, quality)))
        case ".tif" | ".tiff":
            _tiff(pages, path, dpi, quality)
        case ".jpg" | ".jpeg":
            path.write_bytes(jpeg(pages[0], dpi, quality))
        case ".png":
            pages[0].save(path, dpi=(dpi, dpi), optimize=True)
        case ".webp":
            pages[0].save(path, quality=quality, method=4)
        case ".bmp":
            pages[0].save(path, dpi=(dpi, dpi))
        case suffix:
            raise ValueError(f"no way to write a {suffix} file; see samples/pack.py")


def save_born(paper: Paper, scanned: list[Image.Image], path: Path, dpi: int, quality: int) -> None:
    """Writes a PDF with a text layer whose last pages are the `scanned` ones."""
    pdf = born.typeset(paper, paper.pages[: len(paper.pages) - len(scanned)], np.random.default_rng(7))
    path.write_bytes(seal_pdf(_pictures(pdf, scanned, dpi, quality)))


def seal_pdf(pdf: FPDF) -> bytes:
    """The PDF's bytes, the same in every run."""
    pdf.set_creation_date(MADE)
    return bytes(pdf.output())


def jpeg(page: Image.Image, dpi: int, quality: int) -> bytes:
    """The page as JPEG."""
    target = io.BytesIO()
    page.save(target, "JPEG", quality=quality, dpi=(dpi, dpi), optimize=True)
    return target.getvalue()


def _pictures(pdf: FPDF, pages: list[Image.Image], dpi: int, quality: int) -> FPDF:
    for page in pages:
        width, height = (side / dpi * 25.4 for side in page.size)
        # An explicit orientation keeps fpdf2 from swapping the sides that are given.
        pdf.add_page("portrait", format=(width, height))
        source = page if page.mode == "1" else io.BytesIO(jpeg(page, dpi, quality))
        pdf.image(source, 0, 0, width, height)
    return pdf


def _tiff(pages: list[Image.Image], path: Path, dpi: int, quality: int) -> None:
    first, *rest = pages
    if first.mode == "1":
        first.save(path, compression="group4", dpi=(dpi, dpi), save_all=True, append_images=rest)
    elif first.mode == "P":
        first.save(path, compression="tiff_lzw", dpi=(dpi, dpi), save_all=True, append_images=rest)
    else:
        first.save(
            path, compression="jpeg", quality=quality, dpi=(dpi, dpi), save_all=True, append_images=rest
        )
