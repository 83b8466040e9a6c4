"""What a contract or filing number looks like: YS-2015-0123, or 深宝网预买字（2015）第123号."""

from __future__ import annotations

import re
from collections.abc import Iterator

from classifiers.facts.finding import Find

FEWEST_DIGITS = 4
PLAIN = r"[A-Za-z]{0,8} ?\d?[A-Za-z0-9]*(?:[-_/.][A-Za-z0-9]+){0,6}"
WORDED = (
    r"[\u4e00-\u9fff]{1,10}(?:\([\u4e00-\u9fff]{1,6}\))?[\u4e00-\u9fff]{0,8}(?:\(?(?:19|20)\d\d\)?|"
    r"\d{2,4})[\u4e00-\u9fff]{0,6}第?\n?[A-Z0-9-]{3,20}号"
    r"|\((?:19|20)\d\d\)[\u4e00-\u9fff]{1,10}(?:\([\u4e00-\u9fff]{1,4}\))?[\u4e00-\u9fff]{0,4}第?\n?[A-Z0-9-]{2,20}号"
    r"|(?:19|20)\d\d(?!年)[\u4e00-\u9fff]{1,6}\d{4,12}号?"
)
VALUE = re.compile(
    rf"(?:为|是)?:?\n?(?:(?P<worded>{WORDED})|[\n(]{{0,2}}(?:[Nn][Oo][.:]? ?|第)?(?P<plain>{PLAIN}))"
    r"(?![元年月日%]|\.\d|[\u4e00-\u9fff]?平方)"
)
A_DATE = re.compile(r"(?:19|20)\d\d|(?:19|20)\d\d[-./][01]?\d[-./][0-3]?\d")
LONGEST = 32


def references(labels: re.Pattern[str], text: str) -> Iterator[tuple[re.Match[str], Find]]:
    """For every label that has a number right after it: the label and the number."""
    for label in labels.finditer(text):
        match = VALUE.match(text, label.end())
        if match is None:
            continue
        group = "worded" if match["worded"] else "plain"
        value = re.sub(r"[\n ]", "", match[group]).strip("-_/.")
        if _is_reference(value):
            if group == "worded":
                value = value.replace("(", "（").replace(")", "）")
            yield label, Find(value, match.start(group), match.start(group) + len(match[group]), 0.95)


def _is_reference(value: str) -> bool:
    digits = sum(glyph.isdigit() for glyph in value)
    return (
        digits >= FEWEST_DIGITS
        and len(value) <= LONGEST
        and not A_DATE.fullmatch(value)
        and "ICP" not in value
    )
