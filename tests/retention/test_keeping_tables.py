"""What is written for good can not be changed or removed, whichever database keeps it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
import sqlalchemy as sa

from retention import register
from retention.blocking import holds
from retention.disposing.disposing_tables import tombstone
from retention.periods import events
from retention.periods.event import Event, Scope
from tests.retention.our_database import LATE, NOW


def _event(connection: sa.Connection) -> None:
    told = Event("case_closed", date(2020, 1, 1), Scope("record", "1"), "通知书")
    events.tell(connection, told, who="李静", at=LATE)


def _hold(connection: sa.Connection) -> None:
    holds.place(connection, "record", "1", reason="稽查", mandate="12号", who="李静", at=NOW)


def _entry(connection: sa.Connection) -> None:
    register.append(connection, at=NOW, actor="李静", action="filed", subject="record/1", payload={"件数": 1})


def _tombstone(connection: sa.Connection) -> None:
    row: dict[str, Any] = {column.name: "" for column in tombstone.columns}
    row |= {"cutoff_on": date(2012, 5, 6), "retain_until": date(2022, 12, 31), "pages": 1}
    connection.execute(sa.insert(tombstone).values(**row | {"appraisal_id": 1, "disposal_id": 1}))


@pytest.mark.parametrize(
    ("write", "forbidden"),
    [
        (_event, "UPDATE happening SET kind = 'x'"),
        (_event, "DELETE FROM happening"),
        (_hold, "DELETE FROM hold"),
        (_entry, "UPDATE register SET actor = 'x'"),
        (_entry, "DELETE FROM register"),
        (
            _entry,
            "INSERT INTO register SELECT 7, at, actor, action, subject, payload, hash, prev FROM register",
        ),
        (_tombstone, "UPDATE tombstone SET title = 'x'"),
        (_tombstone, "DELETE FROM tombstone"),
    ],
)
def test_the_database_refuses(
    each_database: sa.Engine, write: Callable[[sa.Connection], None], forbidden: str
) -> None:
    with each_database.connect() as connection, connection.begin() as transaction:
        write(connection)
        with pytest.raises(sa.exc.DBAPIError, match=r"refused|never|not the next"):
            connection.execute(sa.text(forbidden))
        transaction.rollback()


def test_a_hold_may_be_released_and_an_event_withdrawn(each_database: sa.Engine) -> None:
    with each_database.connect() as connection, connection.begin() as transaction:
        _hold(connection)
        _event(connection)
        (placed,) = holds.every(connection)
        (told,) = events.listed(connection)
        holds.release(connection, placed.id, who="王晓云", at=NOW, reason="已毕")
        events.withdraw(connection, told.id, who="王晓云", at=LATE, reason="有误")
        assert holds.every(connection) == ()
        assert not events.last_days(connection, "record", ["1"])
        assert register.verify(connection) == 4
        transaction.rollback()
