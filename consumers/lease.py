"""Leases: who works on which file that waits, proven by a heartbeat.

A file in no final state has a turn. It belongs to nobody, or to an owner who renews his lease as long as he lives.
Whoever takes one does so in a single statement, so that no two ever hold the same. A lease that its owner does not
renew is given up by others (`Others`), and the file waits again.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from consumers.intake import Intake, intake, note, stamp

_LONGEST_PAUSE = timedelta(hours=1)
"""Nothing is put off for longer: a next try that lies further ahead was written before the clock was set back."""
_PAGE = timedelta(seconds=2)
"""So much later it is the turn of a file for each page that it has: a single page goes before a batch of five hundred,
and the batch does not wait for ever while single pages keep coming."""

_SUSPECT = 3
"""From so many deaths on a file rests before it is taken again, each time twice as long: what makes every worker die
that touches anything, a broken installation say, must leave people time to see it."""
_REST, _LONGEST_REST = timedelta(seconds=2.5), timedelta(minutes=5)

# Built once: to build one anew costs more than to execute it, and a writer does that while all others wait.
_UNFINISHED = intake.c.turn.is_not(None)
_TURNS = (
    _UNFINISHED,
    intake.c.owner == "",
    sa.or_(intake.c.next_try <= sa.bindparam("now"), intake.c.next_try > sa.bindparam("misdated")),
)
_MOST = sa.bindparam("most", type_=sa.Integer)
_NEXT = sa.select(intake).where(*_TURNS).order_by(intake.c.turn).limit(_MOST)
# A table of its own: PostgreSQL might else choose, and lock, more than once.
_CHOSEN = (
    sa.select(intake.c.id)
    .where(*_TURNS)
    .order_by(intake.c.turn)
    .limit(_MOST)
    .with_for_update(skip_locked=True)
    .cte("chosen")
    .prefix_with("MATERIALIZED", dialect="postgresql")
)
_LEASED = (
    intake.update().values(owner=sa.bindparam("by"), lease_until=sa.bindparam("until")).returning(intake)
)
_TAKE = _LEASED.where(intake.c.id.in_(sa.select(_CHOSEN.c.id)))
_GIVE_BACK = (
    intake.update()
    .where(
        _UNFINISHED,
        intake.c.owner == sa.bindparam("by"),
        intake.c.id.in_(sa.bindparam("which", expanding=True)),
    )
    .values(owner="", lease_until="")
)
_TAKE_ONE = _LEASED.where(
    _UNFINISHED,
    intake.c.owner.in_([sa.literal_column("''"), sa.bindparam("by")]),
    intake.c.id == sa.bindparam("which"),
)


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
    connection: sa.Connection, owner: str, *, at: datetime, until: datetime, most: int = 1
) -> list[Intake]:
    """The files whose turn it is, up to so many, from now on the owner's.

    One statement: on SQLite writers come one after the other anyway, on PostgreSQL rows that somebody is just taking
    are passed over.
    """
    told = {"by": owner, "until": stamp(until), "most": most, **_moment(at)}
    return _taken(connection.execute(_TAKE, told))


def take_one(connection: sa.Connection, owner: str, intake_id: str, until: datetime) -> Intake | None:
    """That file, from now on the owner's; None where it is somebody else's, or has come to its end."""
    told = {"by": owner, "until": stamp(until), "which": intake_id}
    return next(iter(_taken(connection.execute(_TAKE_ONE, told))), None)


def _taken(rows: sa.CursorResult[Any]) -> list[Intake]:
    return sorted((Intake(**row) for row in rows.mappings()), key=lambda row: (row.turn or 0, row.id))


def renew(connection: sa.Connection, owner: str, until: datetime) -> int:
    """The heartbeat: every lease of this owner runs until then; gives back how many he has."""
    held = (intake.c.turn.is_not(None), intake.c.owner == owner)
    return connection.execute(intake.update().where(*held).values(lease_until=stamp(until))).rowcount


def give_back(connection: sa.Connection, owner: str, ids: Collection[str]) -> None:
    """Let go of these files, which then wait for whoever takes them."""
    connection.execute(_GIVE_BACK, {"by": owner, "which": list(ids)})


def give_back_all_but(connection: sa.Connection, owner: str, ids: Collection[str]) -> None:
    """Let go of everything that this owner does not work on any more, whatever made him forget it."""
    query = sa.select(intake.c.id).where(intake.c.turn.is_not(None), intake.c.owner == owner)
    left = [one for one in connection.execute(query).scalars() if one not in ids]
    if left:
        give_back(connection, owner, left)


def put_off(connection: sa.Connection, intake_id: str, owner: str, until: datetime) -> None:
    """Let go of a file that nobody is to take before then."""
    held = (intake.c.turn.is_not(None), intake.c.owner == owner, intake.c.id == intake_id)
    freed = {"owner": "", "lease_until": "", "next_try": stamp(until)}
    connection.execute(intake.update().where(*held).values(freed))


def waiting(connection: sa.Connection) -> int:
    """How many files nobody works on."""
    free = (intake.c.turn.is_not(None), intake.c.owner == "")
    return int(connection.execute(sa.select(sa.func.count()).select_from(intake).where(*free)).scalar_one())


def next_in_turn(connection: sa.Connection, at: datetime, most: int) -> list[Intake]:
    """The files that nobody works on and that could be taken now, the next one first."""
    rows = connection.execute(_NEXT, {"most": most, **_moment(at)}).mappings()
    return [Intake(**row) for row in rows]


def pages_of(row: Intake) -> int:
    """About how many pages a file has that was entered and not yet read, as its turn tells."""
    entered = turn_of(datetime.fromisoformat(row.since), 0)
    return max(1, round(((row.turn or 0) - entered) / 1000 / _PAGE.total_seconds()))


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
            freed: dict[str, object] = {"owner": "", "lease_until": "", "deaths": row.deaths + 1}
            if row.deaths + 1 >= _SUSPECT:
                freed["next_try"] = stamp(at + min(_LONGEST_REST, _REST * 2**row.deaths))
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


def _moment(at: datetime) -> dict[str, str]:
    return {"now": stamp(at), "misdated": stamp(at + _LONGEST_PAUSE)}
