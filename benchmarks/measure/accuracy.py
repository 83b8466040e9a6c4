"""Accuracy: how far a text that was read is from the true one, as the acceptance counts it."""

from __future__ import annotations

import unicodedata
from collections import Counter

from rapidfuzz.distance import Levenshtein

_EVEN = str.maketrans("，。：；（）“”‘’、·—【】〔〕", ",.:;()\"\"'',.-[]()")


def even(text: str) -> str:
    """The text as errors are counted on it: NFKC, no white space, one kind of each punctuation mark."""
    return "".join(unicodedata.normalize("NFKC", text).translate(_EVEN).split())


def cer(truth: str, read: str) -> float:
    """Levenshtein distance over the true length, at most 1; on a page without text any character is 1."""
    wanted = even(truth)
    return min(1.0, Levenshtein.distance(wanted, even(read)) / max(1, len(wanted)))


def order_free(truth: str, read: str) -> float:
    """1 - F1 of the two texts as bags of characters; 0 where both are empty."""
    wanted, got = Counter(even(truth)), Counter(even(read))
    together = wanted.total() + got.total()
    return 1 - 2 * (wanted & got).total() / together if together else 0.0


def bears(read: str, value: str) -> bool:
    """Whether the value stands in the text, white space and kinds of punctuation aside."""
    return even(value) in even(read)


def difference(truth: str, read: str) -> tuple[str, str]:
    """The characters that are missing and those that are too many, in the order of either text."""
    wanted, got = Counter(even(truth)), Counter(even(read))
    return _in_order(even(truth), wanted - got), _in_order(even(read), got - wanted)


def _in_order(text: str, left: Counter[str]) -> str:
    found = ""
    for char in text:
        if left[char] > 0:
            found += char
            left[char] -= 1
    return found
