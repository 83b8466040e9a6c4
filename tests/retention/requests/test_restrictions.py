"""Restrictions: a block while the period runs or nobody knows when it ends, and none any more once it is over."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
import sqlalchemy as sa

from retention.periods.cutoff import Cutoff, cutoff, retain_until
from retention.record import Record
from retention.requests import requests, restrictions
from retention.requests.figures import request_figures
from retention.requests.request import Arrival, asker_of
from retention.schedule import kept_rules
from tests.retention.a_record import a_record, example
from tests.retention.our_database import NOW, our_database

LAST = date(2022, 12, 31)


@pytest.fixture
def engine() -> sa.Engine:
    """Our database with a request for deletion."""
    made = our_database()
    with made.begin() as connection:
        arrival = Arrival("来函", "", NOW.date(), date(2026, 12, 21))
        asker = asker_of("贺宇", "420111198506234525", b"p" * 32)
        requests.receive(connection, "deletion", asker, arrival, who="李静", at=NOW)
    return made


def restricted(engine: sa.Engine, record: Record, *, noted: bool = True) -> None:
    with engine.begin() as connection:
        if noted:
            kept_rules.note(connection, record, example(), who="李静", at=NOW)
        restrictions.place(
            connection, 1, record.dms_id, record.card.sha256, reason="删除", who="李静", at=NOW
        )


def codes(engine: sa.Engine, record: Record, today: date) -> list[str]:
    with engine.begin() as connection:
        found = restrictions.obstructs(connection, (record, a_record("2", sha256="b" * 64)), today)
        assert set(found) <= {record.dms_id}
    return [one.code for one in found.get(record.dms_id, ())]


def test_it_blocks_up_to_the_last_day_and_not_after_it(engine: sa.Engine) -> None:
    record = a_record()
    restricted(engine, record)
    rule = example().rules[record.card.retention_rule]
    start = cutoff(rule, record.card, ())
    assert isinstance(start, Cutoff)
    assert retain_until(rule, start.on) == LAST
    assert codes(engine, record, LAST) == ["personal-data-restricted"]
    assert codes(engine, record, date(2023, 1, 1)) == []


def test_a_later_last_day_on_the_card_stands(engine: sa.Engine) -> None:
    record = a_record(retain_until=date(2030, 12, 31))
    restricted(engine, record)
    assert codes(engine, record, date(2030, 12, 31)) == ["personal-data-restricted"]
    assert codes(engine, record, date(2031, 1, 1)) == []


@pytest.mark.parametrize(
    "card", [{"document_date": None}, {"retention_rule": "contract-permanent", "kind": "商品房买卖合同"}]
)
def test_what_has_no_last_day_is_blocked_for_ever(engine: sa.Engine, card: dict[str, Any]) -> None:
    record = a_record(**card)
    restricted(engine, record)
    assert codes(engine, record, date(2999, 1, 1)) == ["personal-data-restricted"]


def test_what_nobody_has_noted_and_what_bears_other_bytes(engine: sa.Engine) -> None:
    record = a_record()
    restricted(engine, record, noted=False)
    assert codes(engine, record, date(2999, 1, 1)) == ["personal-data-restricted"]
    assert codes(engine, a_record(sha256="c" * 64), date(2020, 1, 1)) == []


def test_placing_it_twice_is_placing_it_once(engine: sa.Engine) -> None:
    record = a_record()
    restricted(engine, record)
    restricted(engine, record)
    with engine.begin() as connection:
        assert len(restrictions.of_request(connection, 1)) == 1
        assert restrictions.hidden(connection) == {record.dms_id: 1}


@pytest.mark.parametrize("table", ["restriction", "personal_request"])
def test_requests_and_restrictions_are_never_deleted(engine: sa.Engine, table: str) -> None:
    restricted(engine, a_record())
    with engine.connect() as connection, pytest.raises(sa.exc.IntegrityError, match="never deleted"):
        connection.execute(sa.text(f"DELETE FROM {table}"))


def test_the_years_figures_count_requests_by_kind(engine: sa.Engine) -> None:
    with engine.begin() as connection:
        (one,) = request_figures(connection, 2026)
        assert (one.kind, one.received, one.answered, one.open_at_end) == ("deletion", 1, 0, 1)
        requests.answer(
            connection,
            1,
            words="无法核实身份",
            told={},
            who="李静",
            at=NOW,
            today=date(2027, 1, 5),
            refused=True,
        )
        requests.close(connection, 1, who="李静", at=NOW)
        (one,) = request_figures(connection, 2026)
        assert (one.received, one.refused, one.open_at_end) == (1, 0, 1)
        (one,) = request_figures(connection, 2027)
        assert (one.received, one.refused, one.late, one.open_at_end) == (0, 1, 1, 0)
