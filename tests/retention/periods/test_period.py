"""Lengths on the calendar, against a slow plain oracle that walks day by day."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retention.periods.period import Period, parse_period


def walk(start: date, period: Period) -> date:
    """One day at a time: into the month that is as many months on, to the last day there whose number
    is not above the start's; then the days."""
    day, months_left = start, 12 * period.years + period.months
    while months_left:
        following = day + timedelta(days=1)
        months_left -= following.month != day.month
        day = following
    while day.day < start.day and (day + timedelta(days=1)).month == day.month:
        day += timedelta(days=1)
    for _ in range(period.days):
        day += timedelta(days=1)
    return day


@settings(max_examples=1500, deadline=None)
@given(
    st.dates(date(1900, 1, 1), date(2100, 12, 31)),
    st.builds(Period, st.integers(0, 12), st.integers(0, 30), st.integers(0, 70)),
)
def test_the_last_day_is_the_one_that_a_day_by_day_walk_reaches(start: date, period: Period) -> None:
    assert period.last_day(start) == walk(start, period)


def test_29_february_ends_on_28_february_in_a_year_without_one() -> None:
    assert Period(years=1).last_day(date(2024, 2, 29)) == date(2025, 2, 28)
    assert Period(years=4).last_day(date(2024, 2, 29)) == date(2028, 2, 29)


def test_a_period_beyond_the_calendar_never_ends() -> None:
    assert Period(years=30).last_day(date(9990, 1, 1)) == date.max
    assert Period(days=40).last_day(date(9999, 12, 1)) == date.max


@given(st.builds(Period, st.integers(0, 99), st.integers(0, 99), st.integers(0, 99)))
def test_a_period_reads_back_as_it_was_written(period: Period) -> None:
    if period != Period():
        assert parse_period(period.iso) == period


@pytest.mark.parametrize(
    "text",
    ["", "P", "30Y", "P0Y", "P-1Y", "P1.5Y", "P30", "p30y", "P1W2D", "30", "年", "P1Y ", "P３Y", "P201Y"],
)
def test_what_is_no_period_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="write"):
        parse_period(text)


@pytest.mark.parametrize(
    ("text", "period"),
    [("P2W", Period(days=14)), ("30年", Period(30)), ("1年6个月", Period(1, 6)), ("90天", Period(days=90))],
)
def test_weeks_and_chinese_lengths_are_understood(text: str, period: Period) -> None:
    assert parse_period(text) == period


def test_a_period_is_told_in_chinese_and_english() -> None:
    assert (Period(30).zh, Period(1, 6).zh) == ("30年", "1年6个月")
    assert (Period(30).en, Period(1, 6).en) == ("30 years", "1 year 6 months")
