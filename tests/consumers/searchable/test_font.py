from __future__ import annotations

import io

from fontTools.ttLib import TTFont
from PIL import ImageFont

from consumers.searchable.font import NARROW, NARROW_GLYPH, WIDE, WIDE_GLYPH, blank_font


def _opened() -> TTFont:
    return TTFont(io.BytesIO(blank_font()), checkChecksums=2)


def test_the_font_opens_with_right_checksums_in_every_table() -> None:
    font = _opened()
    found = {tag for tag in font.keys() if font[tag] is not None}  # noqa: SIM118 - a TTFont is no dict
    assert found >= {
        "head",
        "hhea",
        "hmtx",
        "maxp",
        "loca",
        "glyf",
    }


def test_the_glyphs_are_as_wide_as_the_text_layer_says() -> None:
    font = _opened()
    advances = [font["hmtx"][name][0] for name in font.getGlyphOrder()]
    assert (advances[WIDE_GLYPH], advances[NARROW_GLYPH]) == (WIDE, NARROW)


def test_a_glyph_shows_nothing_yet_has_a_height() -> None:
    glyph = _opened()["glyf"][_opened().getGlyphOrder()[WIDE_GLYPH]]
    assert glyph.yMax - glyph.yMin == 1000
    assert len(glyph.coordinates) == 2  # two points enclose nothing


def test_freetype_takes_the_font() -> None:
    assert ImageFont.truetype(io.BytesIO(blank_font()), 100).getmetrics() == (88, 12)
