"""The retention review: what is due, why, what stands in the way, and that nothing gets lost on the way."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retention.errors import BadSpan
from retention.periods.event import Event, Scope
from retention.record import Record
from retention.review import review
from retention.review_json import review_json
from retention.reviewed import Review
from tests.retention.a_record import DOSSIER, TODAY, a_case_closed, a_record, an_event, example
from tests.retention.our_database import our_database

START, END = date(2025, 1, 1), date(2027, 12, 31)
SCHEDULE = example()


def reviewed(*records: Record, events: tuple[Event, ...] = (), today: date = TODAY) -> Review:
    engine = our_database(events, records)
    found = review(engine.begin, iter(records), SCHEDULE, START, END, today)
    engine.dispose()
    return found


def ending(on: date, dms_id: str = "1") -> Record:
    """A record whose last day is `on`: the rule keeps 3 years from filing, without rolling."""
    return a_record(
        dms_id, retention_rule="general-none", category="other", filed_on=on.replace(year=on.year - 3)
    )


@pytest.mark.parametrize(
    ("last_day", "state"),
    [
        (START - timedelta(days=1), "overdue"),
        (START, "due"),
        (TODAY - timedelta(days=1), "due"),
        (TODAY, "upcoming"),
        (END, "upcoming"),
    ],
)
def test_a_last_day_in_the_span_or_overdue_before_it_is_listed(last_day: date, state: str) -> None:
    (item,) = reviewed(ending(last_day)).due
    assert (item.state, item.retain_until, item.due_on) == (state, last_day, last_day + timedelta(days=1))


def test_a_last_day_after_the_span_is_not_listed() -> None:
    found = reviewed(ending(END + timedelta(days=1)))
    assert (found.due, found.totals.later) == ((), 1)


def test_a_last_day_that_is_today_is_not_overdue_in_a_later_span() -> None:
    found = reviewed(ending(date(2024, 6, 1)), today=date(2024, 6, 1))
    assert (found.due, found.totals.later) == ((), 1)


def test_a_last_day_between_today_and_a_later_span_is_not_overdue() -> None:
    found = reviewed(ending(date(2024, 6, 1)), today=date(2024, 1, 1))
    assert (found.due, found.totals.later) == ((), 1)


def test_a_last_day_decades_ago_is_due_and_never_skipped() -> None:
    (item,) = reviewed(a_record(document_date=date(1985, 1, 1))).due
    assert item.state == "overdue"
    assert "1985-01-01" in item.why_zh
    assert "10年" in item.why_zh


def test_a_record_without_cutoff_is_listed_with_what_is_missing() -> None:
    (item,) = reviewed(a_record(document_date=None)).no_cutoff
    assert item.missing.event == "document_date"


def test_what_is_permanent_is_counted_and_never_due() -> None:
    found = reviewed(
        *(a_record(str(n), retention_rule="permanent", document_date=date(1900, 1, 1)) for n in range(3))
    )
    assert found.due == ()
    assert [(one.rule.id, one.count) for one in found.permanent] == [("permanent", 3)]


@pytest.mark.parametrize("rule", ["", "no-such-rule"])
def test_a_record_without_rule_is_listed_and_never_due(rule: str) -> None:
    found = reviewed(a_record(retention_rule=rule, document_date=date(1900, 1, 1)))
    assert found.due == ()
    assert len(found.no_rule) == 1


def test_an_open_case_blocks_everything_due_in_its_dossier_and_nothing_else() -> None:
    claim = a_record("2", category="litigation", kind="民事起诉状", retention_rule="litigation-30y")
    found = reviewed(a_record("1"), a_record("3", dossier="别处"), claim)
    assert [(one.record.dms_id, [block.code for block in one.blocks]) for one in found.due] == [
        ("3", []),
        ("1", ["open-litigation"]),
    ]
    assert found.totals.blocked == 1
    assert "暂缓：诉讼未结" in found.due[1].blocks[0].reason_zh


def test_a_closed_case_blocks_nothing() -> None:
    claim = a_record("2", category="litigation", retention_rule="litigation-permanent")
    found = reviewed(a_record("1"), claim, events=(a_case_closed(date(2013, 1, 1)),))
    assert found.due[0].blocks == ()


@pytest.mark.parametrize("closed_on", [date(2012, 5, 5), TODAY + timedelta(days=1)])
def test_a_case_closed_before_the_paper_or_after_today_does_not_close_it(closed_on: date) -> None:
    claim = a_record("2", category="litigation", retention_rule="litigation-permanent")
    found = reviewed(a_record("1"), claim, events=(a_case_closed(closed_on),))
    assert [block.code for block in found.due[0].blocks] == ["open-litigation"]


def test_a_case_closed_elsewhere_does_not_close_it() -> None:
    claim = a_record("2", category="litigation", retention_rule="litigation-permanent")
    found = reviewed(a_record("1"), claim, events=(a_case_closed(date(2013, 1, 1), "别处"),))
    assert found.totals.blocked == 1


def test_an_open_case_in_no_dossier_blocks_only_itself() -> None:
    claim = a_record("2", category="litigation", dossier="")
    found = reviewed(a_record("1", dossier=""), claim)
    assert [(one.record.dms_id, bool(one.blocks)) for one in found.due] == [("1", False), ("2", True)]


def test_labels_that_wait_for_a_person_block() -> None:
    (item,) = reviewed(a_record(review_reasons=("日期与金额不符",))).due
    assert [block.code for block in item.blocks] == ["labels-in-doubt"]


def test_a_record_whose_household_nobody_has_said_is_blocked() -> None:
    (item,) = reviewed(a_record(dossier_doubt="未见房号")).due
    assert [block.code for block in item.blocks] == ["dossier-unassigned"]


def test_a_batch_is_blocked_as_long_as_one_of_its_parts_is_kept() -> None:
    batch = a_record("1", batch=True, sha256="b" * 64)
    part = a_record("2", part_of="b" * 64, first_page=1, last_page=2, retention_rule="contract-permanent")
    (item,) = [one for one in reviewed(batch, part).due if one.record.dms_id == "1"]
    assert [block.code for block in item.blocks] == ["parts-kept"]
    (item,) = reviewed(batch).due
    assert item.blocks == ()


def test_the_later_day_set_at_filing_stands() -> None:
    found = reviewed(a_record(retain_until=date(2026, 12, 31)))
    (item,) = found.due
    assert item.retain_until == date(2026, 12, 31)
    assert "2022-12-31" in item.why_zh


def test_an_earlier_day_set_at_filing_shortens_nothing() -> None:
    (item,) = reviewed(a_record(retain_until=date(2013, 1, 1))).due
    assert item.retain_until == date(2022, 12, 31)


def test_a_span_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(BadSpan, match="swap"):
        review(our_database().begin, (), SCHEDULE, END, START, TODAY)


def test_items_come_by_category_rule_dossier_and_last_day() -> None:
    records = [
        a_record("1", category="repair", retention_rule="repair-10y"),
        a_record("2", retention_rule="sales-10y", dossier="乙"),
        a_record("3", retention_rule="sales-10y", dossier="丙"),
        a_record("4", retention_rule="sales-10y", dossier="乙", document_date=date(2010, 1, 1)),
        a_record("5", retention_rule="sales-30y", document_date=date(1980, 1, 1)),
        a_record("6", category="x-own", retention_rule="sales-30y", document_date=date(1980, 1, 1)),
    ]
    assert [one.record.dms_id for one in reviewed(*records).due] == ["5", "3", "4", "2", "1", "6"]


records = st.lists(
    st.builds(
        a_record,
        st.integers(1, 10**6).map(str),
        category=st.sampled_from(["sales", "litigation", "other", "x-own"]),
        retention_rule=st.sampled_from([*SCHEDULE.rules, "", "gone"]),
        dossier=st.sampled_from(["", DOSSIER, "别处"]),
        document_date=st.none() | st.dates(date(1980, 1, 1), date(2030, 1, 1)),
        filed_on=st.dates(date(2015, 1, 1), TODAY),
    ),
    max_size=25,
    unique_by=lambda record: record.dms_id,
)


@settings(max_examples=200, deadline=None)
@given(records, st.randoms(use_true_random=False))
def test_every_record_is_counted_once_and_the_order_they_come_in_does_not_matter(
    some: list[Record], luck: random.Random
) -> None:
    events = (a_case_closed(date(2020, 1, 1)), an_event("dossier_closed", date(1990, 1, 1)))
    found = reviewed(*some, events=events)
    totals = found.totals
    parts = (
        totals.overdue,
        totals.due,
        totals.upcoming,
        totals.no_cutoff,
        totals.permanent,
        totals.no_rule,
        totals.later,
    )
    assert sum(parts) == totals.records == len(some)
    shuffled = list(some)
    luck.shuffle(shuffled)
    assert reviewed(*shuffled, events=events) == found


def test_the_records_are_read_once() -> None:
    def stream() -> Iterator[Record]:
        yield a_record("1")
        yield a_record("2")

    assert review(our_database().begin, stream(), SCHEDULE, START, END, TODAY).totals.records == 2


def test_the_json_is_json_and_holds_the_reasons_masked() -> None:
    number = "130104196001104707"
    found = reviewed(
        a_record("1", title=f"认筹 {number}", retention_rule="sales-10y"),
        a_record("2", retention_rule="income-10y"),
        a_record("3", retention_rule=""),
        a_record("4", retention_rule="permanent"),
        events=(Event("case_closed", TODAY, Scope("record", "9"), "结案报告"),),
    )
    shape = review_json(found, mask=lambda text: text.replace(number, "1301**********4707"))
    text = json.dumps(shape, ensure_ascii=False)
    assert number not in text
    assert shape["due"][0]["retention"]["rule"] == "sales-10y"
    assert shape["due"][0]["retain_until"] == "2022-12-31"
    assert shape["no_cutoff"][0]["missing_event"] == "loan_paid_out"
    assert shape["totals"]["records"] == 4
    assert [shape["no_rule"][0]["id"], shape["permanent"][0]["count"]] == ["3", 1]
