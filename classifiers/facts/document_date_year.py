"""The year of the day that closes a paper, where reading has lost one of its places: under a seal, 2013年 becomes 213年."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date

from classifiers.fact import Fact
from consumers.transcript import Page, Transcript

FIRST, LAST = 1980, 2049
"""The years that a paper of ours can bear."""
CLOSING = re.compile(
    r"^[^\w]*(?P<year>\d{3}) ?年 ?(?P<month>[01]?\d) ?月 ?(?P<day>[0-3]?\d) ?日[^\w]*$", re.MULTILINE
)
"""A day that stands alone on its line, with three places for the year."""


def whole_year(places: str) -> int | None:
    """The only year that these places can be what is left of; None where there are several, or none."""
    found = {
        int(f"{places[:place]}{digit}{places[place:]}")
        for place in range(len(places) + 1)
        for digit in range(10)
    }
    fitting = [year for year in found if FIRST <= year <= LAST]
    return fitting[0] if len(fitting) == 1 else None


def mended(text: str) -> Iterator[tuple[str, int, int]]:
    """Each such day whose year is certain, as yyyy-mm-dd with the places in `text` where it begins and ends."""
    for match in CLOSING.finditer(text):
        year = whole_year(match["year"])
        if year is not None and (day := _day(year, match)):
            yield day, match.start("year"), text.index("日", match.start("day")) + 1


def doubts_zh(transcript: Transcript, facts: Iterable[Fact]) -> tuple[str, ...]:
    """One Chinese sentence for the last such day whose year is not certain, where no other day closes the paper."""
    if any(fact.name == "document_date" and fact.role == "signed" for fact in facts):
        return ()
    found = [(page.number, quote) for page in transcript.pages for quote in _uncertain(page)]
    return tuple(f"第 {page} 页落款日期“{quote}”年份不清，请核对原件" for page, quote in found[-1:])


def _uncertain(page: Page) -> Iterator[str]:
    for match in CLOSING.finditer(page.text):
        if whole_year(match["year"]) is None and _day(2000, match):
            yield "".join(match[0].split())


def _day(year: int, match: re.Match[str]) -> str:
    try:
        return date(year, int(match["month"]), int(match["day"])).isoformat()
    except ValueError:
        return ""
