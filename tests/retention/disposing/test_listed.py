"""The list of a run is read once, and is still the one that the witnesses have confirmed at every act."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
import sqlalchemy as sa

from retention.disposing import disposals
from retention.disposing.disposal import checksum_of
from retention.disposing.disposing_tables import appraisal, disposal, disposal_witness
from retention.disposing.listed import Named, insist, listed, without_records
from retention.errors import BadDisposal
from retention.register import canonical
from tests.retention.our_database import our_database

ROWS: list[dict[str, Any]] = [
    {"id": "7", "sha256": "a" * 64, "title": '认购书 "items":[', "pages": 2},
    {"id": "8", "sha256": "b" * 64, "title": "收据", "pages": 1, "versions": ["c" * 64, "d" * 64]},
]
LIST = canonical({"approved_by": '赵"items":[敏', "disposal": 1, "items": ROWS, "proposed_by": "李静"})
SHA = checksum_of(LIST)


@pytest.fixture
def connection() -> Iterator[sa.Connection]:
    """A database with a disposal that was begun with that list, and confirmed by two."""
    engine = our_database()
    with engine.begin() as made:
        empty = dict.fromkeys(("approved_by", "approved_at", "withdrawn_by", "withdrawn_at", "note"), "")
        row: dict[str, Any] = {"id": 1, "as_of": date(2026, 1, 1), "schedule": "", "proposed_by": "李静"}
        made.execute(sa.insert(appraisal).values(**row, proposed_at="1", **empty))
        begun = {"manifest": LIST, "manifest_sha256": SHA, "begun_by": "吴刚", "begun_at": "3", "done_at": ""}
        row = {"id": 1, "appraisal_id": 1, "started_by": "李静", "started_at": "2", **begun}
        made.execute(sa.insert(disposal).values(**row, quarantine_until=date(2026, 1, 2)))
        for name in ("孙丽", "钱峰"):
            said = {"disposal_id": 1, "key": name, "name": name, "manifest_sha256": SHA, "at": "2"}
            made.execute(sa.insert(disposal_witness).values(**said))
        yield made
    engine.dispose()


def test_it_names_each_record_with_its_bytes_and_versions_and_no_other(connection: sa.Connection) -> None:
    one = listed(disposals.there(connection, 1))
    assert one.records == {"7": Named("a" * 64, ()), "8": Named("b" * 64, ("c" * 64, "d" * 64))}
    assert (one.sha256, one.begun_by, one.appraisal) == (SHA, "吴刚", 1)
    with pytest.raises(BadDisposal, match="does not name record 9"):
        one.named("9")
    insist(connection, one)


def test_before_destruction_began_it_names_nothing_and_is_never_insisted_upon(
    connection: sa.Connection,
) -> None:
    empty = dict.fromkeys(("manifest", "manifest_sha256", "begun_by", "begun_at"), "")
    connection.execute(sa.update(disposal).values(**empty))
    one = listed(disposals.there(connection, 1))
    assert (one.records, one) == ({}, without_records(connection, 1))
    with pytest.raises(BadDisposal, match="not the one that the witnesses have confirmed"):
        insist(connection, one)


def test_a_list_that_does_not_have_its_checksum_is_refused(connection: sa.Connection) -> None:
    connection.execute(sa.update(disposal).values(manifest=LIST.replace('"7"', '"9"')))
    with pytest.raises(BadDisposal, match="not the one that the witnesses have confirmed"):
        listed(disposals.there(connection, 1))


CHANGES = {
    "another list": sa.update(disposal).values(manifest_sha256="e" * 64),
    "not begun": sa.update(disposal).values(begun_at=""),
    "of another disposal": sa.update(disposal).values(id=2),
    "one witness": sa.delete(disposal_witness).where(disposal_witness.c.key == "孙丽"),
    "of another list": sa.update(disposal_witness).values(manifest_sha256="e" * 64),
}


@pytest.mark.parametrize("change", CHANGES)
def test_what_changes_after_it_was_read_stops_the_act(connection: sa.Connection, change: str) -> None:
    one = listed(disposals.there(connection, 1))
    connection.execute(CHANGES[change])
    with pytest.raises(BadDisposal, match="not the one that the witnesses have confirmed"):
        insist(connection, one)


def test_a_manifest_however_long_is_not_read_to_compare_its_checksum(connection: sa.Connection) -> None:
    asked: list[str] = []

    def told(_: object, __: object, statement: str, *___: object) -> None:
        asked.append(statement)

    one = listed(disposals.there(connection, 1))
    sa.event.listen(connection, "before_cursor_execute", told)
    insist(connection, one)
    sa.event.remove(connection, "before_cursor_execute", told)
    plans = [
        str(row[-1])
        for statement in asked
        for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", ("",) * statement.count("?"))
    ]
    about = [plan for plan in plans if "disposal " in plan]
    assert about == ["SEARCH disposal USING COVERING INDEX ix_disposal_manifest (manifest_sha256=?)"], plans
