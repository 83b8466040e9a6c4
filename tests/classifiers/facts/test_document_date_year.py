"""A year that lost a place is mended where only one year can be meant, and told to a person where not."""

from __future__ import annotations

import pytest

from classifiers.facts.document_date import find
from classifiers.facts.document_date_year import doubts_zh, whole_year
from consumers.transcript import Transcript
from tests.classifiers.facts.page import page, values


@pytest.mark.parametrize(
    ("places", "year"),
    [("213", 2013), ("013", 2013), ("198", None), ("201", None), ("203", None), ("998", 1998), ("777", None)],
)
def test_a_year_is_mended_where_only_one_can_be_meant(places: str, year: int | None) -> None:
    assert whole_year(places) == year


@pytest.mark.parametrize("text", ["财务部\n201年4月15日", "财务部\n 203年 4月15日 。"])
def test_a_closing_day_of_an_uncertain_year_is_for_a_person(text: str) -> None:
    whole = Transcript("a" * 64, (page(text),))
    (why,) = doubts_zh(whole, find(page(text)))
    assert why.startswith("第 1 页落款日期“20")
    assert values(find, text) == []


@pytest.mark.parametrize(
    "text",
    [
        "2013年4月15日\n201年4月15日",
        "213年4月15日",
        "购买日期201年4月15日左右",
        "201年14月15日",
        "　年　月　日",
    ],
)
def test_nobody_is_asked_where_another_day_closes_it_or_none_is_there(text: str) -> None:
    assert doubts_zh(Transcript("a" * 64, (page(text),)), find(page(text))) == ()
