"""Pages, transcripts and PDFs made for the tests, and what three programs give back of a PDF's text."""

from __future__ import annotations

import shutil
import subprocess
import unicodedata
from pathlib import Path
from typing import Any

import numpy as np
import pdfplumber
import pypdfium2 as pdfium
import pytest
from numpy.typing import NDArray
from PIL import Image

from consumers.scan import Scan
from consumers.searchable import Searchable, write_searchable
from consumers.transcript import Box, Line, Page, Transcript, Word
from tests.conftest import scan_of

needs_poppler = pytest.mark.skipif(
    shutil.which("pdftotext") is None,
    reason="apt-get install poppler-utils: pdftotext is asked what it reads",
)


def page(*lines: Line, number: int = 1, rotation: int = 0) -> Page:
    """A page read by OCR."""
    return Page(number, lines, "ocr", "made", rotation=rotation)


def line(text: str, top: float, left: float = 0.1, right: float = 0.9, height: float = 0.02) -> Line:
    """A line without words."""
    return Line(text, Box(left, top, right, top + height))


def of_words(text: str, *words: tuple[str, float, float, float]) -> Line:
    """A line of words, each with its left, top and right; all 0.02 high."""
    said = tuple(Word(word, Box(left, top, right, top + 0.02)) for word, left, top, right in words)
    edges = [word.box for word in said]
    box = Box(
        min(b.left for b in edges),
        min(b.top for b in edges),
        max(b.right for b in edges),
        max(b.bottom for b in edges),
    )
    return Line(text, box, words=said)


def write(path: Path, *pages: Page, archival: bool = False) -> tuple[Path, Searchable]:
    """The searchable PDF of a file on which that was read."""
    target = path.with_name(path.name + ".searchable.pdf")
    transcript = Transcript(scan_of(path).sha256, pages)
    return target, write_searchable(scan_of(path), transcript, target, archival=archival)


def paper(folder: Path, name: str = "paper.png", **how: Any) -> Path:
    """A white A4 page of 100 dpi with a black corner on its upper left."""
    grey = np.full((1169, 827), 255, np.uint8)
    grey[:300, :200] = 0
    path = folder / name
    Image.fromarray(grey).save(path, dpi=(100, 100), **how)
    return path


def by_pdfium(path: Path) -> list[str]:
    """Each page's text as PDFium gives it."""
    with pdfium.PdfDocument(str(path)) as document:
        return [page.get_textpage().get_text_bounded() for page in document]


def by_pdfplumber(path: Path) -> list[str]:
    """Each page's text as pdfplumber gives it."""
    with pdfplumber.open(path) as document:
        return [page.extract_text() for page in document.pages]


def by_pdftotext(path: Path) -> list[str]:
    """Each page's text as poppler's pdftotext gives it."""
    call = ["pdftotext", "-enc", "UTF-8", str(path), "-"]
    said = subprocess.run(call, capture_output=True, check=True, timeout=60).stdout.decode()
    return said.split("\f")[:-1]


PROGRAMS = [
    pytest.param(by_pdfium, id="pdfium"),
    pytest.param(by_pdfplumber, id="pdfplumber"),
    pytest.param(by_pdftotext, id="pdftotext", marks=needs_poppler),
]


def dense(text: str) -> str:
    """The text without its white space."""
    return "".join(text.split())


def even(text: str) -> str:
    """The text without white space and format characters, what is composed taken apart: programs spell ligatures out."""
    seen = (char for char in unicodedata.normalize("NFKC", text) if unicodedata.category(char) != "Cf")
    return dense("".join(seen))


def drawn(path: Path, number: int = 1, dpi: float = 100) -> NDArray[np.uint8]:
    """A page as PDFium draws it, height x width x 3."""
    with pdfium.PdfDocument(str(path)) as document:
        points = document[number - 1].render(scale=dpi / 72, rev_byteorder=True).to_pil().convert("RGB")
    return np.asarray(points)


def scan(path: Path) -> Scan:
    """A Scan of a file where it lies."""
    return scan_of(path)
