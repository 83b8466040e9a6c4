"""Looking through a whole archive gives what asking record by record gives, with light looks and many keys at once."""

from __future__ import annotations

import os
import random
from collections import Counter
from collections.abc import Iterator
from contextlib import nullcontext
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, Engine

from retention.blocking.blocks import blocks, blocks_of
from retention.outline import Outline
from retention.record import Record
from retention.reviewing import looking, sifting
from retention.reviewing.reviewing import Reviewing
from retention.reviewing.source import AtHand
from tests.retention.a_record import TODAY, a_record
from tests.retention.our_database import our_database
from tests.retention.reviewing import oracle
from tests.retention.reviewing.made import SCHEDULE, fill

SPANS = (
    (date(2026, 1, 1), date(2027, 12, 31)),
    (TODAY, TODAY),
    (date(2028, 1, 1), date(2030, 1, 1)),
    (date(1990, 1, 1), date(2025, 12, 31)),
)
by_chance = settings(
    max_examples=int(os.environ.get("SOAK_CASES", "12")),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


@pytest.fixture(scope="module")
def engine() -> Iterator[Engine]:
    """Our database, on SQLite alone."""
    found = our_database()
    yield found
    found.dispose()


@pytest.fixture(autouse=True)
def few_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Small pages: every archive of a test has several."""
    monkeypatch.setattr(sifting, "_AT_ONCE", 4)
    monkeypatch.setattr(looking, "AT_ONCE", 3)


def reviewing(connection: Connection, records: list[Record], span: tuple[date, date]) -> Reviewing:
    return Reviewing(lambda: nullcontext(connection), AtHand(records), SCHEDULE, *span, TODAY)


@by_chance
@given(st.integers(0, 10**9), st.sampled_from(SPANS))
def test_the_review_of_all_is_what_each_record_is_judged_alone(
    each_database: Engine, seed: int, span: tuple[date, date]
) -> None:
    with each_database.connect() as connection, connection.begin() as transaction:
        records = fill(connection, random.Random(seed))
        alone = {one.dms_id: oracle.verdict(connection, one, span, TODAY) for one in records}
        found = reviewing(connection, records, span).review()
        listed: dict[str, tuple[str, str, date | None]] = {
            one.record.dms_id: (one.state, one.rule.id, one.retain_until) for one in found.due
        }
        listed |= {one.record.dms_id: ("no_cutoff", one.rule.id, None) for one in found.no_cutoff}
        listed |= {one.record.dms_id: ("no_rule", "", None) for one in found.no_rule}
        assert listed == {one: told for one, told in alone.items() if told[0] not in ("later", "permanent")}
        counts = Counter(place for place, _, _ in alone.values())
        assert {name: getattr(found.totals, name) for name in counts} == counts
        for item in found.due:
            plain = oracle.in_the_way(connection, item.record, TODAY)
            # Parts that nobody has noted yet are known to the review alone.
            others = [one for one in item.blocks if one.code != "parts-kept" or one in plain]
            assert others == list(plain)
        transaction.rollback()


@by_chance
@given(st.integers(0, 10**9))
def test_what_stands_in_the_way_of_many_is_what_stands_in_the_way_of_each(
    each_database: Engine, seed: int
) -> None:
    with each_database.connect() as connection, connection.begin() as transaction:
        records = fill(connection, random.Random(seed))
        together = blocks_of(connection, records, TODAY) if records else {}
        for record in records:
            assert together[record.dms_id] == oracle.in_the_way(connection, record, TODAY)
            assert together[record.dms_id] == blocks(connection, record, TODAY)
        transaction.rollback()


@by_chance
@given(st.integers(0, 10**9), st.sampled_from(SPANS), st.integers(0, 5))
def test_the_first_of_the_lists_are_those_of_the_whole_lists_and_all_are_counted(
    engine: Engine, seed: int, span: tuple[date, date], most: int
) -> None:
    with engine.connect() as connection, connection.begin() as transaction:
        looked = reviewing(connection, fill(connection, random.Random(seed)), span)
        whole, few = looked.review(), looked.review(most)
        assert (few.totals, few.figures, few.permanent) == (whole.totals, whole.figures, whole.permanent)
        assert few.due == whole.due[:most]
        assert (few.no_cutoff, few.no_rule) == (whole.no_cutoff[:most], whole.no_rule[:most])
        assert (tuple(looked.due()), whole.whole) == (whole.due, True)
        assert sum(few.figures.due_by_year.values()) == len(whole.due)
        transaction.rollback()


def test_what_is_changed_between_the_two_looks_is_left_out_of_the_list() -> None:
    class Changing(AtHand):
        def records(self, *ids: str) -> Iterator[Record]:
            yield from super().records(*(one for one in ids if one != "1"))

    engine = our_database()
    source = Changing([a_record("1"), a_record("2")])
    found = Reviewing(engine.begin, source, SCHEDULE, TODAY, TODAY, TODAY).review()
    assert [one.record.dms_id for one in found.due] == ["2"]
    assert (found.totals.records, found.totals.overdue) == (2, 1)


def test_what_is_urgent_comes_first() -> None:
    engine = our_database()
    source = AtHand([a_record("1", dossier="甲"), a_record("2", dossier="乙")])
    found = Reviewing(engine.begin, source, SCHEDULE, TODAY, TODAY, TODAY, first=("1",))
    assert [one.record.dms_id for one in found.due()] == ["1", "2"]
    found = Reviewing(engine.begin, source, SCHEDULE, TODAY, TODAY, TODAY)
    assert [one.record.dms_id for one in found.due()] == ["2", "1"]


def test_an_outline_says_what_the_card_says() -> None:
    record = a_record("7", part_of="b" * 64)
    card = record.card
    told = Outline.of(record)
    assert (told.dms_id, told.sha256, told.part_of) == ("7", card.sha256, "b" * 64)
    assert (told.filed_on, told.document_date, told.dossier) == (
        card.filed_on,
        card.document_date,
        card.dossier,
    )
