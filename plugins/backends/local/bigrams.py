"""Every two neighbouring characters as one word of the index: what makes any run of Chinese findable.

Words of the index are the hexadecimal UTF-16 of the pair (认购 is 8ba48d2d), so that no tokenizer has
an opinion about them. The last character of a run is paired with 0000. Nothing therefore runs over
from one run to the next, and a single character is found as the beginning of a pair.
"""

from __future__ import annotations

from collections.abc import Iterable

_SIGN = 4
_END = "0000"


def indexed(runs: Iterable[str]) -> str:
    """What the index holds of these evened runs: the pairs of each, one behind the other."""
    return " ".join(pair for run in runs if run for pair in _pairs(_signs(run) + _END))


def sought(word: str) -> str:
    """The FTS5 expression that is true where the evened `word` (not empty) stands in a run."""
    signs = _signs(word)
    return f'"{signs}"*' if len(signs) == _SIGN else f'"{" ".join(_pairs(signs))}"'


def _signs(run: str) -> str:
    return run.encode("utf-16-be").hex()


def _pairs(signs: str) -> list[str]:
    return [signs[at : at + 2 * _SIGN] for at in range(0, len(signs) - _SIGN, _SIGN)]
