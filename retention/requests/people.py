"""On which records a person is: by keyed digests of the ID numbers on them, never by the numbers themselves."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection, delete, insert, select

from retention.record import Record
from retention.requests.request import digest_of
from retention.requests.request_tables import person_paper, unindexed


def digests_on(record: Record, pepper: bytes) -> frozenset[str]:
    """What stands for each of the ID numbers that were found on the paper, whosever they are."""
    return frozenset(digest_of(one.value, pepper) for one in record.card.facts if one.name == "id_number")


def note(connection: Connection, record: Record, pepper: bytes) -> None:
    """Note who is on the record, in place of what was noted of it. May be done again."""
    forget(connection, record.dms_id)
    rows = [{"digest": one, "dms_id": record.dms_id} for one in sorted(digests_on(record, pepper))]
    if rows:
        connection.execute(insert(person_paper), rows)


def forget(connection: Connection, dms_id: str) -> None:
    """Remove what is noted of a record."""
    connection.execute(delete(person_paper).where(person_paper.c.dms_id == dms_id))


def papers_of(connection: Connection, digests: Iterable[str]) -> tuple[str, ...]:
    """The ids of the records on which a number with one of these digests stands."""
    asked = select(person_paper.c.dms_id).where(person_paper.c.digest.in_(list(digests))).distinct()
    return tuple(sorted(connection.execute(asked).scalars()))


def all_noted(connection: Connection) -> bool:
    """Whether no record is left over from a time before people were noted."""
    return connection.execute(select(unindexed.c.since).limit(1)).first() is None


def mark_all_noted(connection: Connection) -> None:
    """Say that every record is noted."""
    connection.execute(delete(unindexed))
