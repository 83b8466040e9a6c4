"""Corrections: what a person changed on a record that was filed, who, when and why; what the next model learns from.

Principle that must never break: no text of a paper is kept here. What is learnt from stays in the DMS and is read there
while the record lives (PIPL art. 19: no longer than the purpose needs; art. 47: erased with it). So a record that is
destroyed takes its text along, and `forget` takes the rest; the register keeps what was decided.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal, get_args

import sqlalchemy as sa

What = Literal["kind", "category", "level", "dossier"]
WHAT: tuple[What, ...] = get_args(What)

metadata = sa.MetaData()

correction = sa.Table(
    "correction",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("dms_id", sa.Text, nullable=False),
    sa.Column("sha256", sa.String(64), nullable=False),
    sa.Column("what", sa.String(16), nullable=False),
    sa.Column("was", sa.Text, nullable=False),
    sa.Column("became", sa.Text, nullable=False),
    sa.Column("who", sa.Text, nullable=False),
    sa.Column("at", sa.String(32), nullable=False),
    sa.Column("reason", sa.Text, nullable=False),
    sa.Index("ix_correction_record", "sha256", "dms_id"),
)


@dataclass(frozen=True)
class Correction:
    """One label of one record, as it was and as a person made it; equal where he confirmed it.

    Kinds and levels are named as people see them, categories by their ids. `at` is UTC, ISO 8601.
    """

    dms_id: str
    sha256: str
    what: What
    was: str
    became: str
    who: str
    at: str
    reason: str


def stamp(at: datetime) -> str:
    """A time as it is kept here: UTC, ISO 8601, microseconds."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def keep(connection: sa.Connection, one: Correction) -> None:
    """Write it down inside the caller's transaction."""
    connection.execute(correction.insert().values(**vars(one)))


def of_record(connection: sa.Connection, dms_id: str, sha256: str) -> tuple[Correction, ...]:
    """The corrections of one record, oldest first."""
    same = (correction.c.dms_id == dms_id) & (correction.c.sha256 == sha256)
    return tuple(_each(connection, sa.select(correction).where(same).order_by(correction.c.id)))


def last_kinds(connection: sa.Connection) -> tuple[Correction, ...]:
    """The last word on the kind of every record of which a person has said it, oldest first."""
    rows = _each(
        connection, sa.select(correction).where(correction.c.what == "kind").order_by(correction.c.id)
    )
    last = {(one.dms_id, one.sha256): one for one in rows}
    return tuple(sorted(last.values(), key=lambda one: (one.at, one.sha256)))


def forget(connection: sa.Connection, dms_id: str, sha256: str) -> int:
    """Remove all that is kept here of a record which is destroyed; how many rows that were.

    Disposal calls it in the transaction that writes the outcome. A model that has learnt of the record holds nothing
    of it: names were replaced before (see `plugins.teaching.learning`), and what is left are hashes of four characters at most
    that stand in two papers or more.
    """
    same = (correction.c.dms_id == dms_id) & (correction.c.sha256 == sha256)
    return connection.execute(correction.delete().where(same)).rowcount


def _each(connection: sa.Connection, query: sa.Select[tuple[object, ...]]) -> Iterator[Correction]:
    for row in connection.execute(query).mappings():
        yield Correction(**{name: value for name, value in row.items() if name != "id"})
