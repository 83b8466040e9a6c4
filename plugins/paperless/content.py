"""What the server keeps as a document's content: the pages, and behind them the words people look for.

The server has one text a document. Pages are parted by form feeds, as pdftotext does it. The part
after the last one begins with a mark and holds the search keys, one a line, so that paperless' own
search finds them; then every pair of neighbouring characters that the text has once blanks, width
and case are evened out, and that would not be found as it stands. With these, asking the server for
the pairs of a word misses no document that has the word.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

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
    block = "\n".join([_MARK, *(" ".join(_escaped(key).split()) for key in keys)])
    whole = f"{text}{_PAGE}{block}" if pages else block
    found_as_it_stands = _lowered(whole)
    wanted = dict.fromkeys(
        pair
        for run in (title, *keys, "\n".join(pages))
        for pair in pairs(even_out(run))
        if pair not in found_as_it_stands
    )
    lost = list(wanted)
    lines = [" ".join(lost[first : first + _LINE]) for first in range(0, len(lost), _LINE)]
    # The server takes white space off both ends.
    start = f"{_ESCAPE};" if whole[0].isspace() else ""
    return "\n".join([start + whole, *lines])


def pages_of(content: str) -> tuple[str, ...]:
    """The pages; of a text that was not written here, what stands between form feeds."""
    parts = content.removesuffix(_PAGE).split(_PAGE)
    if parts[-1].startswith(_MARK):
        parts.pop()
    return tuple(_UNESCAPED.sub(_unescape, part) for part in parts)


def pairs(evened: str) -> Iterator[str]:
    """Every two neighbours of an evened text; of a single character, that one."""
    if len(evened) == 1:
        yield evened
    for at in range(len(evened) - 1):
        yield evened[at : at + 2]


def narrowing(words: Iterable[str], most: int = 24) -> str:
    """What to ask of `?search=` so that no document with all `words` (evened) is missed: at most `most`
    pairs, spread over the words. Empty: nothing can be asked.

    The server parts at blanks and commas, takes quotes for phrases, and asks for every part.
    """
    asked = [pair for pair in dict.fromkeys(p for word in words for p in pairs(word)) if not _odd(pair)]
    step = max(1, -(-len(asked) // most))
    return " ".join(asked[::step])


def _odd(pair: str) -> bool:
    return any(sign in ",\"'\\" or sign == _ESCAPE or not sign.isprintable() for sign in pair)


def _lowered(text: str) -> str:
    # As little as every database does of itself: SQLite evens the case of ASCII only.
    return "".join(sign.lower() if sign.isascii() else sign for sign in text)


def _escaped(text: str) -> str:
    return _ESCAPED.sub(lambda sign: f"{_ESCAPE}{ord(sign[0]):x};", text)


def _unescape(found: re.Match[str]) -> str:
    return chr(int(found[1], 16)) if found[1] and int(found[1], 16) <= 0x10FFFF else ""
