"""Our database in memory, with retention's tables, triggers and whatever a test wants to stand in it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event as sa_event

from retention import keeping_tables
from retention.blocking import litigation
from retention.periods import events
from retention.periods.event import Event
from retention.record import Record
from retention.tables import metadata

NOW = datetime(2026, 11, 21, 9, tzinfo=UTC)
LATE = datetime(2100, 1, 1, tzinfo=UTC)
"""When events of a test are told that may lie anywhere."""


def our_database(told: Iterable[Event] = (), records: Iterable[Record] = ()) -> sa.Engine:
    """An empty database in which these events were told and the litigation papers among the records are noted."""
    assert keeping_tables.hold.name in metadata.tables
    engine = sa.create_engine(
        "sqlite://", poolclass=sa.pool.StaticPool, connect_args={"check_same_thread": False}
    )
    sa_event.listen(engine, "connect", _on_connect)
    sa_event.listen(engine, "begin", _on_begin)
    metadata.create_all(engine)
    with engine.begin() as connection:
        for one in told:
            events.tell(connection, one, who="李静", at=LATE)
        for record in records:
            litigation.note(connection, record)
    return engine


def _on_connect(connection: Any, _record: Any) -> None:
    connection.isolation_level = None


def _on_begin(connection: sa.Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")
