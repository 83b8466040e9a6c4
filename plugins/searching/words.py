"""The words of a Query, as they are looked for."""

from __future__ import annotations

from plugins.searching.evened import even_out
from retention.dms import Query
from retention.errors import DmsRefused

_MOST_WORDS = 32
_LONGEST_WORD = 200


def words_of(query: Query) -> tuple[str, ...]:
    """The words of `query`, evened out, each once. Raises DmsRefused for more than 32 of them, or one
    of more than 200 characters."""
    words = query.words.split()
    if len(words) > _MOST_WORDS:
        raise DmsRefused(f"{len(words)} words are too many to search for: give {_MOST_WORDS} at most")
    longest = max(map(len, words), default=0)
    if longest > _LONGEST_WORD:
        raise DmsRefused(f"a word of {longest} characters is too long: give {_LONGEST_WORD} at most")
    return tuple(dict.fromkeys(filter(None, map(even_out, words))))
