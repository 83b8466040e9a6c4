"""Days on a paper that are not its own: until when something must be done, and when a machine has sent it."""

from __future__ import annotations

import re

from classifiers.glyphs import Evened

UNTIL = "until"
"""The role of a day until which something is to be done or lasts: it may lie before the paper or after it."""

_BEFORE = re.compile(
    r"(?:(?:期限|时限|期间|有效期|截止(?:日期?|时间|时点)?|到期日?|届满日?|期满日?)(?:为|至|到|是|于)?"
    r"|(?:最迟|至迟|不迟于|不晚于|不得迟于|不得晚于)(?:应?于|应当于)?):?\n?$"
)
_AFTER = re.compile(r"\n?(?:\(含?(?:当日|本日)?\))?(?:[以之]?前(?!述|款|项|期)|止|到期|届满|期满|截止)")
_TIME = re.compile(r"\d{1,2}[:：]\d{2}")
_SENT = re.compile(
    r"FAX|传真(?!号|电话|机)|^\W*FROM\b|P(?:AGE)?[.:]?\s?\d{1,3}\s?/\s?\d{1,3}|NO[.:]\s?\d{8,}", re.IGNORECASE
)


def is_until(text: str, start: int, end: int) -> bool:
    """Whether the day at `start` to `end` (exclusive) of the evened text is one until which something lasts or is due."""
    return bool(_BEFORE.search(text, max(0, start - 16), start) or _AFTER.match(text, end))


def is_sent(evened: Evened, start: int) -> bool:
    """Whether the day that begins there stands in the line that a fax machine prints over a page: day, time, and from where."""
    first = evened.places[start]
    line_end = evened.source.find("\n", first)
    line = evened.source[evened.source.rfind("\n", 0, first) + 1 : line_end if line_end >= 0 else None]
    return bool(_TIME.search(line) and _SENT.search(line))
