"""The queue of documents that are asked for: each stands in it once, is taken by one sweep at a time, and has an end.

`waiting` -> `taken` -> `done`, `refused` (it must not be filed) or `failed` (it could not be done); what is asked for
while it is taken waits again afterwards. A taken one whose lease has run out may be taken by another sweep.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Literal

import sqlalchemy as sa

from plugins.sweeping.tables import swept

State = Literal["waiting", "taken", "done", "refused", "failed"]
By = Literal["sweep", "webhook", "post-consume", "tag"]

MOST_TRIES, MOST_ROUNDS = 3, 5
"""A document that fails so often is given up; one that is asked for by its tag so often in a day is in a loop."""
LEASE = timedelta(minutes=10)


@dataclass(frozen=True)
class Asked:
    """A document that was taken: the try that this is, counted from 1, and how often its tag has asked for it today."""

    dms_id: str
    asked_by: By
    tries: int
    rounds: int


@dataclass(frozen=True)
class End:
    """How a document ended that was taken in a mode: `waiting` where it is to be tried again after a `pause`; `reason` is
    for people, empty where all is well."""

    state: State
    mode: str = ""
    reason: str = ""
    sha256: str = ""
    pause: timedelta = timedelta(0)


def stamp(at: datetime) -> str:
    """A time as it is kept here: UTC, ISO 8601."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def ask(connection: sa.Connection, ids: Iterable[str], by: By, at: datetime, mode: str = "") -> int:
    """Put these documents into the queue; how many of them wait now that did not before.

    A sweep (`by`) passes over those that came to an end in its `mode`; one asked for by its tag in a loop stays as it is.
    """
    added = 0
    for dms_id in ids:
        row = connection.execute(sa.select(swept).where(swept.c.dms_id == dms_id)).mappings().first()
        if row is None:
            connection.execute(swept.insert().values(**_new(dms_id, by, at)))
            added += 1
        elif row["state"] == "taken":
            if by != "sweep":
                connection.execute(swept.update().where(swept.c.dms_id == dms_id).values(again=True))
        elif _again(row, by, at.date(), mode):
            values = {"state": "waiting", "asked_by": by, "tries": 0, "since": stamp(at), "reason": ""}
            connection.execute(swept.update().where(swept.c.dms_id == dms_id).values(**values))
            added += 1
    return added


def take(connection: sa.Connection, owner: str, at: datetime) -> Asked | None:
    """The document that has waited longest, taken for `owner`; None where none waits."""
    ready = _ready(at)
    query = sa.select(swept.c.dms_id).where(ready).order_by(swept.c.since, swept.c.dms_id)
    while dms_id := connection.execute(query.limit(1)).scalar():
        values = {"state": "taken", "taken_by": owner, "until": stamp(at + LEASE), "again": False}
        mine = swept.update().where((swept.c.dms_id == dms_id) & ready)
        if connection.execute(mine.values(tries=swept.c.tries + 1, **values)).rowcount == 1:
            row = connection.execute(sa.select(swept).where(swept.c.dms_id == dms_id)).mappings().one()
            rounds = row["rounds"] if row["rounds_on"] == at.date().isoformat() else 0
            return Asked(dms_id, row["asked_by"], row["tries"], rounds)
    return None


def waits(connection: sa.Connection, at: datetime) -> bool:
    """Whether a document could be taken."""
    return connection.execute(sa.select(swept.c.dms_id).where(_ready(at)).limit(1)).scalar() is not None


def count_round(connection: sa.Connection, dms_id: str, rounds: int, at: datetime) -> None:
    """Write down how often the tag has asked for it today."""
    values = {"rounds": rounds, "rounds_on": at.date().isoformat()}
    connection.execute(swept.update().where(swept.c.dms_id == dms_id).values(**values))


def end(connection: sa.Connection, dms_id: str, owner: str, at: datetime, how: End) -> None:
    """Write down how it ended for `owner`. What was asked for meanwhile waits again. Nothing happens where somebody else
    has taken it by now."""
    mine = (swept.c.dms_id == dms_id) & (swept.c.taken_by == owner) & (swept.c.state == "taken")
    row = connection.execute(sa.select(swept).where(mine)).mappings().first()
    if row is None:
        return
    again = row["again"] and how.state != "failed"
    values = {
        "state": "waiting" if again else how.state,
        "taken_by": "",
        "until": stamp(at + how.pause),
        "since": stamp(at),
        "mode": how.mode,
        "reason": how.reason,
        "tries": 0 if again or how.state == "done" else row["tries"],
        "asked_by": "webhook" if again else row["asked_by"],
        "sha256": how.sha256 or row["sha256"],
    }
    connection.execute(swept.update().where(mine).values(**values))


def untake(connection: sa.Connection, dms_id: str, owner: str, at: datetime) -> None:
    """Give back what was taken as if it had not been: nothing was done, and it is nobody's fault."""
    mine = (swept.c.dms_id == dms_id) & (swept.c.taken_by == owner) & (swept.c.state == "taken")
    values = {"state": "waiting", "taken_by": "", "until": stamp(at), "tries": swept.c.tries - 1}
    connection.execute(swept.update().where(mine).values(**values))


def state_of(connection: sa.Connection, dms_id: str) -> tuple[State, str] | None:
    """How far a document has come, and why it did not come further; None: it was never asked for."""
    query = sa.select(swept.c.state, swept.c.reason).where(swept.c.dms_id == dms_id)
    row = connection.execute(query).one_or_none()
    return None if row is None else (row.state, row.reason)


def _ready(at: datetime) -> sa.ColumnElement[bool]:
    return swept.c.state.in_(["waiting", "taken"]) & (swept.c.until <= stamp(at))


def _new(dms_id: str, by: By, at: datetime) -> dict[str, object]:
    return {
        "dms_id": dms_id,
        "state": "waiting",
        "mode": "",
        "asked_by": by,
        "again": False,
        "tries": 0,
        "rounds": 0,
        "rounds_on": "",
        "taken_by": "",
        "until": "",
        "since": stamp(at),
        "sha256": "",
        "reason": "",
    }


def _again(row: sa.RowMapping, by: By, today: date, mode: str) -> bool:
    if row["state"] == "waiting":
        return False
    if row["state"] == "failed" and row["rounds"] >= MOST_ROUNDS and row["rounds_on"] == today.isoformat():
        return False
    if by == "sweep":
        return bool(row["state"] == "done" and row["mode"] != mode)
    # What has failed is taken up again when a person asks for it, not when something is changed on it.
    return by == "tag" or row["state"] == "done"
