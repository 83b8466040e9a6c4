"""Putting a batch up: what is due is written down, of any number, with one register entry that stands for all of it.

Nothing is destroyed, and nobody has decided anything yet.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice

from sqlalchemy import Connection, collate, insert, select

from retention import register
from retention.appraising import appraisals, appraised, item_rows
from retention.appraising.appraisal import Appraisal, Item, digest
from retention.appraising.item_rows import Row
from retention.disposing.disposing_tables import appraisal, appraisal_item
from retention.errors import BadAppraisal

_AT_ONCE = 5_000


def propose(
    connection: Connection,
    items: Iterable[Item],
    *,
    schedule: str,
    as_of: date,
    who: str,
    at: datetime,
) -> Appraisal | None:
    """`write_down` those items, and give the batch back with them: for a batch that people look through at once."""
    rows = map(item_rows.row_of, items)
    found = write_down(connection, rows, schedule=schedule, as_of=as_of, who=who, at=at)
    return appraisals.get(connection, found.id) if found else None


@dataclass(frozen=True)
class Proposed:
    """A batch that was written down: its number, how many items it has, in the way of how many something stands."""

    id: int
    items: int
    blocked: int


def write_down(
    connection: Connection,
    rows: Iterable[Row],
    *,
    schedule: str,
    as_of: date,
    who: str,
    at: datetime,
) -> Proposed | None:
    """Write a batch of those items, as rows, that no other batch has, of any number, some hundred at a time; None where nothing is
    left.

    Items that an earlier appraisal keeps are left out as well. Raises BadAppraisal without a name.
    """
    if not who.strip():
        raise BadAppraisal("未写明提出人（--by）。Say who proposes it (--by)")
    register.lock(connection)
    number, count, blocked = 0, 0, 0
    for some in _in_turn(rows):
        those = _free(connection, some)
        if those and not number:
            number = _begin(connection, schedule, as_of, who, at)
        if those:
            item_rows.write(connection, number, those)
        count += len(those)
        blocked += sum(map(item_rows.is_blocked, those))
    if not number:
        return None
    told = {"as_of": as_of.isoformat(), "schedule": schedule, "items": count}
    told |= {"digest": digest_of(connection, number), "blocked": blocked}
    appraisals.enter(connection, at, who, "appraisal-proposed", number, told)
    return Proposed(number, count, blocked)


def _in_turn(rows: Iterable[Row]) -> Iterator[list[Row]]:
    rest = iter(rows)
    while some := list(islice(rest, _AT_ONCE)):
        yield some


def _free(connection: Connection, some: Sequence[Row]) -> list[Row]:
    those = [one for one in some if not item_rows.is_blocked_by(one, "kept-by-appraisal")]
    known = appraised.taken(connection, [item_rows.id_of(one) for one in those])
    return [one for one in those if item_rows.id_of(one) not in known]


def _begin(connection: Connection, schedule: str, as_of: date, who: str, at: datetime) -> int:
    row = {
        "as_of": as_of,
        "schedule": schedule,
        "proposed_by": who.strip(),
        "proposed_at": appraisals.stamp(at),
    }
    empty = dict.fromkeys(("approved_by", "approved_at", "withdrawn_by", "withdrawn_at", "note"), "")
    begun = insert(appraisal).values(**row, **empty).returning(appraisal.c.id)
    return int(connection.execute(begun).scalar_one())


def digest_of(connection: Connection, number: int) -> str:
    """The `decisions_digest` of a batch, of which only a little is in memory at a time."""
    row = appraisal_item.c
    # Ids are compared by code point, as Python does, whatever the database's own order is.
    by_id = collate(row.dms_id, "C") if connection.dialect.name == "postgresql" else row.dms_id
    asked = select(row.dms_id, row.sha256, row.decision, row.kept_until)
    found = connection.execute(
        asked.where(row.appraisal_id == number).order_by(by_id), execution_options={"yield_per": 2000}
    )
    return digest(iter(found))
