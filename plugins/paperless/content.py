"""What the server keeps as a document's content: the pages, and behind them the words people look for.

The server has one text a document, and its web search looks there and into the title, not into custom fields and notes.
Pages are parted by form feeds, as pdftotext does it. The part after the last one begins with a mark and holds the search
keys, one a line; then what people type of them, and the numbers of the text that its search would miss; then every pair of
neighbouring letters or digits that the text has once blanks, width and case are evened out, and that would not be found as
it stands. With these, asking the server for the pairs of a word misses no document that has the word.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from plugins.paperless.findable import numbers, pairs, shorter
from plugins.searching.evened import even_out

_PAGE = "\f"
_MARK = "〔检索词〕"
_ESCAPE = "␛"
# What the server refuses or changes, and what this format needs for itself.
_ESCAPED = re.compile(r"[\x00\f␛\ud800-\udfff]")
_UNESCAPED = re.compile(r"␛([0-9a-f]*);")
_LINE = 40


def written(pages: tuple[str, ...], keys: tuple[str, ...], title: str) -> str:
    """The content for a document; `title` is the one on its card."""
    text = _PAGE.join(_escaped(page) for page in pages)
    kept = [" ".join(_escaped(key).split()) for key in keys]
    typed = dict.fromkeys((*shorter(keys), *numbers(pages)))
    block = "\n".join([_MARK, *kept, *_lines(word for word in typed if word not in kept)])
    whole = f"{text}{_PAGE}{block}" if pages else block
    found_as_it_stands = _lowered(whole)
    evened = [even_out(run) for run in (title, *keys, "\n".join(pages))]
    lost = dict.fromkeys(pair for run in evened for pair in pairs(run) if pair not in found_as_it_stands)
    found_too = found_as_it_stands + "".join(lost)
    # A single one is asked for by itself: that behind a sign, as the digit of ：².
    lost |= dict.fromkeys(sign for run in evened for sign in run if sign.isalnum() and sign not in found_too)
    # The server takes white space off both ends.
    start = f"{_ESCAPE};" if whole[0].isspace() else ""
    return "\n".join([start + whole, *_lines(lost)])


def pages_of(content: str) -> tuple[str, ...]:
    """The pages; of a text that was not written here, what stands between form feeds."""
    parts = content.removesuffix(_PAGE).split(_PAGE)
    if parts[-1].startswith(_MARK):
        parts.pop()
    return tuple(_UNESCAPED.sub(_unescape, part) for part in parts)


def _lines(words: Iterable[str]) -> list[str]:
    each = list(dict.fromkeys(words))
    return [" ".join(each[first : first + _LINE]) for first in range(0, len(each), _LINE)]


def _lowered(text: str) -> str:
    # As little as every database does of itself: SQLite evens the case of ASCII only.
    return "".join(sign.lower() if sign.isascii() else sign for sign in text)


def _escaped(text: str) -> str:
    return _ESCAPED.sub(lambda sign: f"{_ESCAPE}{ord(sign[0]):x};", text)


def _unescape(found: re.Match[str]) -> str:
    return chr(int(found[1], 16)) if found[1] and int(found[1], 16) <= 0x10FFFF else ""
