"""A sweep through the DMS: what is there is asked for, taken one by one at a bearable pace, and watched for more.

Several may run at once: each document is taken by one of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from threading import Event

from plugins import noticing
from plugins.logs import log
from plugins.noticing import Noticed
from plugins.paperless.existing.names import TRIGGER
from plugins.sweeping import asked
from plugins.sweeping.asked import Asked
from plugins.sweeping.outcome import Swept
from plugins.sweeping.pace import Pace
from plugins.sweeping.sweep import Sweep
from retention.errors import DmsError


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
    while not stop.is_set():
        try:
            for noticed in noticing.notice_all(sweep.archive, sweep.existing):
                told(noticed)
            for swept in once(sweep, scope, pace, stop):
                told(swept)
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
    with sweep.archive.engine.begin() as connection:
        by_tag = asked.ask(connection, map(str, tagged), "tag", at)
        return by_tag + asked.ask(connection, map(str, foreign), "sweep", at, sweep.mode)


def _next(sweep: Sweep) -> Asked | None:
    with sweep.archive.engine.begin() as connection:
        return asked.take(connection, sweep.owner, sweep.archive.clock())


def _waits(sweep: Sweep) -> bool:
    with sweep.archive.engine.begin() as connection:
        return asked.waits(connection, sweep.archive.clock())
