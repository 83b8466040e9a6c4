"""Whether a PDF page's text layer is to be used, or the page has to be read from its picture."""

from __future__ import annotations

from dataclasses import dataclass

from consumers.text_layer.writing import (
    is_broken,
    is_mojibake,
    is_no_chinese,
    is_odd,
    is_soup,
    is_symbols,
)

_STRAY = 12
"""So many characters in pictures or drawn as curves are a text that the layer lacks; a signature or a seal has fewer."""


@dataclass(frozen=True)
class Layer:
    """What a page's text layer says where it can be seen, and how it stands to what else is on the page.

    `picture_share` is the part of the page that pictures cover. `unseen` counts the characters that nobody
    sees, `stray` (about) those that are seen and that the layer has not, `unmapped` those for which the font names no
    character, `wide_latin` Latin letters as wide as Han characters. `ours` says that what is unseen was written by us into a
    searchable PDF, and counts as seen: reading its picture again would find the same.
    """

    text: str
    picture_share: float = 0.0
    unseen: int = 0
    stray: int = 0
    unmapped: int = 0
    wide_latin: int = 0
    ours: bool = False


def verdict(layer: Layer) -> str | None:
    """Why the layer is not to be used, as a short English reason; None: use it. docs/reading.md says why so."""
    return _is_no_text(layer) or _is_partial(layer)


def _is_no_text(layer: Layer) -> str | None:
    chars = [c for c in layer.text if not c.isspace()]
    if not chars:
        return "no text" if layer.unseen == 0 else "only text that nobody sees"
    if sum(map(is_broken, chars)) + layer.unmapped > 0.02 * len(chars) or is_symbols(chars):
        return "broken characters"
    if sum(map(is_odd, chars)) > 0.15 * len(chars):
        return "characters of a script that nobody writes here"
    if is_mojibake(chars):
        return "characters of another encoding"
    if is_no_chinese(chars):
        return "Han characters that make no text"
    latin = sum(c.isascii() and c.isalnum() for c in chars)
    if layer.wide_latin > max(10, 0.5 * latin):
        return "Latin letters where Han characters stand"
    if is_soup(layer.text):
        return "Latin letters that make no text"
    return None


def _is_partial(layer: Layer) -> str | None:
    if layer.ours:
        return None
    count = len("".join(layer.text.split()))
    if layer.picture_share > 0.5 and layer.unseen > count:
        return "the layer of another OCR engine"
    if layer.picture_share > 0.6 and count < 80:
        return "a scan with a few words over it"
    if layer.picture_share > 0.15 and count < 20:
        return "a picture with a few words beside it"
    if layer.stray >= _STRAY:
        return "text beside the layer"
    return None
