"""The blank font with its codes, as a PDF has it."""

from __future__ import annotations

from pikepdf import Array, Dictionary, Name, Object, Page, Pdf, String

from consumers.searchable.alphabet import Alphabet
from consumers.searchable.cmap import to_unicode
from consumers.searchable.deflate import compressed
from consumers.searchable.font import ASCENT, DESCENT, EM, NARROW, NARROW_GLYPH, WIDE, WIDE_GLYPH, blank_font

_FONT = Name("/DossierUnseen")
_SYMBOLIC = 4


def font_of(pdf: Pdf, alphabet: Alphabet) -> Object:
    """A font whose codes are those of `alphabet` and whose glyphs show nothing (ISO 32000-1, 9.7)."""
    glyphs = [
        0,
        *(NARROW_GLYPH if code <= alphabet.narrow else WIDE_GLYPH for code in alphabet.codes.values()),
    ]
    glyph_map = compressed(pdf, b"".join(glyph.to_bytes(2, "big") for glyph in glyphs))
    below = Dictionary(
        Type=Name.Font,
        Subtype=Name.CIDFontType2,
        BaseFont=_FONT,
        CIDSystemInfo=Dictionary(Registry=String("Adobe"), Ordering=String("Identity"), Supplement=0),
        FontDescriptor=pdf.make_indirect(_descriptor(pdf)),
        DW=WIDE,
        CIDToGIDMap=pdf.make_indirect(glyph_map),
    )
    if alphabet.narrow:
        below.W = Array([1, alphabet.narrow, NARROW])
    font = Dictionary(
        Type=Name.Font,
        Subtype=Name.Type0,
        BaseFont=_FONT,
        Encoding=Name("/Identity-H"),
        DescendantFonts=Array([pdf.make_indirect(below)]),
        ToUnicode=pdf.make_indirect(compressed(pdf, to_unicode(alphabet.codes))),
    )
    return pdf.make_indirect(font)


def is_layered(pdf: Pdf) -> bool:
    """Whether any page has an invisible layer of ours, so that the PDF holds text which its original lacks."""
    return any(font.get(Name.BaseFont) == _FONT for page in pdf.pages for font in _fonts(page))


def _fonts(page: Page) -> list[Dictionary]:
    resources = page.obj.get(Name.Resources)
    fonts = resources.get(Name.Font) if isinstance(resources, Dictionary) else None
    found = fonts.values() if isinstance(fonts, Dictionary) else ()
    return [font for font in found if isinstance(font, Dictionary)]


def _descriptor(pdf: Pdf) -> Dictionary:
    program = blank_font()
    return Dictionary(
        Type=Name.FontDescriptor,
        FontName=_FONT,
        Flags=_SYMBOLIC,
        FontBBox=Array([0, DESCENT, WIDE, ASCENT]),
        ItalicAngle=0,
        Ascent=ASCENT,
        Descent=DESCENT,
        CapHeight=ASCENT,
        StemV=EM // 12,
        FontFile2=pdf.make_indirect(compressed(pdf, program, Length1=len(program))),
    )
