"""Faces: the fonts that the samples are set in."""

from __future__ import annotations

from functools import cache

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
    "song-office": (f"{_FONTS}/opentype/noto/NotoSerifCJK-Regular.ttc", 2),
    "hei-office": (f"{_FONTS}/opentype/noto/NotoSansCJK-Regular.ttc", 2),
    "serif": (f"{_FONTS}/truetype/liberation/LiberationSerif-Regular.ttf", 0),
    "sans": (f"{_FONTS}/truetype/liberation/LiberationSans-Regular.ttf", 0),
}
_BOLD = {
    "song": "song-bold",
    "ming": "song-bold",
    "hei": "hei-bold",
    "zenhei": "hei-bold",
    "micro": "hei-bold",
    "song-office": "song-bold",
    "hei-office": "hei-bold",
}
_LATIN = {"song-office": "serif", "hei-office": "sans"}
"""Office programs set figures and Latin letters in a Latin face. Only benchmarks/drawn asks for these."""
_CENTRED = "，。、；：！？"
"""UKai and UMing set these in the middle of the square, as in Taiwan; mainland papers do not."""
_MAINLAND = {"hand": "kai", "ming": "typed"}


@cache
def font(face: str, pixels: int) -> ImageFont.FreeTypeFont:
    """The face at this many pixels an em."""
    path, number = FACES[face]
    return ImageFont.truetype(path, pixels, index=number)


def setting(face: str, token: str) -> str:
    """The face that sets this token of a text in `face`."""
    if face in _LATIN:
        return _LATIN[face] if token.isascii() else face
    return _MAINLAND.get(face, face) if token in _CENTRED else face


def bold(face: str) -> str:
    """The face that stands for this one in bold."""
    return _BOLD.get(face, face)
