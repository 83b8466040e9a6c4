"""From which day a period runs, and until when it makes one keep."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retention.periods.cutoff import Cutoff, NoCutoff, cutoff, retain_until
from retention.periods.event import CUTOFF_EVENTS, HAPPENINGS, CutoffEvent, Event, Scope
from retention.periods.period import Period
from retention.schedule import Rule
from tests.retention.a_record import DOSSIER, a_card, an_event, example
from tests.retention.periods.test_period import walk

PLAIN = example().rules["sales-10y"]

days = st.dates(date(2010, 1, 1), date(2030, 12, 31))
rules = st.builds(
    lambda period, event, roll: replace(PLAIN, period=period, cutoff=event, roll_to_year_end=roll),
    st.sampled_from([Period(3), Period(10), Period(1, 1), Period(0, 0, 30)]),
    st.sampled_from(CUTOFF_EVENTS),
    st.booleans(),
)
scopes = st.sampled_from(
    [
        Scope("dossier", DOSSIER),
        Scope("dossier", "别处"),
        Scope("record", "7"),
        Scope("record", "8"),
        Scope("dossier", "7"),
    ]
)
events = st.lists(st.builds(Event, st.sampled_from(HAPPENINGS), days, scopes, st.just("")), max_size=8)


def plain_cutoff(rule: Rule, document_date: date | None, filed_on: date, heard: list[Event]) -> date | None:
    """The slow way: try every day of the calendar, the latest first."""
    day = date(2031, 1, 1)
    kept: dict[str, date] = {}
    while day > date(2009, 12, 31):
        day -= timedelta(days=1)
        if rule.cutoff == "filed" and day == filed_on:
            return day
        if rule.cutoff == "document_date" and day == document_date:
            return day
        same_year = document_date is not None and day.year == document_date.year
        if rule.cutoff == "year_end" and same_year and (day.month, day.day) == (12, 31):
            return day
        for event in heard:
            if event.kind == rule.cutoff and event.on == day:
                kept.setdefault(f"{event.scope.sort} {event.scope.key}", day)
    return kept.get("record 7", kept.get(f"dossier {DOSSIER}"))


@settings(max_examples=300, deadline=None)
@given(rules, st.none() | days, days, events)
def test_cutoff_and_last_day_are_those_of_a_slow_plain_search(
    rule: Rule, document_date: date | None, filed_on: date, heard: list[Event]
) -> None:
    found = cutoff(rule, a_card(document_date=document_date, filed_on=filed_on), heard, "7")
    expected = plain_cutoff(rule, document_date, filed_on, heard)
    assert (found.on if isinstance(found, Cutoff) else None) == expected
    if expected is not None and rule.period is not None:
        last = walk(expected, rule.period)
        while rule.roll_to_year_end and (last.month, last.day) != (12, 31):
            last += timedelta(days=1)
        assert retain_until(rule, expected) == last


def test_the_last_day_is_the_anniversary() -> None:
    assert retain_until(replace(PLAIN, roll_to_year_end=False), date(2012, 5, 6)) == date(2022, 5, 6)


def test_the_last_day_is_rolled_to_the_end_of_its_year_where_the_rule_says_so() -> None:
    assert retain_until(PLAIN, date(2012, 5, 6)) == date(2022, 12, 31)


def test_a_voucher_counts_from_the_end_of_its_year() -> None:
    rule = example().rules["voucher-30y"]
    found = cutoff(rule, a_card(document_date=date(2012, 5, 6)), ())
    assert isinstance(found, Cutoff)
    assert (found.on, retain_until(rule, found.on)) == (date(2012, 12, 31), date(2042, 12, 31))


def test_what_is_permanent_has_no_last_day() -> None:
    rule = example().rules["title-permanent"]
    assert cutoff(rule, a_card(), ()) == NoCutoff(None, "永久保管，不起算", "kept for ever: no period runs")
    assert retain_until(rule, date(1900, 1, 1)) is None


@pytest.mark.parametrize("event", CUTOFF_EVENTS)
def test_a_missing_cutoff_names_the_event_that_is_missing(event: CutoffEvent) -> None:
    found = cutoff(replace(PLAIN, cutoff=event), a_card(document_date=None), ())
    if event == "filed":
        assert isinstance(found, Cutoff)
        return
    assert isinstance(found, NoCutoff)
    assert found.event == event
    assert found.why_zh
    assert found.why_en


def test_the_last_of_several_events_counts() -> None:
    rule = replace(PLAIN, cutoff="case_closed")
    both = [an_event("case_closed", date(2020, 1, 1)), an_event("case_closed", date(2015, 1, 1))]
    found = cutoff(rule, a_card(), both)
    assert isinstance(found, Cutoff)
    assert found.on == date(2020, 1, 1)
    assert "通知书，第1页" in found.evidence_zh


def test_an_event_of_the_record_itself_beats_one_of_its_dossier() -> None:
    rule = replace(PLAIN, cutoff="contract_ended")
    of_dossier = an_event("contract_ended", date(2020, 1, 1))
    of_record = an_event("contract_ended", date(2015, 1, 1), Scope("record", "7"))
    found = cutoff(rule, a_card(), [of_dossier, of_record], "7")
    assert isinstance(found, Cutoff)
    assert found.on == date(2015, 1, 1)


def test_an_event_of_a_dossier_is_not_taken_for_one_of_the_record_with_the_same_name() -> None:
    rule = replace(PLAIN, cutoff="contract_ended")
    event = an_event("contract_ended", date(2015, 1, 1), Scope("dossier", "1203"))
    assert isinstance(cutoff(rule, a_card(), [event], "1203"), NoCutoff)


def test_a_record_in_no_dossier_hears_no_event_without_scope() -> None:
    rule = replace(PLAIN, cutoff="contract_ended")
    event = an_event("contract_ended", date(2015, 1, 1), Scope("dossier", ""))
    assert isinstance(cutoff(rule, a_card(dossier=""), [event]), NoCutoff)
