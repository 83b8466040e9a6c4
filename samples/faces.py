"""Faces: the fonts that the samples are set in, and which of them has a glyph."""

from __future__ import annotations

from functools import cache

from fontTools.ttLib import TTFont
from PIL import ImageFont

_FONTS = "/usr/share/fonts"
FACES: dict[str, tuple[str, int]] = {
    # name: file, number within a collection
    "song": (f"{_FONTS}/opentype/noto/NotoSerifCJK-Regular.ttc", 2),
    "song-bold": (f"{_FONTS}/opentype/noto/NotoSerifCJK-Bold.ttc", 2),
    "hei": (f"{_FONTS}/opentype/noto/NotoSansCJK-Regular.ttc", 2),
    "hei-bold": (f"{_FONTS}/opentype/noto/NotoSansCJK-Bold.ttc", 2),
    "ming": (f"{_FONTS}/truetype/arphic/uming.ttc", 0),
    "zenhei": (f"{_FONTS}/truetype/wqy/wqy-zenhei.ttc", 0),
    "micro": (f"{_FONTS}/truetype/wqy/wqy-microhei.ttc", 0),
    "kai": (f"{_FONTS}/truetype/arphic-gkai00mp/gkai00mp.ttf", 0),
    "hand": (f"{_FONTS}/truetype/arphic/ukai.ttc", 0),
    "typed": (f"{_FONTS}/truetype/arphic-gbsn00lp/gbsn00lp.ttf", 0),
}
_BOLD = {"song": "song-bold", "ming": "song-bold", "hei": "hei-bold", "zenhei": "hei-bold", "micro": "hei-bold"}
_SPARE = "song"


@cache
def font(face: str, pixels: int) -> ImageFont.FreeTypeFont:
    """The face at this many pixels an em."""
    path, number = FACES[face]
    return ImageFont.truetype(path, pixels, index=number)


def bold(face: str) -> str:
    """The face that stands for this one in bold."""
    return _BOLD.get(face, face)


def covering(face: str, text: str) -> str:
    """This face, or the spare one where it lacks a glyph of the text (the GB 2312 faces have no ㎡)."""
    return face if all(ord(char) in _glyphs(face) for char in text) else _SPARE


@cache
def _glyphs(face: str) -> frozenset[int]:
    path, number = FACES[face]
    return frozenset(TTFont(path, fontNumber=number, lazy=True).getBestCmap())
