"""The Chinese face that sheets are set in: one that is installed here, or the one that is named."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from plugins.errors import BadWord

_PLACES: tuple[tuple[str, int], ...] = (
    ("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc", 2),
    ("/usr/share/fonts/noto-cjk/NotoSansCJK-Regular.ttc", 2),
    ("/usr/share/fonts/google-noto-sans-cjk-fonts/NotoSansCJK-Regular.ttc", 2),
    ("/usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc", 2),
    ("/usr/share/fonts/truetype/arphic-gbsn00lp/gbsn00lp.ttf", 0),
    ("/usr/share/fonts/truetype/wqy/wqy-microhei.ttc", 0),
    ("/usr/share/fonts/truetype/wqy/wqy-zenhei.ttc", 0),
    ("C:/Windows/Fonts/msyh.ttc", 0),
    ("C:/Windows/Fonts/simsun.ttc", 0),
    ("/System/Library/Fonts/Supplemental/Songti.ttc", 0),
)
"""Where systems keep faces that have the characters of GB 18030, and which one of the collection is the Chinese one."""

_STARTS = (b"\x00\x01\x00\x00", b"OTTO", b"true", b"ttcf")
"""How such fonts begin (OpenType 1.9, organization of an OpenType font)."""


@dataclass(frozen=True)
class Face:
    """A font file, and the number (from 0) of the face in it where it is a collection."""

    path: Path
    number: int = 0


def find_face(named: Path | None) -> Face:
    """The named face, else the first one that is installed; raises BadWord, saying what to install."""
    if named is not None:
        if not named.is_file():
            raise BadWord(
                f"--font: there is no file {named}; name a TrueType or OpenType font with Chinese characters"
            )
        with named.open("rb") as file:
            if file.read(4) not in _STARTS:
                raise BadWord(
                    f"--font: {named} 不是 TrueType 或 OpenType 字体。it is no TrueType or OpenType font; name another file"
                )
        known = next((number for path, number in _PLACES if Path(path).name == named.name), 0)
        return Face(named, known)
    for path, number in _PLACES:
        if Path(path).is_file():
            return Face(Path(path), number)
    raise BadWord(
        "本机没有中文字体，无法打印封面页：请安装 fonts-noto-cjk，或用 --font 指明字体文件。No Chinese font is installed: "
        "install fonts-noto-cjk, or name a font file after --font"
    )
