"""What paperless' own search would not find in a text as it stands, in pieces that it does find.

Its two boxes part a text differently. The simple one looks into what stands between blanks, if that has no more than 128
bytes of UTF-8. The advanced one knows whole words only, and a word is all that no sign and no blank parts: of
3栋2单元1201室 it finds neither 1201 nor 3栋2单元1201. Both find two neighbouring Chinese characters, on one line only.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator

_CHUNK = re.compile(r"\S+")
_LONGEST_CHUNK = 128
_WORD = re.compile(r"[^\W_]+")
_PIECE = re.compile(r"[0-9]+|[A-Za-z]+|[^0-9A-Za-z]+")
_NUMBER = re.compile(r"[0-9]+(?:[.,:/-][0-9]+)*")
_SHORTEST_NUMBER = 3
# Shorter ones would be taken for rooms: of four digits most are.
_LONG_NUMBER = re.compile(r"[0-9]{5,}[Xx]?")
_TAILS = (4, 5, 6)
_OF_HOMES = ("单元", "号楼")
"""Nobody begins with these."""


def pairs(evened: str) -> Iterator[str]:
    """Every two neighbours of an evened text that are letters or digits; of a single one, that one."""
    if len(evened) == 1 and evened.isalnum():
        yield evened
    for at in range(len(evened) - 1):
        if evened[at : at + 2].isalnum():
            yield evened[at : at + 2]


def shorter(keys: Iterable[str]) -> tuple[str, ...]:
    """What people type of a key: from a number or a word in it on, with and without the 室 or 号 at its end, and the last
    four, five and six digits of a long number; each once, none that is a word of a key already."""
    words = [word for key in keys for word in _WORD.findall(key)]
    typed = (form for word in words for form in (*_endings(word), *_tails(word)))
    return tuple(dict.fromkeys(form for form in typed if form not in words))


def numbers(pages: Iterable[str]) -> tuple[str, ...]:
    """The numbers of three digits and more that stand in a text within a word, or in too long a row of signs."""
    found: dict[str, None] = {}
    for page in pages:
        for chunk in _CHUNK.findall(unicodedata.normalize("NFKC", page)):
            long = len(chunk.encode("utf-8", "replace")) > _LONGEST_CHUNK
            for number in _NUMBER.finditer(chunk):
                glued = chunk[: number.start()][-1:].isalnum() or chunk[number.end() :][:1].isalnum()
                if (glued or long) and sum(map(str.isdigit, number[0])) >= _SHORTEST_NUMBER:
                    found[number[0]] = None
    return tuple(found)


def _endings(word: str) -> Iterator[str]:
    pieces = _PIECE.findall(word)
    for at, piece in enumerate(pieces):
        if at and not piece[0].isdigit() and (len(piece) == 1 or piece in _OF_HOMES):
            continue  # 栋2单元1201室, 单元1201室
        yield "".join(pieces[at:])
        if at < len(pieces) - 1 and not pieces[-1][0].isdigit():
            yield "".join(pieces[at:-1])


def _tails(word: str) -> Iterator[str]:
    for long in _LONG_NUMBER.findall(word)[-1:]:
        yield from (long[-count:] for count in _TAILS if count < len(long))
