"""How the queue stands: everything that figures, health and alarms take from the table of truth, in one look."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import get_args

import sqlalchemy as sa

from consumers.intake import State, intake, intake_event, stamp
from plugins.logs import log
from plugins.lookout.presence import Present, present
from plugins.lookout.stages import Stage, sums

AGES = (1.0, 10.0, 60.0, 180.0, 600.0, 1800.0, 3600.0, 14_400.0, 86_400.0)
"""Seconds up to which files that are not finished are counted together, by how long they are here."""
STATES: tuple[str, ...] = get_args(State)
_CODE = re.compile(r"([a-z][a-z-]{1,38}):")
_LOST = "lost"


@dataclass(frozen=True)
class QueueState:
    """One look at the table.

    `files` counts every file ever taken in by its state, `set_aside` the refused ones by their code. `waiting` are
    those that nobody works on, `leased` the others that are not finished; `oldest` is for how many seconds the one that
    has come first of both is here, 0.0 where there is none; `ages` counts, for each of `AGES`, those that are here no longer,
    and at last all of them.
    """

    files: Mapping[str, int]
    set_aside: Mapping[str, int]
    waiting: int
    leased: int
    oldest: float
    stages: tuple[Stage, ...]
    present: tuple[Present, ...]
    ages: tuple[int, ...] = (0,) * (len(AGES) + 1)

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
        oldest, ages = _ages(connection, now)
        return QueueState(
            files,
            _codes(connection),
            waiting,
            leased,
            oldest,
            tuple(sums(connection)),
            tuple(present(connection, now)),
            ages,
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


def _ages(connection: sa.Connection, now: datetime) -> tuple[float, tuple[int, ...]]:
    """The seconds since the oldest came, how many came within each of `AGES`, and all, by the first event of each: what is tried
    again bears the time of its last try.

    The events are asked for file by file, so that only those of files that are not finished are touched.
    """
    event = sa.select(sa.func.min(intake_event.c.at)).where(intake_event.c.intake_id == intake.c.id)
    first = event.correlate(intake).scalar_subquery().label("came")
    each = sa.select(first).where(intake.c.turn.is_not(None)).subquery()
    counts = (
        sa.func.sum(sa.case((each.c.came >= stamp(now - timedelta(seconds=age)), 1), else_=0)) for age in AGES
    )
    query = sa.select(sa.func.min(each.c.came), *counts, sa.func.count())
    oldest, *found = connection.execute(query).one()
    since = max(0.0, (now - datetime.fromisoformat(oldest)).total_seconds()) if oldest else 0.0
    return since, tuple(int(number or 0) for number in found)
