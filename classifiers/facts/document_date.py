"""Dates in Chinese characters or digits (GB/T 7408, and GB/T 9704 for how official papers write them)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from classifiers.fact import Fact
from classifiers.facts.document_date_terms import UNTIL, is_sent, is_until
from classifiers.facts.document_date_year import mended
from classifiers.facts.finding import Find, facts
from classifiers.glyphs import Evened, even
from consumers.transcript import Page

NOUGHTS = "〇○零0Oo◯Ο"
HAN_DIGITS = {
    **dict.fromkeys(NOUGHTS, 0),
    **{glyph: number for number, glyph in enumerate("一二三四五六七八九", 1)},
}
HAN_DIGITS |= {"-": 1, "元": 1, "正": 1}

LATIN = re.compile(
    r"(?<!\d)(?P<year>(?:1\n?9|2\n?[0Oo])\n?[\dOo]\n?[\dOo])\n?(?:"
    r"年\n?(?P<month>[\dOo]\n?[\dOo]?)\n?月\n?(?P<day>[\dOo]\n?[\dOo]?)\n?[日号]"
    r"|(?P<mark>[-./])\n? ?(?P<month2>[01]?\d)(?P=mark)\n? ?(?P<day2>[0-3]?\d)(?:日|(?=\d\d:\d\d)|"
    r"(?![\d./-]|年)))"
)
HAN = re.compile(
    r"(?P<year>(?:[二2]\n?[〇○零0Oo◯Ο]|一\n?九)\n?(?:[〇○零0Oo◯Ο一二三四五六七八九-]\n?){2})年\n?"
    r"(?P<month>[〇○零0元正一二三四五六七八九十\d-]{1,3})\n?月\n?"
    r"(?P<day>[〇○零0初一二三四五六七八九十廿卅\d\n-]{1,5})[日号]"
)
RUN_TOGETHER = re.compile(r"日期\n?:?\n?(?P<year>20\d{2})(?P<month>[01]\d)(?P<day>[0-3]\d)(?!\d)")

_MENDED = 0.6

BIRTH = re.compile(r"(?:出生|生日|生于)[^\d。;]{0,8}$")
BORN = re.compile(r"(?:出?生(?!效)|诞)")
TERM = re.compile(r"(?:有效期|使用期限|使用年限|使用权起|终止日期)[^。;]{0,40}$")
SIGNING = re.compile(
    r"(?P<act>签[订署约字定章收发名]|盖章|登记|填表|填写|填报|申请|申报|出具|发证|填发|制表|认购|"
    r"认筹|订购|打印|落款|提交|开具"
    r"|记录|验收|交接|移交|接收|送达|领取|办理|报告)?(?:日期|时间|日)(?:为|是)?(?P<colon>:)?\n?$"
)
OTHER_LABEL = re.compile(r"(?:日期|时间|期限|年限|年月|起止|工期|届满|日)$")
BEFORE_ALONE = re.compile(r"(?:第\d+页共\d+页|[^\w]*|[\u4e00-\u9fff]{2,4})?")
AFTER_ALONE = re.compile(r"[^\w]*(?:(?:院印|印章|盖章|公章|签章|印|立|章|第\d+页共\d+页)[^\w]*)?")


def find(page: Page) -> tuple[Fact, ...]:
    """All dates but birthdays, terms of validity and what a fax machine prints, as yyyy-mm-dd.

    The last one that closes the paper is `signed`; one until which something lasts or is due is `until`.
    """
    evened = even(page)
    finds = [find for find in _finds(evened.text) if not is_sent(evened, find.start)]
    others = {find.value for find in finds if not find.role}
    # A day that is also told otherwise is not a term alone.
    finds = [replace(find, role="") if find.value in others else find for find in finds]
    finds.sort(key=lambda find: find.start)
    closing = [place for place, find in enumerate(finds) if not find.role and _closes(find, evened)]
    if closing:
        finds[closing[-1]] = replace(finds[closing[-1]], role="signed")
    return facts("document_date", page, evened, finds)


def _finds(text: str) -> Iterator[Find]:
    for pattern, confidence in ((LATIN, 0.96), (HAN, 0.95), (RUN_TOGETHER, 0.8)):
        for match in pattern.finditer(text):
            value = _value(match)
            before = text[max(0, match.start() - 50) : match.start()]
            if (
                value
                and not BIRTH.search(before)
                and not BORN.match(text, match.end())
                and not TERM.search(before)
            ):
                start = match.start("year")
                role = UNTIL if is_until(text, match.start(), match.end()) else ""
                yield Find(value, start, match.end(), confidence, role)
    for value, start, end in mended(text):
        yield Find(value, start, end, _MENDED)


def _value(match: re.Match[str]) -> str:
    """The date as yyyy-mm-dd, or nothing where the calendar has no such day."""
    parts = match.groupdict()
    read = [parts[name] or parts.get(f"{name}2") or "" for name in ("year", "month", "day")]
    year, month, day = (re.sub(r"\n", "", part) for part in read)
    try:
        return date(_year(year), _number(month), _number(day)).isoformat()
    except ValueError:
        return ""


def _year(glyphs: str) -> int:
    return int("".join(str(HAN_DIGITS.get(glyph, glyph)) for glyph in glyphs))


def _number(glyphs: str) -> int:
    """1 to 99 in digits or Chinese numerals; 0 where it is neither."""
    plain = glyphs.replace("O", "0").replace("o", "0")
    if plain.isdigit() and plain.isascii():
        return int(plain)
    glyphs = glyphs.removeprefix("初").replace("廿", "二十").replace("卅", "三十")
    tens, ten, ones = glyphs.partition("十")
    if not ten:
        tens, ones = "", glyphs.lstrip("".join(NOUGHTS))
    if len(tens) > 1 or len(ones) > 1 or not {*tens, *ones} <= HAN_DIGITS.keys():
        return 0
    return (10 * HAN_DIGITS.get(tens, 1) if ten else 0) + HAN_DIGITS.get(ones, 0)


def _closes(find: Find, evened: Evened) -> bool:
    """Whether the date stands after a label such as 签订日期, or alone on its line."""
    return _is_labelled(find.start, evened) or _is_alone(find, evened)


def _is_labelled(start: int, evened: Evened) -> bool:
    label = SIGNING.search(evened.text, max(0, start - 12), start)
    if label is None:
        return False
    opens = (
        label.start() in evened.gaps or not evened.text[max(0, label.start() - 1) : label.start()].isalnum()
    )
    at_line_start = label.start() in evened.gaps or evened.text[
        max(0, label.start() - 1) : label.start()
    ] in ("", "\n")
    return at_line_start or (label["colon"] is not None and (opens or label["act"] is not None))


def _is_alone(find: Find, evened: Evened) -> bool:
    first, last = evened.places[find.start], evened.places[find.end - 1] + 1
    line_start = evened.source.rfind("\n", 0, first) + 1
    line_end = evened.source.find("\n", last)
    head = re.sub(r"\s", "", evened.source[line_start:first])
    tail = evened.source[last : line_end if line_end >= 0 else None].strip()
    if not BEFORE_ALONE.fullmatch(head) or not AFTER_ALONE.fullmatch(tail) or OTHER_LABEL.search(head):
        return False
    above = evened.source[:line_start].rstrip().rpartition("\n")[2].rstrip(" :：")
    return bool(head) or not OTHER_LABEL.search(above)
