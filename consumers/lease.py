"""Leases: who works on which file that waits, proven by a heartbeat.

A file in no final state has a turn. It belongs to nobody, or to an owner who renews his lease as long as he lives.
Whoever takes one does so in a single statement, so that no two ever hold the same. A lease that its owner does not
renew is given up by others (`Others`), and the file waits again.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import sqlalchemy as sa

from consumers.intake import Intake, intake, note, stamp

_LONGEST_PAUSE = timedelta(hours=1)
"""Nothing is put off for longer: a next try that lies further ahead was written before the clock was set back."""
_PAGE = timedelta(seconds=2)
"""So much later it is the turn of a file for each page that it has: a single page goes before a batch of five hundred,
and the batch does not wait for ever while single pages keep coming."""


def turn_of(at: datetime, pages: int) -> int:
    """When it is a file's turn that came in then: a number to sort by, in milliseconds."""
    return int((at + pages * _PAGE).timestamp() * 1000)


def line_up(connection: sa.Connection, intake_id: str, until: datetime, turn: int) -> None:
    """Say of a file that was just entered whose turn it is when, and until when its owner has it, if there is one."""
    runs_until = sa.case((intake.c.owner == "", ""), else_=stamp(until))
    connection.execute(
        intake.update().where(intake.c.id == intake_id).values(turn=turn, lease_until=runs_until)
    )


def take(
    connection: sa.Connection, owner: str, *, at: datetime, until: datetime, intake_id: str = ""
) -> Intake | None:
    """The file whose turn it is, or the one with that id, from now on the owner's; None where none waits.

    One statement: on SQLite writers come one after the other anyway, on PostgreSQL rows that somebody is just taking
    are passed over.
    """
    free = [*_waiting(at), intake.c.owner == ""]
    if intake_id:
        free = [intake.c.turn.is_not(None), intake.c.owner.in_(("", owner)), intake.c.id == intake_id]
    first = sa.select(intake.c.id).where(*free).order_by(intake.c.turn).limit(1)
    chosen = first.with_for_update(skip_locked=True).scalar_subquery()
    leased = {"owner": owner, "lease_until": stamp(until)}
    taken = intake.update().where(intake.c.id == chosen).values(leased).returning(intake)
    row = connection.execute(taken).mappings().first()
    return Intake(**row) if row is not None else None


def renew(connection: sa.Connection, owner: str, until: datetime) -> int:
    """The heartbeat: every lease of this owner runs until then; gives back how many he has."""
    held = (intake.c.turn.is_not(None), intake.c.owner == owner)
    return connection.execute(intake.update().where(*held).values(lease_until=stamp(until))).rowcount


def give_back(connection: sa.Connection, owner: str, ids: Collection[str]) -> None:
    """Let go of these files, which then wait for whoever takes them."""
    held = (intake.c.turn.is_not(None), intake.c.owner == owner, intake.c.id.in_(list(ids)))
    connection.execute(intake.update().where(*held).values(owner="", lease_until=""))


def put_off(connection: sa.Connection, intake_id: str, owner: str, until: datetime) -> None:
    """Let go of a file that nobody is to take before then."""
    held = (intake.c.turn.is_not(None), intake.c.owner == owner, intake.c.id == intake_id)
    freed = {"owner": "", "lease_until": "", "next_try": stamp(until)}
    connection.execute(intake.update().where(*held).values(freed))


def waiting(connection: sa.Connection) -> int:
    """How many files nobody works on."""
    free = (intake.c.turn.is_not(None), intake.c.owner == "")
    return int(connection.execute(sa.select(sa.func.count()).select_from(intake).where(*free)).scalar_one())


def next_ids(connection: sa.Connection, at: datetime, most: int) -> list[tuple[str, str]]:
    """Ids and states of the files that nobody works on and that could be taken now, the next one first."""
    query = sa.select(intake.c.id, intake.c.state).where(*_waiting(at), intake.c.owner == "")
    return [(row.id, row.state) for row in connection.execute(query.order_by(intake.c.turn).limit(most))]


@dataclass
class Others:
    """What this process has seen of the leases of others.

    A clock that jumps would end every lease at once. So one that has run out by the clock is given up only when it was
    seen unchanged for `patience` seconds of this process' own monotonic clock: a living owner renews it meanwhile.
    """

    owner: str
    patience: float
    _seen: dict[str, tuple[str, str, float]] = field(default_factory=dict)

    def bring_back(
        self, connection: sa.Connection, is_alive: Callable[[str], bool], at: datetime, monotonic: float
    ) -> list[Intake]:
        """Free the files whose owner is known to be dead, or has not renewed his lease; gives them back."""
        lost = list(self._lost(connection, is_alive, at, monotonic))
        for row in lost:
            same = (
                intake.c.id == row.id,
                intake.c.owner == row.owner,
                intake.c.lease_until == row.lease_until,
            )
            freed = {"owner": "", "lease_until": "", "deaths": intake.c.deaths + 1}
            if connection.execute(intake.update().where(*same).values(freed)).rowcount == 1:
                note(connection, row, at, self.owner, f"given up by {row.owner}, who has ended or hangs")
        return lost

    def _lost(
        self, connection: sa.Connection, is_alive: Callable[[str], bool], at: datetime, monotonic: float
    ) -> Iterator[Intake]:
        query = sa.select(intake).where(intake.c.turn.is_not(None), intake.c.owner.not_in(("", self.owner)))
        rows = [Intake(**row) for row in connection.execute(query).mappings()]
        alive = {owner: is_alive(owner) for owner in {row.owner for row in rows}}
        before, self._seen = self._seen, {}
        for row in rows:
            known = before.get(row.id)
            if known is None or known[:2] != (row.owner, row.lease_until):
                known = (row.owner, row.lease_until, monotonic)
            self._seen[row.id] = known
            silent = row.lease_until < stamp(at) and monotonic - known[2] >= self.patience
            if not alive[row.owner] or silent:
                yield row


def _waiting(at: datetime) -> tuple[sa.ColumnElement[bool], ...]:
    due = intake.c.next_try <= stamp(at)
    misdated = intake.c.next_try > stamp(at + _LONGEST_PAUSE)
    return (intake.c.turn.is_not(None), sa.or_(due, misdated))
