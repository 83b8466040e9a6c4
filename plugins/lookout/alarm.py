"""The alarm: looks again and again, and tells of trouble once, again after a time, and when it is over.

What was told stands in our database, so that of several watchers one tells. Nothing that goes wrong here touches the
intake: it has a thread of its own and no part in any file.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from types import TracebackType
from typing import Self

import sqlalchemy as sa

from consumers.intake import stamp
from plugins.logs import log
from plugins.lookout.check import Check
from plugins.lookout.message import Message
from plugins.lookout.telling import Untold, tell
from plugins.lookout.trouble import Kept, Patience, Word, decide
from plugins.settings import Settings

EVERY = 15.0
_TAKEN_FOR = timedelta(minutes=2)
"""So long nobody else tells of what somebody has begun to tell of: he may have died over it, or nobody listens."""

metadata = sa.MetaData()

alarm = sa.Table(
    "alarm",
    metadata,
    sa.Column("trouble", sa.String(32), primary_key=True),
    sa.Column("since", sa.String(32), nullable=False),
    sa.Column("told", sa.String(32), nullable=False),
    sa.Column("taken", sa.String(32), nullable=False),
    sa.Column("number", sa.BigInteger, nullable=False),
)


@dataclass(frozen=True)
class Findings:
    """Every check, and how many files are set aside (None: that can not be seen)."""

    checks: list[Check]
    set_aside: int | None = None


class Alarm:
    """Tells of what `examine` finds failing. A context manager: looks every `EVERY` seconds until it is left."""

    def __init__(
        self,
        settings: Settings,
        engine: sa.Engine,
        clock: Callable[[], datetime],
        examine: Callable[[], Findings],
        send: Callable[[Settings, Message], None] = tell,
    ) -> None:
        self._settings, self._engine, self._clock = settings, engine, clock
        self._examine, self._send = examine, send
        self._patience = Patience(
            timedelta(minutes=settings.alarm_away_minutes), timedelta(minutes=settings.alarm_again_minutes)
        )
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._go_on, name="alarm", daemon=True)

    def __enter__(self) -> Self:
        if self._settings.alarm_url or self._settings.alarm_mail_to:
            self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        # Not waited for: a mail server may be slow, and nothing is lost by leaving it.
        self._ended.set()

    def look(self) -> None:
        """Look once, and tell what is to be told."""
        found = self._examine()
        for check in found.checks:
            if check.name == "database" and not check.ok:
                # What was told can not be known now; /healthz and the log tell of it.
                return
            self._see_to(check, found.set_aside or 0)

    def _go_on(self) -> None:
        while not self._ended.wait(EVERY):
            try:
                self.look()
            except Exception as error:  # noqa: BLE001 - the door of the alarm: the intake goes on, and so does this
                log().error("the alarm does not work", exc_info=error)

    def _see_to(self, check: Check, number: int) -> None:
        now = self._clock()
        with self._engine.execution_options(only_reads=True).begin() as connection:
            row = connection.execute(sa.select(alarm).where(alarm.c.trouble == check.name)).mappings().first()
        kept = _kept(row) if row is not None else None
        word = decide(check, kept, number, now, self._patience)
        if word is not None:
            self._tell(word, check, kept, number, now)
        elif check.ok and row is not None:
            with self._engine.begin() as connection:
                connection.execute(alarm.delete().where(alarm.c.trouble == check.name, alarm.c.told == ""))
        elif not check.ok and row is None:
            self._note(check.name, now)

    def _tell(self, word: Word, check: Check, kept: Kept | None, number: int, now: datetime) -> None:
        if kept is None:
            self._note(check.name, now)
        if not self._take(check.name, kept, now):
            return
        since = kept.since if kept is not None else now
        message = Message(
            word, check.name, check.detail, check.remedy, since, now, self._settings.organisation
        )
        try:
            self._send(self._settings, message)
        except Untold as error:
            # It stays taken, and is tried again once that has run out.
            log().error("nobody could be told", code=check.name, reason=error)
            return
        log().warning("told", code=check.name, word=word)
        with self._engine.begin() as connection:
            mine = alarm.c.trouble == check.name
            if word == "over":
                connection.execute(alarm.delete().where(mine))
            else:
                connection.execute(
                    alarm.update().where(mine).values(told=stamp(now), taken="", number=number)
                )

    def _note(self, trouble: str, now: datetime) -> None:
        row = {"trouble": trouble, "since": stamp(now), "told": "", "taken": "", "number": 0}
        try:
            with self._engine.begin() as connection:
                connection.execute(alarm.insert().values(row))
        except sa.exc.IntegrityError:
            return  # another one has just seen it too

    def _take(self, trouble: str, kept: Kept | None, now: datetime) -> bool:
        """Whether it is this process that tells: of several that see the same, one changes the row."""
        told = stamp(kept.told) if kept is not None and kept.told is not None else ""
        free = sa.or_(
            alarm.c.taken == "", alarm.c.taken < stamp(now - _TAKEN_FOR), alarm.c.taken > stamp(now)
        )
        mine = alarm.update().where(alarm.c.trouble == trouble, alarm.c.told == told, free)
        with self._engine.begin() as connection:
            return connection.execute(mine.values(taken=stamp(now))).rowcount == 1


def _kept(row: sa.RowMapping) -> Kept:
    told = datetime.fromisoformat(row["told"]) if row["told"] else None
    return Kept(datetime.fromisoformat(row["since"]), told, row["number"])
