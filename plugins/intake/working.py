"""A worker: a process that takes work from the intake table until it is told to stop.

Any number of them may run beside each other, on any machine that shares our database and DOSSIER_HOME. Each has one
reading process, so that a page on which that dies costs the worker nothing.
"""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Callable

import sqlalchemy as sa

from consumers.inbox.owner import Owner
from consumers.pool import ReadingPool
from plugins.intake.heartbeat import Heartbeat
from plugins.intake.intaking import Intaking
from plugins.intake.outcome import Outcome
from plugins.logs import log, set_up
from plugins.rereading.readers_asked_for import bounds_of, readers_of
from plugins.settings import Settings
from plugins.wiring import Archive, open_archive

IN_HAND, FEW = 3, 1
"""One file that is read, one that is filed, one that comes next; more are taken once so few are left, two at a time: each
time is a wait for the disk. Where few wait they are taken one by one, so that all workers are done at about the same time."""
_LONG = 5.0
"""Seconds after which a worker that is at a long file takes another one though few wait: its pages take turns with the others'."""
_LOOK = 0.25
"""Seconds between two looks of a worker that has nothing to do; a look only reads, and keeps nobody waiting."""
_PAUSE = 5.0
"""Seconds until our database is asked again when it did not answer."""


def work(settings: Settings, reader: str, parent: int) -> None:
    """Be a worker; ends on SIGTERM or SIGINT once what is in hand is finished, and when process `parent` has gone."""
    # Whoever starts this may have set up nothing in this process yet.
    os.umask(0o077)
    set_up(settings.log_format)
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_told: stop.set())
    with (
        open_archive(settings) as archive,
        ReadingPool(readers_of(settings, reader), bounds_of(settings), 1) as pool,
        Owner(settings.home / "run") as owner,
        Heartbeat(archive, owner.id),
    ):
        log().info("working", worker=owner.id)
        work_until(stop, archive, pool, owner, lambda: os.getppid() != parent)
        log().info("stopped", worker=owner.id)


def work_until(
    stop: threading.Event,
    archive: Archive,
    pool: ReadingPool,
    owner: Owner,
    is_orphan: Callable[[], bool] = lambda: False,
    told: Callable[[Outcome], None] = lambda _outcome: None,
) -> None:
    """Take work and do it until `stop` is set; what is in hand then is finished, what waits for the DMS given back."""
    intaking = Intaking(archive, pool, owner, told)
    settings = archive.settings
    looked, took = -settings.lease_seconds, time.monotonic()
    while not stop.is_set() or intaking.in_hand > intaking.stuck:
        try:
            if is_orphan():
                stop.set()
            if not stop.is_set():
                if time.monotonic() - looked >= settings.lease_seconds / 2:
                    looked = time.monotonic()
                    intaking.recover(0)
                    intaking.publish()
                at_work = intaking.in_hand - intaking.stuck
                if at_work <= FEW and intaking.take_share(
                    IN_HAND, spare=at_work > 0 and time.monotonic() - took < _LONG
                ):
                    took = time.monotonic()
            _go_on(stop, intaking, settings.poll_seconds)
        except sa.exc.OperationalError as error:
            log().error("our database does not answer; trying again", reason=str(error.orig))
            stop.wait(_PAUSE)
    intaking.give_back()


def _go_on(stop: threading.Event, intaking: Intaking, idle: float) -> None:
    """Finish what was read; where nothing is in hand, wait for the next look."""
    if intaking.in_hand > intaking.stuck:
        intaking.work(0.5, FEW)
        return
    intaking.work(0.0)
    if not stop.is_set():
        stop.wait(min(idle, _LOOK))
