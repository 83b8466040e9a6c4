"""What a contract or filing number looks like: YS-2015-0123, XJ预20190003318, 深宝网预买字（2015）第123号."""

from __future__ import annotations

import re
from collections.abc import Iterator

from classifiers.facts.finding import Find
from classifiers.glyphs import Evened

FEWEST_DIGITS = 4
_HAN = "\u4e00-\u9fff"
_YEAR = r"(?:19|20)\d\d"
PLAIN = r"[A-Za-z]{0,8} ?\d?[A-Za-z0-9]{0,30}(?:[-_/.][A-Za-z0-9]{1,20}){0,6}"
WORDED = "|".join(
    (
        # 深（宝）网预买字（2015）第0123号, 建穗个贷字2016年第0928031号
        rf"[{_HAN}]{{1,10}}(?:\([{_HAN}]{{1,6}}\))?[{_HAN}]{{0,8}}(?:\(?{_YEAR}\)?|\d{{2,4}})"
        rf"[{_HAN}]{{0,6}}第?\n?[A-Z0-9-]{{3,20}}号",
        # 海房买卖字第015665号
        rf"[{_HAN}]{{1,12}}字第?\n?[A-Z0-9-]{{4,20}}号",
        # （2015）穗个贷字第61125号, （2015）第61125号
        rf"\({_YEAR}\)[{_HAN}]{{1,10}}(?:\([{_HAN}]{{1,4}}\))?[{_HAN}]{{0,4}}第?\n?[A-Z0-9-]{{2,20}}号",
        rf"\({_YEAR}\)\n?第\n?[A-Z0-9-]{{3,20}}号",
        # 2019-永泰-0553
        rf"{_YEAR}-[{_HAN}]{{1,6}}-\d{{2,12}}(?:-[A-Z0-9]{{1,12}}){{0,3}}号?",
        # 淮房托2021-06-0233, 冀Z2020-00617
        rf"[{_HAN}]{{1,8}}[A-Z]{{0,2}}\d{{2,8}}(?:-[A-Z0-9]{{2,12}}){{1,4}}号?",
        # 0140900023-2017（一手）00356
        rf"[A-Z0-9]{{2,14}}(?:-[A-Z0-9]{{2,12}}){{0,3}}\([{_HAN}]{{1,4}}\)[A-Z0-9]{{2,14}}号?",
        # 2015预1234567号
        rf"{_YEAR}(?!年)[{_HAN}]{{1,6}}\d{{4,12}}号?",
        # XJ预20190003318, NSH借2021-20835
        rf"[A-Z]{{1,8}}-?(?:\([{_HAN}]{{1,4}}\)|[{_HAN}]{{1,4}})-?\d{{2,20}}(?:-[A-Z0-9]{{1,12}}){{0,4}}号?",
        # 柳湾安-2020-0236
        rf"[{_HAN}]{{2,8}}-\d{{2,12}}(?:-[A-Z0-9]{{1,12}}){{1,4}}号?",
    )
)
VALUE = re.compile(
    rf"(?:为|是)?:?\n?(?:(?P<worded>{WORDED})|[\n(]{{0,2}}(?:[Nn][Oo][.:]? ?|第)?(?P<plain>{PLAIN}))"
    rf"(?![A-Za-z0-9]|[元年月%]|日(?!期)|\.\d|[{_HAN}]?平方)"
)
GOES_ON = re.compile(r"\n(?P<rest>[A-Z0-9-]{2,20})(?=[^A-Za-z0-9\n.,/:-])")
A_DATE = re.compile(rf"{_YEAR}|{_YEAR}[-./][01]?\d[-./][0-3]?\d")
LETTERED = re.compile(r"[A-Z]{2,6}(?:-[A-Z]{1,6})+-\d{3}")
"""YT-CW-331: letters in two groups make a number of three digits one of a paper."""

MODEL_FORM = re.compile(r"GF-?\d{4}-?\d{4}")
"""The number of an official model form (GF-2014-0171) stands on every contract that was made with it."""

LONGEST = 32
NARROWEST = 16
"""A line with fewer characters is a cell and does not run on into the next."""


def references(labels: re.Pattern[str], evened: Evened) -> Iterator[tuple[re.Match[str], Find]]:
    """For every label that has a number right after it: the label and the number."""
    text = evened.text
    for label in labels.finditer(text):
        match = VALUE.match(text, label.end())
        if match is None:
            continue
        group = "worded" if match["worded"] else "plain"
        start, end = match.span(group)
        if group == "plain" and "\n" not in text[label.start() : end]:
            end = _end_of_broken(text, start, end)
        value = written(text[start:end])
        if is_reference(value):
            yield label, Find(value, start, end, 0.95)


def written(glyphs: str) -> str:
    """The number without white space, with round full-width brackets where it holds Chinese characters."""
    value = re.sub(r"[\n ]", "", glyphs).strip("-_/.")
    if re.search(rf"[{_HAN}]", value):
        return value.replace("(", "（").replace(")", "）")
    return value


def is_reference(value: str) -> bool:
    """Whether it can be the number of a paper: digits enough, no date, no model form."""
    digits = sum(glyph.isdigit() for glyph in value)
    return (
        (digits >= FEWEST_DIGITS or LETTERED.fullmatch(value) is not None)
        and len(value) <= LONGEST
        and not A_DATE.fullmatch(value)
        and not MODEL_FORM.fullmatch(value)
        and "ICP" not in value
    )


def _end_of_broken(text: str, start: int, end: int) -> int:
    """Where the number really ends, if its line is full and the next one begins with the rest of it."""
    rest = GOES_ON.match(text, end)
    if rest is None or not any(map(str.isdigit, rest["rest"])):
        return end
    line = end - text.rfind("\n", 0, start) - 1
    following = text.find("\n", end + 1)
    next_line = (len(text) if following < 0 else following) - end - 1
    return rest.end("rest") if line >= NARROWEST and line + 3 >= next_line else end
