"""Telephone numbers: mobile ones of 11 digits, landlines with their area code (电信网编号计划)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from classifiers.fact import Fact
from classifiers.facts.finding import Find, facts
from classifiers.glyphs import even
from consumers.transcript import Page

LABEL = r"(?:电话|手机|热线|座机|联系方式|联系号码|联络方式|[Tt][Ee][Ll]|[Mm]obile)"
BEFORE = r"(?<![\dA-Za-z])(?<![\dA-Za-z][-.,*_])"
AFTER = r"(?![\dA-Za-z*])(?![-.,_]\d)(?![元万年%])"
MOBILE = re.compile(
    rf"{BEFORE}(?P<code>\+?(?:0?0?86)[- ]?)?(?P<number>1[3-9]\d(?P<gap>[- ]?)\d{{4}}(?P=gap)\d{{4}}){AFTER}"
)
BROKEN_MOBILE = re.compile(rf"{LABEL}[^\d\n]{{0,6}}\n?(?P<number>1[3-9]\d{{1,8}}\n\d{{1,8}}){AFTER}")
MISREAD_MOBILE = re.compile(rf"{LABEL}[^\dA-Za-z\n]{{0,6}}\n?(?P<number>1[3-9OolI0-9]{{10}}){AFTER}")
LANDLINE = re.compile(
    rf"{BEFORE}\(?(?P<area>010|02\d|0[3-9]\d\d)\)?(?P<dash>[- ]?)(?P<local>\d{{3,4}}[ -]?\d{{4}})"
    rf"(?P<extension>(?:-|转)\d{{1,5}})?(?![\dA-Za-z])"
)
SERVICE = re.compile(rf"{BEFORE}(?P<number>[48]00-?\d{{3,4}}-?\d{{3,4}}){AFTER}")
NAMED = re.compile(LABEL)
OTHER_NUMBER = re.compile(
    r"(?:账号|帐号|卡号|编号|证号|单号|票号|合同号|流水号|账户|帐户|专户|户号|税号|No\.?)[:(]{0,2}\n?$"
)
NO_PHONE = re.compile(r"传真|[Ff][Aa][Xx]|[号码证单]\W{0,3}$")
REACH = 40
"""How many characters before a landline number the word 电话 may stand."""


def find(page: Page) -> tuple[Fact, ...]:
    """All telephone numbers; mobile ones as 11 digits, landlines as 0755-12345678."""
    evened = even(page)
    return facts(
        "phone", page, evened, [*_mobiles(evened.text), *_broken(evened.text), *_landlines(evened.text)]
    )


def _mobiles(text: str) -> Iterator[Find]:
    for match in MOBILE.finditer(text):
        before = text[max(0, match.start() - 10) : match.start()]
        if OTHER_NUMBER.search(before):
            continue
        number = re.sub(r"[- ]", "", match["number"])
        yield Find(number, match.start("number"), match.end("number"), 0.98 if NAMED.search(before) else 0.92)


def _broken(text: str) -> Iterator[Find]:
    """Mobile numbers after 电话 which a line end splits or in which a nought or one was read as a letter."""
    for pattern, confidence in ((BROKEN_MOBILE, 0.85), (MISREAD_MOBILE, 0.7)):
        for match in pattern.finditer(text):
            number = match["number"].replace("\n", "").translate(str.maketrans("OolI", "0011"))
            if len(number) == 11 and number.isdigit() and not match["number"].isdigit():
                yield Find(number, match.start("number"), match.end("number"), confidence)


def _landlines(text: str) -> Iterator[Find]:
    for match in LANDLINE.finditer(text):
        named = _is_named(text, match.start())
        if named or _is_unmistakable(match, text):
            number = (
                f"{match['area']}-{re.sub('[ -]', '', match['local'])}{match['extension'] or ''}".replace(
                    "转", "-"
                )
            )
            sure = 0.9 if match["dash"] == "-" else 0.8
            yield Find(number, match.start(), match.end(), sure if named else 0.7)
    for match in SERVICE.finditer(text):
        digits = match["number"].replace("-", "")
        if len(digits) == 10 and _is_named(text, match.start()):
            yield Find(f"{digits[:3]}-{digits[3:6]}-{digits[6:]}", match.start(), match.end(), 0.9)


def _is_unmistakable(match: re.Match[str], text: str) -> bool:
    """Whether area code, hyphen and seven or eight digits stand there, and nothing says that it is another number."""
    before = text[max(0, match.start() - 10) : match.start()]
    digits = sum(glyph.isdigit() for glyph in match["local"])
    return match["dash"] == "-" and digits in (7, 8) and not NO_PHONE.search(before)


def _is_named(text: str, start: int) -> bool:
    """Whether the nearest label before is one of a telephone (not of a fax machine)."""
    before = re.split(r"[。;]", text[max(0, start - REACH) : start])[-1]
    labels = list(NAMED.finditer(before))
    return bool(labels) and "传真" not in before[labels[-1].end() :]
