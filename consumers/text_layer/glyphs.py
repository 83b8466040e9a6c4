"""The characters of a PDF page's text layer, each with its place, in the order in which they were drawn."""

from __future__ import annotations

import ctypes
import math
from dataclasses import dataclass
from typing import NamedTuple

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from consumers.text_layer.upright import Edges, Upright

MOST = 30_000
"""More characters than this on one page are not put in order: three times the densest newspaper page."""
OWN_FONT = b"DossierUnseen"
"""The font in which `consumers.searchable` writes its unseen layer: what it says is what we read there."""
_UP = 0.88
"""The part of a letter's square that stands above the base line, as fonts for Chinese have it."""
_EVERYWHERE = (-math.inf, -math.inf, math.inf, math.inf)
_FAR = 50_000.0
"""So many points from a page's corner nothing stands, and what is no number is no place."""
_INVISIBLE = 3
"""PDF 32000-1, table 106: neither fill nor stroke."""


class Glyph(NamedTuple):
    """A character as it stands on the upright page, in points.

    `turn` is how many degrees clockwise its line is turned, `drawing` the id of the text object it belongs to,
    `unmapped` whether PDFium found no character for it in the font.
    """

    text: str
    left: float
    top: float
    right: float
    bottom: float
    turn: int
    drawing: int
    unmapped: bool = False


@dataclass(frozen=True)
class Drawn:
    """All characters, and which text objects draw nothing by their own mode (an OCR engine's layer).

    `ours` are those of them that we wrote into a searchable PDF.
    """

    glyphs: tuple[Glyph, ...]
    unseen: frozenset[int]
    ours: frozenset[int]


class _Band(NamedTuple):
    """What the characters of one text object share: their turn, and the strip of the page in which they stand.

    Fonts tell the height of their letters as they please, some the ink's alone, in which a comma stands a row
    lower than its digits. Base line and size are what a line is set by.
    """

    turn: int
    strip: Edges


def glyphs_of(text: pdfium.PdfTextPage, place: Upright) -> Drawn:
    """The characters of a page; blanks stand among them, what PDFium only guessed does not."""
    raw, count = text.raw, int(pdfium_c.FPDFText_CountChars(text.raw))
    get, loose, owner = (
        pdfium_c.FPDFText_GetUnicode,
        pdfium_c.FPDFText_GetLooseCharBox,
        pdfium_c.FPDFText_GetTextObject,
    )
    rect = pdfium_c.FS_RECTF()
    here = ctypes.byref(rect)
    bands: dict[int, _Band] = {}
    glyphs: list[Glyph] = []
    unseen: set[int] = set()
    ours: set[int] = set()
    for index in range(count):
        code = get(raw, index)
        if code in (10, 13):
            continue
        item = owner(raw, index)
        if not item or not loose(raw, index, here):
            continue  # a blank that PDFium put in between
        if not (
            abs(rect.left) < _FAR
            and abs(rect.right) < _FAR
            and abs(rect.top) < _FAR
            and abs(rect.bottom) < _FAR
        ):
            continue
        drawing = ctypes.addressof(item.contents)
        if drawing not in bands:
            bands[drawing] = _band(raw, index, place)
            if pdfium_c.FPDFTextObj_GetTextRenderMode(item) == _INVISIBLE:
                unseen.add(drawing)
                if _font_name(item) == OWN_FONT:
                    ours.add(drawing)
        band = bands[drawing]
        known = 0x4E00 <= code <= 0x9FFF or 0x20 <= code < 0x7F
        unmapped = not known and pdfium_c.FPDFText_HasUnicodeMapError(raw, index) == 1
        char = chr(code) if 0 < code <= 0x10FFFF else "\ufffd"
        edges = _in_band(place.edges(rect.left, rect.bottom, rect.right, rect.top), band)
        glyphs.append(Glyph(char, *edges, band.turn, drawing, unmapped))
    return Drawn(tuple(glyphs), frozenset(unseen), frozenset(ours))


def _font_name(item: object) -> bytes:
    font = pdfium_c.FPDFTextObj_GetFont(item)
    name = ctypes.create_string_buffer(64)
    pdfium_c.FPDFFont_GetBaseFontName(font, name, len(name))
    return name.value


def _band(raw: object, index: int, place: Upright) -> _Band:
    angle = float(pdfium_c.FPDFText_GetCharAngle(raw, index))
    turn = (round(math.degrees(angle)) + place.turn) % 360 if math.isfinite(angle) else 0
    x, y, matrix = ctypes.c_double(), ctypes.c_double(), pdfium_c.FS_MATRIX()
    pdfium_c.FPDFText_GetCharOrigin(raw, index, x, y)
    pdfium_c.FPDFText_GetMatrix(raw, index, matrix)
    em = abs(float(pdfium_c.FPDFText_GetFontSize(raw, index))) * math.hypot(matrix.c, matrix.d)
    left, top, _, _ = place.edges(x.value, y.value, x.value, y.value)
    up, down = _UP * em, (1 - _UP) * em
    strips = {
        0: (-math.inf, top - up, math.inf, top + down),
        90: (left - down, -math.inf, left + up, math.inf),
        180: (-math.inf, top - down, math.inf, top + up),
        270: (left - up, -math.inf, left + down, math.inf),
    }
    if not (abs(x.value) < _FAR and abs(y.value) < _FAR and 0 < em < _FAR):
        return _Band(turn, _EVERYWHERE)
    return _Band(turn, strips.get(turn, _EVERYWHERE))


def _in_band(box: Edges, band: _Band) -> Edges:
    """The box as high as its band; as it is where it lies outside of it, as vertical writing does."""
    left, top, right, bottom = box
    low_x, low_y, high_x, high_y = band.strip
    if high_y < math.inf and low_y <= (top + bottom) / 2 <= high_y:
        return left, low_y, right, high_y
    if high_x < math.inf and low_x <= (left + right) / 2 <= high_x:
        return low_x, top, high_x, bottom
    return box
