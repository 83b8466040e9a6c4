"""Whether a PDF page's text layer is to be used, or the page has to be read from its picture."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass


@dataclass(frozen=True)
class Layer:
    """A page's text layer. `picture_share` is the part of the page that its largest picture covers."""

    text: str
    picture_share: float


def verdict(layer: Layer) -> str | None:
    """Why the layer is not to be used, as a short English reason; None: use it.

    The thresholds come from 192 made pages of ten makers (docs/reading.md): a layer with nothing in
    it, one of broken characters, one whose Han characters are not those that people write (a font
    with a wrong map), and a scan that bears a short stamp or file number as its only text.
    """
    chars = [c for c in layer.text if not c.isspace()]
    if not chars:
        return "no text"
    if sum(map(_is_broken, chars)) > 0.02 * len(chars):
        return "broken characters"
    if sum(map(_is_odd, chars)) > 0.15 * len(chars):
        return "characters of a script that nobody writes here"
    han = [c for c in chars if "\u4e00" <= c <= "\u9fff"]
    if len(han) >= 30 and sum(map(_is_common, han)) < 0.25 * len(han):
        return "Han characters that make no text"
    if layer.picture_share > 0.6 and len(chars) < 80:
        return "a scan with a few words over it"
    if layer.picture_share > 0.15 and len(chars) < 20:
        return "a picture with a few words beside it"
    return None


def _is_broken(char: str) -> bool:
    return char == "\ufffd" or unicodedata.category(char) in ("Co", "Cc", "Cn")


def _is_odd(char: str) -> bool:
    if char.isascii() or "\u4e00" <= char <= "\u9fff":
        return False
    if unicodedata.category(char)[0] in "PSZN":
        return False
    return not any(word in unicodedata.name(char, "") for word in ("CJK", "FULLWIDTH", "LATIN", "GREEK"))


def _is_common(char: str) -> bool:
    """Whether GB 2312 counts the character among its 3,755 common ones (rows 16 to 55)."""
    try:
        row = char.encode("gb2312")[0] - 0xA0
    except UnicodeEncodeError:
        return False
    return 16 <= row <= 55
