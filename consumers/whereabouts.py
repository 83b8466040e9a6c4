"""Whereabouts: rows of the intake table found by name, checksum, id, day, state or reason; put back, or closed for good.

Only what was set aside is ever put back or discarded: what is on its way, and what is filed, stays as it is.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from consumers.intake import Intake, stamp
from consumers.intake_tables import State, intake, intake_event

_LEAST = 4
"""So many characters of an id or checksum tell one file from another well enough to ask for it."""


@dataclass(frozen=True)
class Asked:
    """What is asked for; empty: everything. `words` is an id or checksum, or the first characters of one, or a part of
    the name. Something happened to the file at `since` or later, and before `until`. `code` is the one of its refusal.
    """

    words: str = ""
    name: str = ""
    sha256: str = ""
    since: datetime | None = None
    until: datetime | None = None
    states: tuple[str, ...] = ()
    code: str = ""


def find(connection: sa.Connection, asked: Asked) -> list[Intake]:
    """The rows that were asked for, oldest first."""
    query = sa.select(intake).order_by(intake.c.since)
    if asked.words:
        query = query.where(sa.or_(*_called(asked.words)))
    if asked.name:
        query = query.where(_contains(asked.name))
    if asked.sha256:
        query = query.where(intake.c.sha256.startswith(asked.sha256.lower(), autoescape=True))
    if asked.states:
        query = query.where(intake.c.state.in_(asked.states))
    if asked.code:
        query = query.where(intake.c.reason.startswith(f"{asked.code}:", autoescape=True))
    if asked.since is not None or asked.until is not None:
        then = sa.select(intake_event.c.intake_id)
        if asked.since is not None:
            then = then.where(intake_event.c.at >= stamp(asked.since))
        if asked.until is not None:
            then = then.where(intake_event.c.at < stamp(asked.until))
        query = query.where(intake.c.id.in_(then))
    return [Intake(**row) for row in connection.execute(query).mappings()]


def put_back(
    connection: sa.Connection,
    row: Intake,
    owner: str,
    until: datetime,
    *,
    at: datetime,
    actor: str,
    turn: int,
) -> bool:
    """Open a file again that was set aside, under a lease of that owner; False where it is not set aside any more."""
    anew = {"state": "claimed", "attempts": 0, "deaths": 0, "next_try": "", "reason": "", "since": stamp(at)}
    held = {"owner": owner, "lease_until": stamp(until), "turn": turn}
    return _left(connection, row, "claimed", anew | held, at, actor, "put back")


def discard(connection: sa.Connection, row: Intake, *, at: datetime, actor: str, reason: str) -> bool:
    """Close a file for good that was set aside; False where it is not set aside any more."""
    return _left(
        connection,
        row,
        "discarded",
        {"state": "discarded", "since": stamp(at), "reason": reason},
        at,
        actor,
        reason,
    )


def _left(
    connection: sa.Connection,
    row: Intake,
    state: State,
    values: dict[str, object],
    at: datetime,
    actor: str,
    why: str,
) -> bool:
    """Leave the state in which people decide; whoever comes second finds it left."""
    aside = (intake.c.id == row.id, intake.c.state == "quarantined")
    if connection.execute(intake.update().where(*aside).values(values)).rowcount != 1:
        return False
    told = {
        "intake_id": row.id,
        "at": stamp(at),
        "actor": actor,
        "before": row.state,
        "state": state,
        "detail": why,
    }
    connection.execute(intake_event.insert().values(told))
    return True


def _called(words: str) -> list[sa.ColumnElement[bool]]:
    found = [_contains(words)]
    if len(words) >= _LEAST:
        found += [
            column.startswith(words.lower(), autoescape=True) for column in (intake.c.id, intake.c.sha256)
        ]
    return found


def _contains(words: str) -> sa.ColumnElement[bool]:
    return intake.c.name.icontains(words, autoescape=True)
