"""A sweep through the DMS: what is there is asked for, taken one by one at a bearable pace, and watched for more.

Several may run at once: each document is taken by one of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from threading import Event

from plugins.logs import log
from plugins.paperless.existing.names import TRIGGER
from plugins.sweeping import asked
from plugins.sweeping.asked import Asked
from plugins.sweeping.outcome import Swept
from plugins.sweeping.pace import Pace
from plugins.sweeping.sweep import Sweep
from plugins.teaching import noticing
from plugins.teaching.noticing import Noticed
from retention.errors import DmsError

_AT_ONCE = 500
"""Documents put into the queue in one transaction: others want to write too."""
_WHOLE, _LATELY = timedelta(hours=1), timedelta(days=2)


@dataclass(frozen=True)
class Scope:
    """Which documents: at most `limit` (None: all), those added on `since` or later."""

    limit: int | None = None
    since: date | None = None


def dry_run(sweep: Sweep, scope: Scope, pace: Pace) -> Iterator[Swept]:
    """What would be done with each document; nothing is written."""
    waiting = dict.fromkeys([*sweep.existing.bearing(TRIGGER), *sweep.existing.foreign(scope.since)])
    for number in list(waiting)[: scope.limit]:
        pace.wait()
        yield sweep.look(number)


def once(sweep: Sweep, scope: Scope, pace: Pace, stop: Event) -> Iterator[Swept]:
    """Every document without our card, every one that asks by its tag, and all that was asked for at the door; until
    none waits any more, `limit` are done or `stop` is set. Raises DmsUnavailable where the DMS does not answer."""
    done = 0
    ask_for_all(sweep, scope.since)
    while not stop.is_set() and (scope.limit is None or done < scope.limit):
        one = _next(sweep)
        if one is None:
            return
        pace.wait()
        yield sweep.one(one)
        done += 1


def watch(
    sweep: Sweep,
    scope: Scope,
    pace: Pace,
    stop: Event,
    every: float,
    told: Callable[[Swept | Noticed], None],
) -> None:
    """The same again and again, every so many seconds, until `stop` is set; the DMS may be away for a while. What is
    put into the queue meanwhile is done at once."""
    whole_at = sweep.archive.clock()
    while not stop.is_set():
        now = sweep.archive.clock()
        # The ids of a whole archive are asked for once an hour; in between, those of what has come in lately.
        lately = scope if now >= whole_at else replace(scope, since=_later(scope.since, now.date() - _LATELY))
        try:
            for noticed in noticing.notice_all(sweep.archive, sweep.existing):
                told(noticed)
            for swept in once(sweep, lately, pace, stop):
                told(swept)
            whole_at = now + _WHOLE if lately is scope else whole_at
        except DmsError as error:
            log().warning("the DMS is away", why=str(error))
        waited = 0.0
        while waited < every and not stop.wait(min(1.0, every)):
            waited += 1.0
            if _waits(sweep):
                break


def ask_for_all(sweep: Sweep, since: date | None) -> int:
    """Put into the queue what is there and has not come to an end; how many that were."""
    at, existing = sweep.archive.clock(), sweep.existing
    existing.names(anew=True)
    tagged, foreign = existing.bearing(TRIGGER), existing.foreign(since)
    added = 0
    queues: tuple[tuple[asked.By, list[int]], ...] = (("tag", tagged), ("sweep", foreign))
    for by, numbers in queues:
        for first in range(0, len(numbers), _AT_ONCE):
            some = map(str, numbers[first : first + _AT_ONCE])
            with sweep.archive.engine.begin() as connection:
                added += asked.ask(connection, some, by, at, sweep.mode)
    return added


def _later(one: date | None, other: date) -> date:
    return other if one is None else max(one, other)


def _next(sweep: Sweep) -> Asked | None:
    with sweep.archive.engine.begin() as connection:
        return asked.take(connection, sweep.owner, sweep.archive.clock())


def _waits(sweep: Sweep) -> bool:
    with sweep.archive.engine.begin() as connection:
        return asked.waits(connection, sweep.archive.clock())
