"""Who is at work: each watcher and each crew of workers says so in our database, as long as it lives.

A lease tells who has which file; an idle worker has none, and a watcher whose folder is empty neither.
"""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from types import TracebackType
from typing import Literal, Self

import sqlalchemy as sa

from consumers.intake import stamp
from plugins.logs import log

Role = Literal["watch", "line-up", "worker", "celery"]
"""A watcher that reads itself, one that only takes files in, a crew of local workers, a crew of Celery workers."""

_BEATS = 3
_FORGOTTEN = timedelta(days=1)
"""After so long a row whose process died goes; until then it tells that there was one."""

metadata = sa.MetaData()

presence = sa.Table(
    "presence",
    metadata,
    sa.Column("id", sa.String(32), primary_key=True),
    sa.Column("role", sa.String(16), nullable=False),
    sa.Column("host", sa.String(64), nullable=False),
    sa.Column("began", sa.String(32), nullable=False),
    sa.Column("until", sa.String(32), nullable=False),
    sa.Column("processes", sa.Integer, nullable=False),
    sa.Column("waiting", sa.Integer, nullable=False),
    sa.Column("oldest", sa.Float, nullable=False),
)


@dataclass(frozen=True)
class Sight:
    """What one at work tells: his processes, and of a watcher how many files stand in his folder and the seconds for
    which the first of them has stood there unchanged."""

    processes: int
    waiting: int = 0
    oldest: float = 0.0


@dataclass(frozen=True)
class Present:
    """One who has said that he is at work. `alive`: his last word is not too long ago."""

    role: str
    host: str
    alive: bool
    sight: Sight


class Presence:
    """Says from a thread of its own that this process is at work; says so no more once it is left. A context manager."""

    def __init__(
        self,
        engine: sa.Engine,
        clock: Callable[[], datetime],
        who: str,
        role: Role,
        seconds: float,
        sight: Callable[[], Sight],
    ) -> None:
        self._engine, self._clock, self._who, self._role = engine, clock, who, role
        self._seconds, self._sight = seconds, sight
        self._began = stamp(clock())
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._go_on, name="presence", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._ended.set()
        self._thread.join()
        try:
            with self._engine.begin() as connection:
                connection.execute(presence.delete().where(presence.c.id == self._who))
        except sa.exc.DBAPIError as failed:
            log().warning("our database was not told of the end", reason=failed)

    def _go_on(self) -> None:
        while True:
            try:
                self._say()
            except sa.exc.DBAPIError as error:
                log().warning("our database was not told who is at work", reason=error)
            if self._ended.wait(self._seconds / _BEATS):
                return

    def _say(self) -> None:
        now, sight = self._clock(), self._sight()
        values = {
            "role": self._role,
            "host": socket.gethostname()[:64],
            "began": self._began,
            "until": stamp(now + timedelta(seconds=self._seconds)),
            "processes": sight.processes,
            "waiting": sight.waiting,
            "oldest": sight.oldest,
        }
        mine = presence.c.id == self._who
        with self._engine.begin() as connection:
            if connection.execute(presence.update().where(mine).values(values)).rowcount == 0:
                connection.execute(presence.insert().values(id=self._who, **values))
                connection.execute(presence.delete().where(presence.c.until < stamp(now - _FORGOTTEN)))


def present(connection: sa.Connection, now: datetime) -> list[Present]:
    """Everybody who has said that he is at work and not that he ends, the dead of the last day with them."""
    rows = connection.execute(sa.select(presence).order_by(presence.c.began)).mappings()
    return [
        Present(
            row["role"],
            row["host"],
            row["until"] >= stamp(now),
            Sight(row["processes"], row["waiting"], row["oldest"]),
        )
        for row in rows
    ]
