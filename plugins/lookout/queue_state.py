"""How the queue stands: everything that figures, health and alarms take from the table of truth, in one look."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import get_args

import sqlalchemy as sa

from consumers.intake import State, intake, intake_event
from plugins.logs import log
from plugins.lookout.presence import Present, present
from plugins.lookout.stages import Stage, sums

STATES: tuple[str, ...] = get_args(State)
_CODE = re.compile(r"([a-z][a-z-]{1,38}):")
_LOST = "lost"


@dataclass(frozen=True)
class QueueState:
    """One look at the table.

    `files` counts every file ever taken in by its state, `set_aside` the refused ones by their code. `waiting` are
    those that nobody works on, `leased` the others that are not finished; `oldest` is for how many seconds the one that
    has come first of both is here, 0.0 where there is none.
    """

    files: Mapping[str, int]
    set_aside: Mapping[str, int]
    waiting: int
    leased: int
    oldest: float
    stages: tuple[Stage, ...]
    present: tuple[Present, ...]

    @property
    def watchers(self) -> tuple[Present, ...]:
        """The watchers that live."""
        return tuple(one for one in self.present if one.alive and one.role in ("watch", "line-up"))

    @property
    def workers(self) -> tuple[Present, ...]:
        """Whoever lives and reads: crews, and watchers that do it themselves."""
        return tuple(one for one in self.present if one.alive and one.role != "line-up")

    @property
    def in_folders(self) -> int:
        """How many files stand in the watched folders."""
        return sum(one.sight.waiting for one in self.watchers)

    @property
    def longest(self) -> float:
        """The seconds for which the first of all has waited, in a folder or in the table."""
        return max([self.oldest, *(one.sight.oldest for one in self.watchers)])


def look(engine: sa.Engine, now: datetime) -> QueueState:
    """Look, in a transaction that only reads: nobody who writes waits for it."""
    with engine.execution_options(only_reads=True).begin() as connection:
        counted = connection.execute(sa.select(intake.c.state, sa.func.count()).group_by(intake.c.state))
        files = dict.fromkeys(STATES, 0) | {state: int(number) for state, number in counted}
        waiting, leased = _unfinished(connection)
        return QueueState(
            files,
            _codes(connection),
            waiting,
            leased,
            _oldest(connection, now),
            tuple(sums(connection)),
            tuple(present(connection, now)),
        )


def look_safely(engine: sa.Engine, now: datetime) -> QueueState | None:
    """The same; None where our database does not answer, which the log tells."""
    try:
        return look(engine, now)
    except sa.exc.SQLAlchemyError as error:
        log().warning("our database does not answer", reason=error)
        return None


def code_of(reason: str) -> str:
    """The code with which a reason begins, and nothing else of it: the rest may name somebody."""
    found = _CODE.match(reason)
    return found[1] if found else _LOST


def _unfinished(connection: sa.Connection) -> tuple[int, int]:
    free = sa.func.sum(sa.case((intake.c.owner == "", 1), else_=0))
    query = sa.select(sa.func.count(), free).where(intake.c.turn.is_not(None))
    every, waiting = connection.execute(query).one()
    return int(waiting or 0), int(every) - int(waiting or 0)


def _codes(connection: sa.Connection) -> Counter[str]:
    begins = sa.func.substr(intake.c.reason, 1, 40)
    query = sa.select(begins, sa.func.count()).where(intake.c.state == "quarantined").group_by(begins)
    found: Counter[str] = Counter()
    for reason, number in connection.execute(query):
        found[code_of(reason)] += int(number)
    return found


def _oldest(connection: sa.Connection, now: datetime) -> float:
    """By its first event: what is tried again bears the time of its last try.

    The events are asked for file by file, so that only those of files that are not finished are touched.
    """
    came = sa.select(sa.func.min(intake_event.c.at)).where(intake_event.c.intake_id == intake.c.id)
    query = sa.select(sa.func.min(came.correlate(intake).scalar_subquery())).select_from(intake)
    first = connection.execute(query.where(intake.c.turn.is_not(None))).scalar()
    return max(0.0, (now - datetime.fromisoformat(first)).total_seconds()) if first else 0.0
