"""Which characters a text layer has, and the code and width of each."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from consumers.searchable.font import NARROW, WIDE

_MOST = 0xFFFF
_UNSEEN = ("Cc", "Cf", "Cs", "Cn")
REPLACEMENT = "\ufffd"
GAP = "\u3000"
"""The blank between a label and its value, of any width."""


def legible(text: str) -> str:
    """The text as far as one can see it: without control and format characters, half surrogates, and what is no
    character; every blank but the wide one (U+3000) as a space."""
    if text.isprintable():
        return text
    seen = (" " if c.isspace() and c != "\u3000" else c for c in text)
    return "".join(c for c in seen if unicodedata.category(c) not in _UNSEEN)


def is_narrow(char: str) -> bool:
    """Whether a character is as wide as a letter, and not as wide as a Han character."""
    return unicodedata.east_asian_width(char[0]) not in "WFA"


@dataclass(frozen=True)
class Alphabet:
    """The codes, from 1, narrow characters first; `narrow` is how many these are."""

    codes: dict[str, int]
    narrow: int

    def encoded(self, text: str) -> str:
        """The text as a string of a content stream, in hexadecimal digits."""
        other = self.codes.get(REPLACEMENT, 0)
        return "".join(f"{self.codes.get(char, other):04x}" for char in text)

    def advance(self, text: str) -> int:
        """How far the text moves the pen, in thousandths of the type size."""
        return sum(NARROW if self.codes.get(char, _MOST) <= self.narrow else WIDE for char in text)


def alphabet_of(texts: Iterable[str]) -> Alphabet:
    """The alphabet of these texts: the same for the same characters, whatever their order.

    A font has room for 65,535; what would be beyond is replaced by U+FFFD.
    """
    chars = set().union(*texts)
    if len(chars) > _MOST:
        chars = {REPLACEMENT, *sorted(chars)[: _MOST - 1]}
    narrow = sorted(filter(is_narrow, chars))
    wide = sorted(chars.difference(narrow))
    return Alphabet({char: code for code, char in enumerate(narrow + wide, 1)}, len(narrow))
