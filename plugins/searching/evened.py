"""Text with white space, width and case evened out, and the way back to how it stands on the paper."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator
from functools import lru_cache
from itertools import accumulate

from plugins.searching.standing import places

# Short, because the way back is walked in it character by character: with 1000, fifty hits took 135 ms, with
# 50 they take 23.
_STRETCH = 50
# White space and what no eye sees: controls, soft hyphen, zero width, marks of direction, selectors of
# variants; half surrogates, which are no characters.
_UNSEEN = re.compile(
    r"[\s\x00-\x1f\x7f-\x9f\xad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\ud800-\udfff"
    r"\U000e0100-\U000e01ef]+"
)


def even_out(text: str) -> str:
    """`text` in NFKC, casefolded, without white space. Punctuation stays."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return _UNSEEN.sub("", unicodedata.normalize("NFKC", folded))


class Evened:
    """A text and its evened form `plain`, both at hand.

    The way back is walked only for the stretch that is asked for: a hundred pages are evened out in
    20 ms, but taking their characters one by one is slow.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self._starts = list(_cuts(text))
        ends = [*self._starts, len(text)][1:]
        stretches = [even_out(text[a:b]) for a, b in zip(self._starts, ends, strict=True)]
        self._offsets = [0, *accumulate(map(len, stretches))]
        self.plain = "".join(stretches)

    def spans(self, word: str) -> Iterator[tuple[int, int]]:
        """Where `word`, evened out, stands in `text`: first character, and the one behind the last."""
        for at in places(word, self.plain):
            yield self._origin(at)[0], self._origin(at + len(word) - 1)[1]

    def _origin(self, place: int) -> tuple[int, int]:
        stretch = bisect_right(self._offsets, place) - 1
        left = place - self._offsets[stretch]
        start = self._starts[stretch]
        while True:
            end = _behind(self.text, start)
            left -= len(even_out(self.text[start:end]))
            if left < 0 or end == len(self.text):
                return start, end
            start = end


def _cuts(text: str) -> Iterator[int]:
    start = 0
    while start < len(text):
        yield start
        start = _behind(text, min(start + _STRETCH, len(text)) - 1)


def _behind(text: str, place: int) -> int:
    """The place behind the character at `place` and all that is put onto it (accents, voicing)."""
    place += 1
    while place < len(text) and _is_put_on(text[place]):
        place += 1
    return place


@lru_cache(maxsize=8192)
def _is_put_on(sign: str) -> bool:
    # The vowels and finals of Korean syllables compose though their class is 0.
    return unicodedata.combining(unicodedata.normalize("NFKD", sign)[0]) != 0 or "\u1161" <= sign <= "\u11ff"
