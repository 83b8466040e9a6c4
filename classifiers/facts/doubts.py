"""What the facts of a paper say against each other: one sentence for a person to look at."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from classifiers.fact import Fact


def doubts_zh(facts: Iterable[Fact]) -> tuple[str, ...]:
    """One Chinese sentence for each page on which a sum in capitals and the digits beside it differ."""
    return tuple(_sums(facts))


def _sums(facts: Iterable[Fact]) -> Iterator[str]:
    differing = [fact for fact in facts if fact.name == "amount" and fact.role == "mismatch"]
    for page, found in groupby(sorted(differing, key=lambda fact: fact.page), lambda fact: fact.page):
        quotes = "、".join(f"“{''.join(fact.quote.split())}”" for fact in found)
        yield f"第 {page} 页大小写金额不一致：{quotes}，请核对原件"
