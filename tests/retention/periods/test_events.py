"""Events in the database: entered once with who, when and why; withdrawn, never deleted; each step in the register."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date

import pytest
import sqlalchemy as sa
from sqlalchemy import Connection

from retention import register
from retention.errors import BadEvent
from retention.periods import events
from retention.periods.event import Event, Scope
from tests.retention.our_database import NOW, our_database

HOME = Scope("dossier", "滨江雅苑/3-1-2001")
CLOSED = Event("case_closed", date(2026, 3, 1), HOME, "结案通知书，第1页")


@pytest.fixture
def connection() -> Iterator[Connection]:
    engine = our_database()
    with engine.begin() as open_one:
        yield open_one
    engine.dispose()


def told(connection: Connection, event: Event = CLOSED) -> events.Told:
    return events.tell(connection, event, who="李静", at=NOW)


def test_an_event_is_kept_with_who_when_and_evidence(connection: Connection) -> None:
    one = told(connection)
    assert (one.event, one.who, one.at, one.counts) == (
        CLOSED,
        "李静",
        "2026-11-21T09:00:00.000000+00:00",
        True,
    )
    assert events.about(connection, [HOME]) == {HOME: (one,)}
    (entry,) = register.entries(connection)
    assert (entry.action, entry.actor, entry.subject) == ("event", "李静", "dossier/滨江雅苑/3-1-2001")
    assert json.loads(entry.payload)["evidence"] == "结案通知书，第1页"


def test_told_twice_it_is_one(connection: Connection) -> None:
    assert told(connection) == told(connection)
    assert len(list(register.entries(connection))) == 1


def test_of_a_record_and_of_a_dossier_of_the_same_name_are_two(connection: Connection) -> None:
    told(connection)
    assert events.about(connection, [Scope("record", HOME.key)]) == {}


def test_what_was_withdrawn_counts_no_more_and_stays_readable(connection: Connection) -> None:
    one = told(connection)
    gone = events.withdraw(connection, one.id, who="王晓云", at=NOW, reason="又上诉")
    assert (gone.counts, gone.withdrawn_by, gone.withdrawn_because) == (False, "王晓云", "又上诉")
    assert events.about(connection, [HOME]) == {}
    assert list(events.listed(connection, HOME)) == [gone]
    assert list(events.listed(connection, HOME, withdrawn=False)) == []
    assert [entry.action for entry in register.entries(connection)] == ["event", "event-withdrawn"]


def test_after_a_withdrawal_the_same_may_be_told_again(connection: Connection) -> None:
    one = told(connection)
    events.withdraw(connection, one.id, who="王晓云", at=NOW, reason="登错")
    assert told(connection).id != one.id
    assert len(events.about(connection, [HOME])[HOME]) == 1


@pytest.mark.parametrize("statement", ["UPDATE happening SET who = 'x'", "DELETE FROM happening"])
def test_the_database_refuses_to_change_an_event(connection: Connection, statement: str) -> None:
    told(connection)
    with pytest.raises(sa.exc.DatabaseError, match="withdraw it"):
        connection.execute(sa.text(statement))


@pytest.mark.parametrize(
    ("event", "message"),
    [
        (Event("case_closed", date(2026, 11, 23), HOME, "通知书"), "in the future"),
        (Event("case_closed", date(2026, 3, 1), HOME, " "), "how one knows"),
        (Event("case_closed", date(2026, 3, 1), Scope("dossier", ""), "通知书"), "which dossier"),
        (Event("filed", date(2026, 3, 1), HOME, "通知书"), "choose from contract_ended"),  # type: ignore[arg-type]  # on purpose
    ],
)
def test_what_makes_no_sense_is_refused(connection: Connection, event: Event, message: str) -> None:
    with pytest.raises(BadEvent, match=message):
        told(connection, event)


def test_a_withdrawal_needs_a_reason_and_happens_once(connection: Connection) -> None:
    one = told(connection)
    with pytest.raises(BadEvent, match="say who and why"):
        events.withdraw(connection, one.id, who="王晓云", at=NOW, reason=" ")
    events.withdraw(connection, one.id, who="王晓云", at=NOW, reason="登错")
    with pytest.raises(BadEvent, match="withdrawn before"):
        events.withdraw(connection, one.id, who="王晓云", at=NOW, reason="登错")
    with pytest.raises(BadEvent, match="no event 99"):
        events.withdraw(connection, 99, who="王晓云", at=NOW, reason="登错")


def test_thousands_are_found_each_for_its_own(connection: Connection) -> None:
    scopes = [Scope("record", str(number)) for number in range(2_500)]
    for scope in scopes[::500]:
        told(connection, Event("purpose_met", date(2026, 1, 1), scope, "登记表"))
    assert set(events.about(connection, scopes)) == set(scopes[::500])
