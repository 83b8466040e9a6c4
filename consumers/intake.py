"""The intake table: the one truth about every file that was ever taken in.

Each change of state is an event: when, by whom, from what to what, why. Two rows never hold the right to file the
same bytes: the right is a row of its own, keyed by checksum, and whoever comes second is a duplicate. Who works on a
file holds it by a lease (`consumers.lease`); a connection that bears a holder's name changes no row of another.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

import sqlalchemy as sa

from consumers import intake_statements as statements
from consumers.errors import LeaseLost
from consumers.intake_tables import FINAL, State, filing_right, intake, intake_event, metadata

__all__ = [
    "FINAL",
    "Event",
    "Intake",
    "State",
    "came_from",
    "events_of",
    "filing_right",
    "get",
    "held_by",
    "holder_of",
    "insist",
    "intake",
    "intake_event",
    "is_part",
    "listing",
    "metadata",
    "move",
    "note",
    "parts_of",
    "register",
    "right_holder",
    "stamp",
    "take_right",
    "unfinished",
]


@dataclass(frozen=True)
class Intake:
    """One row. `since` and `next_try` are UTC, ISO 8601; `reason` is empty unless something is wrong.

    `owner` is who works on it, until `lease_until` at least; empty: nobody does, and it waits for its `turn`. `deaths`
    counts the owners that died over it. `part_of` is the id of the row of the file that this one was cut out of, with its pages `first_page` to
    `last_page` (from 1, inclusive); empty and 0 for a file that came in by itself.
    """

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
    part_of: str = ""
    first_page: int = 0
    last_page: int = 0
    lease_until: str = ""
    deaths: int = 0
    turn: int | None = None


@dataclass(frozen=True)
class Event:
    """One change of state. `at` is UTC, ISO 8601; `actor` is a process of the program or a person."""

    at: str
    actor: str
    before: str
    state: str
    detail: str


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
) -> bool:
    """Enter a claimed file; with no owner it waits for whoever takes it. False where it was entered before."""
    if get(connection, intake_id) is not None:
        return False
    told = {"id": intake_id, "name": _storable(name), "source": source, "origin": _storable(origin)}
    held = {"owner": owner, "sha256": sha256, "state": "claimed", "since": stamp(at), "turn": 0}
    connection.execute(
        statements.ENTER, told | held | {"attempts": 0, "next_try": "", "reason": "", "dms_id": ""}
    )
    _event(connection, intake_id, at, owner, "", "claimed", source)
    return True


def is_part(connection: sa.Connection, intake_id: str, part_of: str, first_page: int, last_page: int) -> None:
    """Say of an entered file which pages of which other one it is."""
    place = {"part_of": part_of, "first_page": first_page, "last_page": last_page}
    connection.execute(intake.update().where(intake.c.id == intake_id).values(**place))


def move(
    connection: sa.Connection,
    intake_id: str,
    state: State,
    *,
    at: datetime,
    reason: str = "",
    dms_id: str | None = None,
    next_try: datetime | None = None,
    actor: str = "",
) -> None:
    """Change a file's state and write the event; a final state is never left again by this.

    Raises LeaseLost where the connection bears a holder's name (`held_by`) and the file is not, or no longer, his.
    """
    holder = holder_of(connection)
    told = {
        "which": intake_id,
        "holder": holder,
        "to": state,
        "at": stamp(at),
        "actor": actor or holder,
        "why": reason,
    }
    again = {"next": stamp(next_try) if next_try else "", "tried": int(state == "retry"), "dms": dms_id}
    if (
        connection.execute(statements.TELL, told).rowcount != 1
        or connection.execute(statements.END if state in FINAL else statements.CHANGE, told | again).rowcount
        != 1
    ):
        kind = LeaseLost if holder else LookupError
        raise kind(
            f"intake {intake_id} is not open to {holder or 'anybody'} any more; it can not become {state}"
        )
    if state == "quarantined":
        connection.execute(statements.DROP_RIGHT, {"which": intake_id})


def held_by(engine: sa.Engine, holder: str) -> sa.Engine:
    """The same engine for one who works on files: `move` then lets him change those alone that he holds."""
    return engine.execution_options(intake_holder=holder)


def holder_of(connection: sa.Connection) -> str:
    """Whose name the connection bears; empty: nobody's, who may change any row."""
    return str(connection.get_execution_options().get("intake_holder", ""))


