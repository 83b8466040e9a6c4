"""The schedule against a slow plain oracle: dates, leap days, rolling, order, what is missing, what is past."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import nullcontext
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from retention.periods import events
from retention.periods.event import HAPPENINGS, Event, Scope
from retention.record import Record
from retention.review import review
from retention.reviewed import Review
from retention.schedule import Schedule, read
from retention.schedule.matching import Subject, match
from tests.retention.a_record import a_record
from tests.retention.our_database import LATE, our_database
from tests.retention.schedule.oracle import READ_OFF, Row, ends, starts, state, winner

CASES = int(os.environ.get("SOAK_CASES", "150"))
"""`./run soak` asks for 10,000."""
KINDS, CATEGORIES = ("报修单", "收据", "判决书"), ("sales", "repair", "litigation")
DOSSIERS = ("", "甲苑/1-101", "1")
"""One is called as a record is: what is told of the one is not told of the other."""
TOLD = HAPPENINGS[:1] * 6
"""One more often than the others, so that rows and events often speak of the same."""
# Around leap days, ends of years and of months, where counting goes wrong.
EDGES = [
    *(date(year, 2, 29) for year in (1996, 2000, 2020, 2024)),
    *(
        date(year, month, day)
        for year in (1999, 2019, 2023)
        for month, day in ((2, 28), (12, 31), (1, 31), (8, 31))
    ),
]
DAYS = st.one_of(st.sampled_from(EDGES), st.dates(date(1990, 1, 1), date(2035, 12, 31)))


@st.composite
def row(draw: st.DrawFn, number: int) -> Row:
    permanent = draw(st.integers(0, 9)) == 0
    years, months, days = draw(
        st.tuples(st.integers(0, 35), st.integers(0, 14), st.sampled_from((0, 0, 1, 45)))
    )
    about = draw(st.integers(0, 3))
    return Row(
        f"row-{number}",
        years,
        months if years or months or days else 1,
        days,
        permanent,
        draw(st.sampled_from((*READ_OFF, *TOLD, *HAPPENINGS))),
        not permanent and draw(st.booleans()),
        tuple(draw(st.lists(st.sampled_from(KINDS), min_size=1, max_size=2, unique=True)))
        if about == 1
        else (),
        tuple(draw(st.lists(st.sampled_from(CATEGORIES), min_size=1, max_size=2, unique=True)))
        if about == 2
        else (),
    )


@st.composite
def case(draw: st.DrawFn) -> dict[str, Any]:
    rows = [draw(row(number)) for number in range(draw(st.integers(1, 6)))]
    records = []
    for number in range(draw(st.integers(1, 4))):
        kind, category = draw(st.sampled_from(KINDS)), draw(st.sampled_from(CATEGORIES))
        named = draw(st.sampled_from([*(one.id for one in rows), *(one.id for one in rows), "row-9", ""]))
        dated = draw(st.one_of(st.none(), DAYS))
        records.append(
            (kind, category, named, draw(DAYS), dated, draw(st.sampled_from(DOSSIERS)), str(number + 1))
        )
    scopes = st.one_of(
        st.builds(Scope, st.just("dossier"), st.sampled_from(DOSSIERS[1:])),
        st.builds(Scope, st.just("record"), st.just("1")),
    )
    told = st.builds(Event, st.sampled_from((*TOLD, *HAPPENINGS)), DAYS, scopes, st.just("通知书"))
    happened = draw(st.lists(told, min_size=draw(st.integers(0, 5)), max_size=8, unique=True))
    # On the last day itself, the day before and the day after: there the lists part.
    ended = [end for one in records for end in _ends(rows, one, happened)]
    near = st.builds(lambda end, days: end + timedelta(days=days), st.sampled_from(ended), st.integers(-1, 1))
    days = st.one_of(near, near, DAYS) if ended else DAYS
    first, last = sorted((draw(days), draw(days)))
    return {"rows": rows, "records": records, "events": happened, "span": (first, last), "today": draw(days)}


def _ends(rows: Sequence[Row], told: tuple[Any, ...], happened: Sequence[Event]) -> list[date]:
    kind, category, named, filed, dated, dossier, number = told
    won = winner(rows, kind, category, named)
    record = a_record(number, filed_on=filed, document_date=dated, dossier=dossier)
    start = starts(won, record, happened) if won and not won.permanent else None
    return [ends(won, start)] if won and start else []


def written(rows: Sequence[Row]) -> Schedule:
    text = (
        'schema_version = 1\n[schedule]\nname_zh = "表"\nname_en = "t"\nversion = "1"\ndated = 2026-01-01\n'
    )
    text += 'example = true\nnotice = "示例"\n'
    for one in rows:
        text += f'[[rule]]\nid = "{one.id}"\nname_zh = "甲"\nname_en = "a"\nauthority = "令10"\n'
        if one.permanent:
            text += 'period = "永久"\ndisposition = "keep"\n'
        else:
            text += f'period = "P{one.years}Y{one.months}M{one.days}D"\ncutoff = "{one.cutoff}"\n'
            text += f'roll_to_year_end = {str(one.rolled).lower()}\ndisposition = "review"\n'
        for key, words in (("kinds", one.kinds), ("categories", one.categories)):
            text += f"{key} = {list(words)}\n" if words else ""
    return read(text.encode(), Path("schedule.toml"))


@pytest.fixture(scope="module")
def engine() -> Iterator[sa.Engine]:
    made = our_database()
    yield made
    made.dispose()


@settings(max_examples=CASES, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(case())
def test_the_schedule_says_what_the_oracle_says(engine: sa.Engine, case: dict[str, Any]) -> None:
    schedule = written(case["rows"])
    first, last = case["span"]
    records, wanted = [], {}
    for kind, category, named, filed, dated, dossier, number in case["records"]:
        found = match(schedule, Subject(kind, category, named=named)).rule
        won = winner(case["rows"], kind, category, named)
        assert (found.id if found else None) == (won.id if won else None)
        record = a_record(
            number,
            kind=kind,
            category=category,
            retention_rule=found.id if found else "",
            filed_on=filed,
            document_date=dated,
            dossier=dossier,
        )
        records.append(record)
        wanted[number] = expected(won, record, case["events"], (first, last, case["today"]))
    with engine.connect() as connection:
        transaction = connection.begin()
        for event in case["events"]:
            events.tell(connection, event, who="李静", at=LATE)
        result = review(lambda: nullcontext(connection), records, schedule, first, last, case["today"])
        transaction.rollback()
    assert {number: one for number, one in wanted.items() if one[0] not in ("permanent", "later")} == said(
        result
    )
    assert result.totals.permanent == sum(one[0] == "permanent" for one in wanted.values())
    assert result.totals.later == sum(one[0] == "later" for one in wanted.values())


def expected(
    won: Row | None, record: Record, told: Sequence[Event], days: tuple[date, date, date]
) -> tuple[str, date | None, date | None]:
    if won is None:
        return "no_rule", None, None
    if won.permanent:
        return "permanent", None, None
    start = starts(won, record, told)
    if start is None:
        return "no_cutoff", None, None
    end = ends(won, start)
    return state(end, *days), start, end


def said(result: Review) -> dict[str, tuple[str, date | None, date | None]]:
    found: dict[str, tuple[str, date | None, date | None]] = {}
    for item in result.due:
        found[item.record.dms_id] = (item.state, item.cutoff.on, item.retain_until)
    found |= {waiting.record.dms_id: ("no_cutoff", None, None) for waiting in result.no_cutoff}
    return found | {unruled.record.dms_id: ("no_rule", None, None) for unruled in result.no_rule}
