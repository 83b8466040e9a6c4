"""The count of clauses that runs through a document: 第八条 on one page, 第九条 on the next."""

from __future__ import annotations

import re

_HAN = {glyph: value for value, glyph in enumerate("零一二三四五六七八九")}
_MARKS = (
    re.compile(r"^第([一二三四五六七八九十百零\d]{1,5})[条章]"),
    re.compile(r"^([一二三四五六七八九十]{1,3})[、.，,:]"),
    re.compile(r"^(\d{1,2})[、.](?!\d)"),
)


def clauses(lines: tuple[str, ...]) -> dict[int, tuple[int, int]]:
    """For each way of counting, the first and the last number that begins a line of the page."""
    found: dict[int, tuple[int, int]] = {}
    for line in lines:
        for way, mark in enumerate(_MARKS):
            if match := mark.match(line):
                value = _value(match[1])
                found[way] = (found.get(way, (value, value))[0], value)
    return found


def continues(before: dict[int, tuple[int, int]], after: dict[int, tuple[int, int]]) -> bool:
    """Whether the next page goes on counting where the one before stopped.

    Paragraphs that are counted 1. 2. 3. begin anew too often to prove anything; they only count where
    the page has no other count.
    """
    if set(after) == {2}:
        return 2 in before and after[2][0] == before[2][1] + 1
    return any(way in before and after[way][0] == before[way][1] + 1 > 1 for way in after if way != 2)


def begins(after: dict[int, tuple[int, int]]) -> bool:
    """Whether the page begins a count."""
    return bool(after) and after[min(after)][0] == 1


def _value(text: str) -> int:
    if text.isdigit():
        return int(text)
    total, digit = 0, 0
    for glyph in text:
        if glyph == "百":
            total, digit = total + max(digit, 1) * 100, 0
        elif glyph == "十":
            total, digit = total + max(digit, 1) * 10, 0
        else:
            digit = _HAN[glyph]
    return total + digit
