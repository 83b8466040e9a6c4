"""Signs that look like characters and are none: radicals, ligatures, signs of symbol fonts, marks of no width.

Some writers of PDF map a glyph to a Kangxi radical (U+2F00 to U+2FD5) or a CJK radical (U+2E80 to U+2EF3) where the
character of the same look was typed: 方 and U+2F45 can not be told apart by eye, and no search finds the latter.
"""

from __future__ import annotations

import unicodedata

_RADICALS = dict(
    zip(
        "⼾⺁⺠⺟⻁⻄⻅⻆⻉⻋⻑⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻨⻩⻬⻮⻰⻳⺎⺒⺝⺪⻌⻍⻎⻏⻖",
        "户厂民母虎西见角贝车長长门青韦页风飞食马骨鬼鱼鸟麦黄齐齿龙龟兀巳月疋辶辶辶阝阝",
        strict=True,
    )
)
"""CJK radicals that are characters by themselves, of which Unicode folds three; and the door radical, which it folds to
the form of Taiwan, while fonts for simplified Chinese give it for 户."""
_SYMBOLS = {0xA8: "□", 0x6F: "□", 0xA3: "□", 0x71: "□", 0xFE: "☑", 0x52: "☑", 0xFD: "☒", 0x54: "☒", 0xFC: "✓"}
"""Boxes and ticks of Wingdings and Wingdings 2, which Word writes as U+F000 and up; the rest are bullets."""
_NOTHING = frozenset("\u00ad\u200b\u200c\u200d\u2060\ufeff\u200e\u200f\u2028\u2029")


def folded(char: str) -> str:
    """The character that a reader sees: none for marks of no width, one for most, two or three for a ligature."""
    code = ord(char)
    if code < 0xA0:
        # PDFium writes U+0002 for a hyphen at the end of a line.
        return "-" if code == 2 else char
    if 0x4E00 <= code <= 0x9FFF or char.isspace():
        return " " if code == 0xA0 else char
    if char in _NOTHING:
        return ""
    if char == "\ufffe":
        return "-"
    if 0x2E80 <= code <= 0x2FDF:
        return _RADICALS.get(char) or unicodedata.normalize("NFKC", char)
    if 0xF900 <= code <= 0xFAFF or 0xFB00 <= code <= 0xFB06 or 0x2F800 <= code <= 0x2FA1F:
        return unicodedata.normalize("NFKC", char)
    if 0xF020 <= code <= 0xF0FF:
        return _SYMBOLS.get(code - 0xF000, "•")
    return char
