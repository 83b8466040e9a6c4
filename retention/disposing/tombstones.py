"""Tombstones: what is left of a destroyed record; written once, in the transaction that writes the outcome."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, insert, select

from retention.among import among
from retention.disposing.disposing_tables import tombstone


@dataclass(frozen=True)
class Tombstone:
    """Of a record that is no more: what it was, with ID numbers in its title masked, by which rule and decision it went,
    and who took part. `outcome` is `destroyed`, or `missing` where somebody had removed it before; `at` is UTC."""

    dms_id: str
    sha256: str
    title: str
    dossier: str
    category: str
    kind: str
    pages: int
    rule: str
    cutoff_on: date
    retain_until: date
    appraisal_id: int
    disposal_id: int
    proposed_by: str
    approved_by: str
    witnesses: str
    executed_by: str
    outcome: str
    at: str


def set_up(connection: Connection, one: Tombstone) -> None:
    """Write it; a second one for the same record is refused by the database."""
    connection.execute(insert(tombstone).values(**vars(one)))


def of(connection: Connection, ids: Sequence[str]) -> tuple[Tombstone, ...]:
    """Those of these records, by id."""
    asked = select(tombstone).where(tombstone.c.dms_id.in_(ids)).order_by(tombstone.c.dms_id, tombstone.c.at)
    return tuple(Tombstone(*row) for row in connection.execute(asked))


def in_dossiers(connection: Connection, keys: Iterable[str] | None = None) -> Iterator[Tombstone]:
    """Those of the records that lay in these dossiers, or in any, in the order in which they were set up."""
    asked = select(tombstone).order_by(tombstone.c.at, tombstone.c.dms_id)
    if keys is not None:
        asked = asked.where(among(connection, tombstone.c.dossier, keys))
    # Not all at once: there may be as many as records.
    return (Tombstone(*row) for row in connection.execute(asked.execution_options(yield_per=1_000)))
