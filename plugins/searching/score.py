"""How well a document answers: BM25 without what it takes from other documents.

FTS5's own bm25() weighs a word by the number of all documents that have it. Who knows the formula
reads from a visible score how many hidden documents have the word; so the score that is shown is made
of the shown document alone. As every hit has every word, little is lost by that.
"""

from __future__ import annotations

from collections.abc import Sequence

from plugins.searching.standing import places

TITLE, KEYS, TEXT = 8.0, 6.0, 1.0
_SATURATION = 1.2
_LENGTH_SHARE = 0.75
_USUAL_LENGTH = 1000


def score(title: str, keys: str, text: str, words: Sequence[str]) -> float:
    """Positive where any of `words` stands in one of the three, all evened out; rounded to 4 places."""
    length = (len(title) + len(keys) + len(text)) / _USUAL_LENGTH
    damping = _SATURATION * (1 - _LENGTH_SHARE + _LENGTH_SHARE * length)
    total = 0.0
    for word in words:
        weighed = ((TITLE, title), (KEYS, keys), (TEXT, text))
        often = sum(weight * sum(1 for _ in places(word, source)) for weight, source in weighed)
        total += often * (_SATURATION + 1) / (often + damping)
    return round(total, 4)
