"""Sums of money in yuan, in digits (GB/T 15835) or in the capital numerals of 支付结算办法."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

from classifiers.fact import Fact
from classifiers.facts.capital import CAPITALS, yuan
from classifiers.facts.finding import Find, facts, nearest
from classifiers.glyphs import Evened, even
from consumers.transcript import Page

ROLES = {
    **dict.fromkeys(("单价", "每平方米", "每平米", "每㎡", "每m2"), "unit_price"),
    **dict.fromkeys(
        (
            "总价",
            "总房价",
            "总房款",
            "房款总额",
            "总计",
            "成交价",
            "认购价",
            "合同价",
            "总金额",
            "总额",
            "购房款",
            "房价款",
        ),
        "total",
    ),
    **dict.fromkeys(("定金", "订金", "认购金"), "deposit"),
    **dict.fromkeys(("诚意金", "认筹金", "登记金", "意向金"), "earnest_money"),
    **dict.fromkeys(("首付", "首期"), "down_payment"),
    **dict.fromkeys(("贷款", "按揭", "借款", "债权数额", "债权额", "主债权"), "loan"),
    **dict.fromkeys(("余款", "尾款", "余额"), "balance"),
    **dict.fromkeys(("违约金", "滞纳金"), "penalty"),
    **dict.fromkeys(("赔偿", "补偿"), "compensation"),
    **dict.fromkeys(("受理费", "诉讼费", "仲裁费", "保全费", "执行费"), "court_fee"),
    **dict.fromkeys(("契税", "个税", "所得税", "增值税"), "tax"),
    **dict.fromkeys(("维修资金", "维修基金"), "maintenance_fund"),
    **dict.fromkeys(("物业费", "服务费", "管理费", "公证费", "手续费"), "fee"),
}
REACH = 18
"""How many characters before the sum its label may stand."""

NUMBER = r"\d{1,3}(?:[,.][ \n]?\d{3})+(?:\.\d{1,2})?|\d+(?:\.\d{1,6})?"
SCALES = {
    "": 1,
    "百": 100,
    "千": 1000,
    "万": 10_000,
    "百万": 1_000_000,
    "千万": 10_000_000,
    "亿": 100_000_000,
}
DIGITS = re.compile(
    rf"(?<![\dA-Za-z.,-])(?:(?P<sign>¥|RMB ?|CNY ?):?|(?P<head>\((?:人民币)?元\)):?\n?)?"
    rf"(?P<number>{NUMBER})(?![\d.,]\d)"
    rf"(?P<scale>百万|千万|[百千万亿])?\n?(?P<unit>(?:人民币)?[元圆](?![月旦年素件]|\d?角))?(?P<rate>/)?"
)
MONEY = re.compile(r"元|金额|价款|总价|¥")
GROUPED = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d{2})?")
"""A number by itself in a cell is a sum where the page speaks of money and it is written like one: 1,357,200."""

CAPITAL = re.compile(rf"[{CAPITALS}](?:\n?[{CAPITALS}元圆圓整正角分]){{1,40}}")
BETWEEN = re.compile(r"(?:[\s,:;()、/¥.]|人民币|RMB|大写|小写|金额|整|正|元|即|计|共计|合计|折合|为|写)*")
FARTHEST = 16
"""How many characters may stand between a sum in capitals and the same in digits."""


def find(page: Page) -> tuple[Fact, ...]:
    """All sums as plain decimals in yuan.

    Where capitals and the digits beside them differ, both are `mismatch`.
    """
    evened = even(page)
    finds = sorted([*_digits(evened), *_capitals(evened.text)], key=lambda find: find.start)
    return facts("amount", page, evened, _compared(finds, evened.text))


def _digits(evened: Evened) -> Iterator[Find]:
    text = evened.text
    in_yuan = MONEY.search(text) is not None
    for match in DIGITS.finditer(text):
        named = match["sign"] or match["head"] or match["unit"]
        if match["scale"] and not match["unit"]:
            continue
        if not named and not (in_yuan and GROUPED.fullmatch(match["number"]) and _is_cell(match, evened)):
            continue
        value, confidence = _value(match["number"], match["scale"] or "")
        confidence = confidence if named else min(confidence, 0.75)
        if Decimal(value) > 0:
            role = "unit_price" if match["rate"] else _role(text, match.start())
            yield Find(value, match.start(), match.end() - len(match["rate"] or ""), confidence, role)


def _is_cell(match: re.Match[str], evened: Evened) -> bool:
    """Whether the number stands alone in a cell of a table."""
    return all(
        place in evened.gaps
        or place in evened.seams
        or evened.text[beside : beside + 1] in ("", "\n", " ", ":")
        for place, beside in ((match.start(), match.start() - 1), (match.end("number"), match.end("number")))
        if beside >= 0
    )


def _value(number: str, scale: str) -> tuple[str, float]:
    """The sum as a plain decimal. A point before three digits is a misread comma: sums have two decimals."""
    number = re.sub(r"[ \n]", "", number)
    confidence = 0.95
    if re.fullmatch(r"\d{1,3}(?:[.,]\d{3})+(?:\.\d{1,2})?", number) and not scale:
        confidence = 0.95 if re.fullmatch(r"\d{1,3}(?:,\d{3})+(?:\.\d{1,2})?", number) else 0.6
        head, tail = re.fullmatch(r"(.*?)(\.\d{1,2})?", number).groups()  # type: ignore[union-attr]
        number = re.sub(r"[.,]", "", head) + (tail or "")
    number = number.replace(",", "")
    if not scale:
        return number, confidence
    scaled = (Decimal(number) * SCALES[scale]).normalize()
    return f"{scaled:f}", confidence


def _capitals(text: str) -> Iterator[Find]:
    for match in CAPITAL.finditer(text):
        value = yuan(match.group())
        if value:
            yield Find(value, match.start(), match.end(), 0.95, _role(text, match.start()))


def _role(text: str, start: int) -> str:
    before = re.sub(r"\([^()]*\)", "", text[max(0, start - REACH) : start])
    before = re.split(r"[。;]|(?<!:)\n(?=.*[:\n])|元(?!\))", before)[-1]
    return ROLES.get(nearest(ROLES, before), "")


def _compared(finds: list[Find], text: str) -> list[Find]:
    """The finds, with those that contradict the neighbour in the other way of writing marked."""
    for place, (left, right) in enumerate(pairwise(finds)):
        between = text[left.end : right.start]
        one_in_capitals = (text[left.start] in CAPITALS) != (text[right.start] in CAPITALS)
        if not one_in_capitals or len(between) > FARTHEST or not BETWEEN.fullmatch(between):
            continue
        if Decimal(left.value) != Decimal(right.value):
            finds[place] = replace(left, confidence=0.3, role="mismatch")
            finds[place + 1] = replace(right, confidence=0.3, role="mismatch")
        else:
            role = left.role or right.role
            finds[place] = replace(left, confidence=0.99, role=role)
            finds[place + 1] = replace(right, value=left.value, confidence=0.99, role=role)
    return finds
