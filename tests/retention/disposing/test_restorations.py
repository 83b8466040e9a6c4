"""Restorations that were cut off: who has decided each, found in one look through the register."""

from __future__ import annotations

import sqlalchemy as sa

from retention import register
from retention.disposing.restorations import Decided, Restoration, decided
from tests.retention.our_database import NOW, our_database


def begun(connection: sa.Connection, one: Restoration, who: str, reason: str) -> None:
    told = {"sha256": one.sha256, "disposal": one.disposal, "reason": reason}
    subject = f"record/{one.dms_id}"
    register.append(connection, at=NOW, actor=who, action="restoration-begun", subject=subject, payload=told)


def test_each_is_found_in_the_name_of_who_decided_it_in_that_disposal_and_all_by_one_statement() -> None:
    engine, asked = our_database(), list[str]()
    some = [Restoration(1, str(count), "a" * 64) for count in range(40)]
    again = Restoration(2, "7", "a" * 64)
    with engine.begin() as connection:
        for one in some:
            begun(connection, one, "王芳", f"查阅{one.dms_id}")
        begun(connection, again, "李静", "复核")
        sa.event.listen(connection, "before_cursor_execute", lambda *told: asked.append(told[2]))
        found = decided(connection, [*some, again])
    engine.dispose()
    assert found[again] == Decided("李静", "复核")
    assert all(found[one] == Decided("王芳", f"查阅{one.dms_id}") for one in some)
    assert len(found) == 41
    assert len(asked) == 1


def test_where_nothing_waits_the_register_is_not_looked_through() -> None:
    engine, asked = our_database(), list[str]()
    with engine.begin() as connection:
        sa.event.listen(connection, "before_cursor_execute", lambda *told: asked.append(told[2]))
        assert decided(connection, ()) == {}
    engine.dispose()
    assert asked == []
