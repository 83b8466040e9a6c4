"""What the facts of a paper say against each other: one sentence for a person to look at."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import groupby, pairwise

from classifiers.fact import Fact
from classifiers.facts.capital import CAPITALS

_CUT = 2
"""How many places a misread sum lacks at least: “￥50” for 50,000, or 50000.00 without its point. A person who
writes a wrong sum leaves out one."""


def doubts_zh(facts: Iterable[Fact]) -> tuple[str, ...]:
    """One Chinese sentence for each page on which a sum in capitals and the digits beside it differ.

    It is no finding where the digits are those of the capitals cut off, as bad scans are read; nor where the
    sum in capitals stands in digits elsewhere on the page, for then it is another sum's (a price before discount).
    """
    return tuple(_sums(fact for fact in facts if fact.name == "amount"))


def _sums(amounts: Iterable[Fact]) -> Iterator[str]:
    for page, found in groupby(sorted(amounts, key=lambda fact: fact.page), lambda fact: fact.page):
        wrong = _contradicting(list(found))
        quotes = "、".join(f"“{''.join(fact.quote.split())}”" for fact in wrong)
        if quotes:
            yield f"第 {page} 页大小写金额不一致：{quotes}，请核对原件"


def _contradicting(page: Sequence[Fact]) -> list[Fact]:
    differing = [fact for fact in page if fact.role == "mismatch"]
    if not differing:
        return []
    in_digits = {Decimal(fact.value) for fact in page if not _capital(fact)}
    wrong: list[Fact] = []
    for one, other in pairwise(differing):
        capitals, digits = (one, other) if _capital(one) else (other, one)
        if _capital(digits) or not _capital(capitals):
            continue
        if Decimal(capitals.value) not in in_digits and not _cut_off(capitals.value, digits.value):
            wrong += [fact for fact in (one, other) if fact not in wrong]
    return wrong


def _capital(fact: Fact) -> bool:
    return fact.quote.strip()[:1] in CAPITALS


def _cut_off(one: str, other: str) -> bool:
    short, long = sorted((_places(one), _places(other)), key=len)
    return long.startswith(short) and len(long) - len(short) >= _CUT


def _places(value: str) -> str:
    return f"{Decimal(value):f}".partition(".")[0]
