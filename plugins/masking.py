"""Masking of ID numbers: what may be shown of them where the full number may not.

The one place that knows the shapes. Rather one number too many masked than one too few: a number
that only looks like an ID number loses its middle on a screen, and nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

# The greatest length of an ID number with its blanks. Whoever cuts a quote out of a long text masks it
# together with so much, and one sign more, on either side.
LONGEST = 18 + 17 * 2

_SHOWN = 4
_WIDE = str.maketrans("０１２３４５６７８９ＸｘΧХ×", "0123456789XxXXX")
# OCR and text layers put blanks and line breaks between digits.
_GAP = r"\s{0,2}"
_DIGIT = "[0-9]"


def _spaced(*signs: str) -> str:
    return _GAP.join(signs)


_YEAR = f"(?:{_spaced('1', '[89]')}|{_spaced('2', '0')}){_GAP}{_spaced(_DIGIT, _DIGIT)}"
_MONTH = f"(?:{_spaced('0', '[1-9]')}|{_spaced('1', '[0-2]')})"
_DAY = f"(?:{_spaced('0', '[1-9]')}|{_spaced('[12]', _DIGIT)}|{_spaced('3', '[01]')})"

# The shapes are GB 11643-1999 (18 places) and its forerunner of 1989 (15 places). A lookahead finds
# those that overlap, too.
_SHAPES = (
    # 18 places that stand alone, even where OCR misread the day of birth.
    re.compile(rf"(?<!{_DIGIT})(?=({_DIGIT}{{17}}(?:[Xx]|{_DIGIT}(?!{_DIGIT}))))"),
    # 18 places around a day of birth, also spaced out or glued to other digits.
    re.compile(
        rf"(?=({_spaced('[1-9]', *[_DIGIT] * 5)}{_GAP}{_YEAR}{_GAP}{_MONTH}{_GAP}{_DAY}{_GAP}"
        rf"{_spaced(*[_DIGIT] * 3, '[0-9Xx]')}))"
    ),
    re.compile(rf"(?<!{_DIGIT})(?=({_DIGIT}{{15}})(?![0-9Xx]))"),
)


# Every shape has so many digits, wide or not, with no more between two of them than a gap: most texts have nowhere so many signs that
# are digits or blanks. It is asked of every text that is shown; the sign before the first must be none, for a date is not to be tried
# from each of its digits on.
_ENOUGH = re.compile(r"[0-9０-９](?<![0-9０-９]{2})[0-9０-９\s]{14}")


def mask_id_numbers(text: str) -> str:
    """`text` with every ID number reduced to its first and last four places: `1101**********001X`.

    Takes 18 places (the last may be X) and 15 that are no part of a longer run; wide digits as well.
    The result is as long as `text`, so that offsets hold in both.
    """
    if not _ENOUGH.search(text):
        return text
    signs = list(text)
    for place in _hidden(text.translate(_WIDE)):
        signs[place] = "*"
    return "".join(signs)


def _hidden(text: str) -> Iterator[int]:
    for shape in _SHAPES:
        for number in shape.finditer(text):
            places = [at for at in range(*number.span(1)) if not text[at].isspace()]
            yield from places[_SHOWN:-_SHOWN]
