"""Case numbers of courts (法〔2015〕137号, and the form before it) and of arbitration bodies."""

from __future__ import annotations

import re
from collections.abc import Iterator

from classifiers.fact import Fact
from classifiers.facts.finding import Find, facts
from classifiers.facts.places import PROVINCES
from classifiers.glyphs import even
from consumers.transcript import Page

KINDS = "民刑行执赔初终再申监督保复异恢他特辖破强清财商诉前调司惩救认港澳台撤催知立仲审协外环委提抗裁字更"
DIGIT = r"[\dOol]"
SERIAL = rf"(?P<serial>{DIGIT}(?:[\n .·]?{DIGIT}){{0,7}}(?:-\d{{1,3}})?)"
"""The number in the year; a dot in it is a speck on the paper."""

YEAR = r"[(]\n?(?P<year>(?:1\n?9|2\n?0)\n?\d\n?\d)年?\n?[)]\n?"
LOOSE_YEAR = r"(?<!\d)[(]?\n?(?P<year>(?:1\n?9|2\n?0)\n?\d\n?\d)年?\n?[)]?\n?"
PART = r"号(?P<part>之\n?(?:[一二三四五六七八九十]{1,3}|\d{1,2}))?"

NEW = re.compile(
    rf"{LOOSE_YEAR}(?P<code>(?:[{PROVINCES}](?:\n?{DIGIT}){{0,4}}|"
    rf"最高法)\n?(?:(?:[{KINDS}]|证(?=保))\n?){{1,6}}){SERIAL}\n?{PART}"
)
OLD = re.compile(
    rf"{YEAR}(?P<code>[\u4e00-\u9fff\d]{{1,14}}?(?:\n?[\u4e00-\u9fff]{{1,6}})?字)\n?第\n?{SERIAL}\n?{PART}"
)
BODY_FIRST = re.compile(
    r"(?P<code>[\u4e00-\u9fff]{0,6}仲[\u4e00-\u9fff]{0,5})[(](?P<year>(?:19|20)\d\d)[)]\n?(?P<nth>第?)"
    r"(?P<serial>[A-Z]{0,2}\d{1,6})号(?P<part>)"
)
YEAR_FIRST = re.compile(
    rf"{YEAR}(?P<code>[\u4e00-\u9fff]{{0,6}}仲[\u4e00-\u9fff]{{0,5}})\n?(?P<nth>第?)"
    rf"(?P<serial>[A-Z]{{0,2}}\d{{1,6}})号(?P<part>)"
)
TRIBUNAL = re.compile(r"[民刑行执商知破仲裁调申再终初督赔认]|[财证]保|司惩|司救|强清|特监|[特辖清]$|诉前|调")
"""What stands in the kind of a case (法〔2015〕137号, annex 1): 民初, 执异, 财保, 强清, 诉前调 ..."""

NO_TRIBUNAL = re.compile(r"[证律函估鉴房国地建规许售产令办发代]|评|环罚|处罚|公证")
"""Offices and firms number alike: 房地字, 评字, and 民代字 for a mandate to a lawyer."""
LEAD = re.compile(r".*(?:案号|根据|依据|作出的?|[据见为的在与和及由即系书号])")


def find(page: Page) -> tuple[Fact, ...]:
    """All case numbers, with round full-width brackets and without spaces: （2023）粤0305民初1234号."""
    evened = even(page)
    finders = (_new, _old, _arbitration)
    return facts("case_no", page, evened, [find for finder in finders for find in finder(evened.text)])


def _new(text: str) -> Iterator[Find]:
    for match in NEW.finditer(text):
        code = re.sub(r"\n", "", match["code"])
        if not TRIBUNAL.search(code[1:]) or code.endswith("字"):
            continue
        head = re.match(rf"[{PROVINCES}]?{DIGIT}*", code)
        place = head.group() if head else ""
        value = f"（{_digits(match['year'])}）{_digits(place)}{code[len(place) :]}{_serial(match)}"
        framed = match.group().startswith("(") and ")" in match.group()
        yield Find(value, match.start(), match.end(), 0.97 if framed else 0.8)


def _old(text: str) -> Iterator[Find]:
    for match in OLD.finditer(text):
        code = re.sub(r"\n", "", match["code"])
        if TRIBUNAL.search(code) and not NO_TRIBUNAL.search(code):
            yield Find(
                f"（{_digits(match['year'])}）{code}第{_serial(match)}", match.start(), match.end(), 0.95
            )


def _arbitration(text: str) -> Iterator[Find]:
    for match in BODY_FIRST.finditer(text):
        lead = LEAD.match(match["code"])
        cut = lead.end() if lead else 0
        code = match["code"][cut:]
        if "仲" in code:
            value = f"{code}（{_digits(match['year'])}）{match['nth']}{_serial(match)}"
            yield Find(value, match.start() + cut, match.end(), 0.85)
    for match in YEAR_FIRST.finditer(text):
        if not match["code"].endswith("字"):
            value = f"（{_digits(match['year'])}）{match['code']}{match['nth']}{_serial(match)}"
            yield Find(value, match.start(), match.end(), 0.9)


def _serial(match: re.Match[str]) -> str:
    return _digits(match["serial"]) + "号" + re.sub(r"\n", "", match["part"] or "")


def _digits(glyphs: str) -> str:
    return re.sub(r"[\n .·]", "", glyphs).replace("O", "0").replace("o", "0").replace("l", "1")