def insist(connection: sa.Connection, intake_id: str) -> None:
    """Raise LeaseLost where the connection bears a holder's name and the file is not, or no longer, his."""
    holder, row = holder_of(connection), get(connection, intake_id)
    if holder and (row is None or row.state in FINAL or row.owner != holder):
        raise LeaseLost(f"intake {intake_id} is not open to {holder} any more")


def events_of(connection: sa.Connection, intake_id: str) -> list[Event]:
    """All that happened to a file, in its order."""
    kept = intake_event.c
    query = sa.select(kept.at, kept.actor, kept.before, kept.state, kept.detail)
    rows = connection.execute(query.where(kept.intake_id == intake_id).order_by(kept.seq))
    return [Event(*row) for row in rows]


def note(connection: sa.Connection, row: Intake, at: datetime, actor: str, detail: str) -> None:
    """Write an event that leaves the file's state as it is."""
    _event(connection, row.id, at, actor, row.state, row.state, detail)


def right_holder(connection: sa.Connection, sha256: str) -> Intake | None:
    """The row that has the right to file these bytes, or has filed them; None: nobody yet."""
    holder = connection.execute(statements.RIGHT, {"sum": sha256}).scalar()
    return None if holder is None else get(connection, holder)


def take_right(connection: sa.Connection, sha256: str, intake_id: str) -> None:
    """Take the right to file these bytes; raises IntegrityError where somebody has it already."""
    connection.execute(statements.TAKE_RIGHT, {"sha256": sha256, "intake_id": intake_id})


def get(connection: sa.Connection, intake_id: str) -> Intake | None:
    """The row with that id, or None."""
    row = connection.execute(statements.ONE, {"which": intake_id}).mappings().first()
    return Intake(**row) if row is not None else None


def unfinished(connection: sa.Connection) -> list[Intake]:
    """Every file that is in no final state, oldest first."""
    query = sa.select(intake).where(intake.c.turn.is_not(None)).order_by(intake.c.since)
    return [Intake(**row) for row in connection.execute(query).mappings()]


def came_from(connection: sa.Connection, origin: str, sha256: str) -> Intake | None:
    """The row of this very file, unchanged, if a crash kept it in the inbox after it was copied."""
    query = sa.select(intake).where(intake.c.sha256 == sha256, intake.c.origin == _storable(origin))
    row = connection.execute(query).mappings().first()
    return Intake(**row) if row is not None else None


def parts_of(connection: sa.Connection, intake_id: str) -> list[Intake]:
    """The rows of what was cut out of that file, in the order of its pages."""
    query = sa.select(intake).where(intake.c.part_of == intake_id).order_by(intake.c.first_page)
    return [Intake(**row) for row in connection.execute(query).mappings()]


def listing(connection: sa.Connection, states: tuple[State, ...] = ()) -> list[Intake]:
    """Every file ever taken in, oldest first, or those in one of the states."""
    query = sa.select(intake).order_by(intake.c.since)
    if states:
        query = query.where(intake.c.state.in_(states))
    return [Intake(**row) for row in connection.execute(query).mappings()]


def _event(
    connection: sa.Connection,
    intake_id: str,
    at: datetime,
    actor: str,
    before: str,
    state: State,
    detail: str,
) -> None:
    told = {"actor": actor, "before": before, "state": state, "detail": detail}
    connection.execute(statements.NOTE, {"intake_id": intake_id, "at": stamp(at), **told})


def _storable(text: str) -> str:
    """File names may hold bytes that are no UTF-8 (lone surrogates here); databases refuse those."""
    return text.encode("utf-8", "backslashreplace").decode("utf-8")
