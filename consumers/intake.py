"""The intake table: the one truth about every file that was ever taken in.

Each change of state is an event with its time. Two rows never hold the right to file the same
bytes: the right is a row of its own, keyed by checksum, and whoever comes second is a duplicate.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal

import sqlalchemy as sa

State = Literal["claimed", "read", "labelled", "sent", "confirmed", "review", "quarantined", "retry"]

FINAL: tuple[State, ...] = ("confirmed", "review", "quarantined")
"""States that nothing follows by itself: filed, filed and waiting for a person, set aside."""

metadata = sa.MetaData()

intake = sa.Table(
    "intake",
    metadata,
    sa.Column("id", sa.String(32), primary_key=True),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("source", sa.Text, nullable=False),
    sa.Column("origin", sa.Text, nullable=False),
    sa.Column("owner", sa.String(32), nullable=False),
    sa.Column("sha256", sa.String(64), nullable=False),
    sa.Column("state", sa.String(16), nullable=False, index=True),
    sa.Column("attempts", sa.Integer, nullable=False),
    sa.Column("next_try", sa.String(32), nullable=False),
    sa.Column("reason", sa.Text, nullable=False),
    sa.Column("dms_id", sa.Text, nullable=False),
    sa.Column("since", sa.String(32), nullable=False),
    sa.Index("ix_intake_sha256", "sha256"),
)

intake_event = sa.Table(
    "intake_event",
    metadata,
    sa.Column("seq", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("intake_id", sa.String(32), sa.ForeignKey("intake.id"), nullable=False, index=True),
    sa.Column("at", sa.String(32), nullable=False),
    sa.Column("state", sa.String(16), nullable=False),
    sa.Column("detail", sa.Text, nullable=False),
)

filing_right = sa.Table(
    "filing_right",
    metadata,
    sa.Column("sha256", sa.String(64), primary_key=True),
    sa.Column("intake_id", sa.String(32), sa.ForeignKey("intake.id"), nullable=False),
)


@dataclass(frozen=True)
class Intake:
    """One row. `since` and `next_try` are UTC, ISO 8601; `reason` is empty unless something is wrong."""

    id: str
    name: str
    source: str
    origin: str
    owner: str
    sha256: str
    state: State
    attempts: int
    next_try: str
    reason: str
    dms_id: str
    since: str


def stamp(at: datetime) -> str:
    """A time as it is kept here: UTC, ISO 8601, microseconds."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def register(
    connection: sa.Connection,
    *,
    intake_id: str,
    name: str,
    source: str,
    origin: str,
    owner: str,
    sha256: str,
    at: datetime,
) -> None:
    """Enter a claimed file; entering it again (after a crash) only renews its owner."""
    known = get(connection, intake_id)
    if known is not None:
        connection.execute(intake.update().where(intake.c.id == intake_id).values(owner=owner))
        return
    connection.execute(
        intake.insert().values(
            id=intake_id,
            name=_storable(name),
            source=source,
            origin=_storable(origin),
            owner=owner,
            sha256=sha256,
            state="claimed",
            attempts=0,
            next_try="",
            reason="",
            dms_id="",
            since=stamp(at),
        )
    )
    _event(connection, intake_id, "claimed", at, source)


def move(
    connection: sa.Connection,
    intake_id: str,
    state: State,
    *,
    at: datetime,
    reason: str = "",
    dms_id: str | None = None,
    next_try: datetime | None = None,
) -> None:
    """Change a file's state and write the event; a final state is never left again by this."""
    values: dict[str, object] = {
        "state": state,
        "since": stamp(at),
        "reason": reason,
        "next_try": stamp(next_try) if next_try else "",
    }
    if dms_id is not None:
        values["dms_id"] = dms_id
    if state == "retry":
        values["attempts"] = intake.c.attempts + 1
    done = connection.execute(
        intake.update().where(intake.c.id == intake_id, intake.c.state.not_in(FINAL)).values(**values)
    )
    if done.rowcount != 1:
        raise LookupError(f"intake {intake_id} is not open any more; it can not become {state}")
    _event(connection, intake_id, state, at, reason)
    if state == "quarantined":
        connection.execute(filing_right.delete().where(filing_right.c.intake_id == intake_id))


def right_holder(connection: sa.Connection, sha256: str) -> Intake | None:
    """The row that has the right to file these bytes, or has filed them; None: nobody yet."""
    holder = connection.execute(
        sa.select(filing_right.c.intake_id).where(filing_right.c.sha256 == sha256)
    ).scalar()
    return None if holder is None else get(connection, holder)


def take_right(connection: sa.Connection, sha256: str, intake_id: str) -> None:
    """Take the right to file these bytes; raises IntegrityError where somebody has it already."""
    connection.execute(filing_right.insert().values(sha256=sha256, intake_id=intake_id))


def get(connection: sa.Connection, intake_id: str) -> Intake | None:
    """The row with that id, or None."""
    row = connection.execute(sa.select(intake).where(intake.c.id == intake_id)).mappings().first()
    return Intake(**row) if row is not None else None


def unfinished(connection: sa.Connection) -> list[Intake]:
    """Every file that is in no final state, oldest first."""
    query = sa.select(intake).where(intake.c.state.not_in(FINAL)).order_by(intake.c.since)
    return [Intake(**row) for row in connection.execute(query).mappings()]


def came_from(connection: sa.Connection, origin: str, sha256: str) -> Intake | None:
    """The row of this very file, unchanged, if a crash kept it in the inbox after it was copied."""
    query = sa.select(intake).where(intake.c.origin == _storable(origin), intake.c.sha256 == sha256)
    row = connection.execute(query).mappings().first()
    return Intake(**row) if row is not None else None


def listing(connection: sa.Connection, states: tuple[State, ...] = ()) -> list[Intake]:
    """Every file ever taken in, oldest first, or those in one of the states."""
    query = sa.select(intake).order_by(intake.c.since)
    if states:
        query = query.where(intake.c.state.in_(states))
    return [Intake(**row) for row in connection.execute(query).mappings()]


def _event(connection: sa.Connection, intake_id: str, state: State, at: datetime, detail: str) -> None:
    connection.execute(
        intake_event.insert().values(intake_id=intake_id, at=stamp(at), state=state, detail=detail)
    )


def _storable(text: str) -> str:
    """File names may hold bytes that are no UTF-8 (lone surrogates here); databases refuse those."""
    return text.encode("utf-8", "backslashreplace").decode("utf-8")
