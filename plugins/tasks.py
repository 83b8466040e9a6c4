"""Celery tasks: read one file, file one file. Each takes the id of a row, and is harmless when run twice.

The handlers are those of every other worker (`plugins.intake.intaking`). A task that finds that somebody else has the file, or
that it has come to its end, does nothing.
"""

from __future__ import annotations

import contextlib
import logging
import multiprocessing
import multiprocessing.process
import os
import warnings
from dataclasses import dataclass
from functools import partial

import sqlalchemy as sa
from celery import Celery, signals
from celery.exceptions import SoftTimeLimitExceeded
from celery.platforms import SecurityWarning
from celery.worker import state

from consumers.inbox.owner import Owner
from consumers.pool import ReadingPool
from plugins.intake.broker import FILING, READING, Announcer, make_app
from plugins.intake.heartbeat import Heartbeat
from plugins.intake.intaking import Intaking
from plugins.intake.outcome import Outcome
from plugins.logs import log, set_up
from plugins.rereading.readers_asked_for import bounds_of, readers_of
from plugins.settings import Settings
from plugins.wiring import open_archive


@dataclass
class _Bench:
    """What one process of a worker works with, as long as it lives."""

    reading: Intaking
    filing: Intaking
    left: contextlib.ExitStack


class Worker:
    """A Celery worker for one of the queues. Each of its processes opens the archive when its first task comes."""

    def __init__(self, settings: Settings, reader: str = "") -> None:
        self._settings = settings
        self._reader = reader
        self._bench: _Bench | None = None
        self.app: Celery = make_app(settings)
        for queue, task in ((READING, self.read), (FILING, self.file)):
            self.app.task(name=f"{queue}.one", acks_late=True, ignore_result=True)(task)

    def run(self, queue: str, count: int) -> None:
        """Work on that queue with so many processes, until SIGTERM or SIGINT; what is in hand is finished first."""
        # Whether it runs as root is seen to by whoever installs it; the container has nobody else.
        warnings.simplefilter("ignore", SecurityWarning)
        signals.worker_process_init.connect(
            partial(_be_a_parent, multiprocessing.current_process(), self._settings.log_format), weak=False
        )
        set_up(self._settings.log_format)
        # Where somebody answers this, Celery leaves the log as it is.
        signals.setup_logging.connect(_leave_the_log, weak=False)
        signals.worker_process_shutdown.connect(self._leave, weak=False)
        words = ["--queues", queue, "--concurrency", str(count), "--pool", "prefork", "--loglevel", "WARNING"]
        logging.getLogger("celery").addHandler(_EndsTheWorker(logging.CRITICAL))
        name = f"{queue}-{os.getpid()}@%h"
        self.app.worker_main(
            [
                "worker",
                "--hostname",
                name,
                "--without-gossip",
                "--without-mingle",
                "--without-heartbeat",
                *words,
            ]
        )

    def read(self, intake_id: str) -> None:
        """Read the file with that id, keep its text beside it, and tell who files it."""
        self._work(self._open().reading, intake_id)

    def file(self, intake_id: str) -> None:
        """File the file with that id, which was read."""
        self._work(self._open().filing, intake_id)

    def _work(self, intaking: Intaking, intake_id: str) -> None:
        try:
            if not intaking.take_one(intake_id):
                log().info("nothing to do", intake=intake_id)
                return
            while intaking.in_hand > intaking.stuck:
                intaking.work(1.0)
            intaking.tidy()
            while intaking.in_hand > intaking.stuck:
                intaking.work(1.0)
            intaking.give_back()
        except SoftTimeLimitExceeded:
            # Its owner is gone then, and the death is counted: the file is to blame.
            log().error("took too long; it comes back", intake=intake_id)
            self._leave()
            raise
        except Exception as error:  # noqa: BLE001 - the door of one task: the message is done with, the table knows more
            log().error("this worker can not work", intake=intake_id, exc_info=error)
            with contextlib.suppress(sa.exc.OperationalError):
                intaking.abandon(intake_id)
            self._leave()

    def _open(self) -> _Bench:
        if self._bench is None:
            with contextlib.ExitStack() as stack:
                archive = stack.enter_context(open_archive(self._settings))
                readers, bounds = readers_of(self._settings, self._reader), bounds_of(self._settings)
                pool = stack.enter_context(ReadingPool(readers, bounds, 1))
                owner = stack.enter_context(Owner(self._settings.home / "run"))
                stack.enter_context(Heartbeat(archive, owner.id))
                tell = Announcer(self.app)
                self._bench = _Bench(
                    Intaking(archive, pool, owner, _nobody, hand_on=lambda one: _hand_on(tell, one)),
                    Intaking(archive, pool, owner, _nobody),
                    stack.pop_all(),
                )
        return self._bench

    def _leave(self, **_told: object) -> None:
        if self._bench is not None:
            bench, self._bench = self._bench, None
            bench.left.close()


class _EndsTheWorker(logging.Handler):
    """Ends the worker, once what is in hand is finished, when a message could not be acknowledged.

    Its connection is broken then in a way that Celery does not notice with Redis: it would wait for ever.
    """

    def emit(self, record: logging.LogRecord) -> None:
        """Take notice of what the worker logs."""
        if "ack" in str(record.msg):
            state.should_stop = 1


def _hand_on(tell: Announcer, intake_id: str) -> None:
    tell.announce(intake_id, queue=FILING)


def _nobody(_outcome: Outcome) -> None:
    """The table and the log tell how a file ended."""


def _leave_the_log(**_told: object) -> None:
    """The log is set up already: one object a line, without personal data."""


def _be_a_parent(parent: multiprocessing.process.BaseProcess, log_format: str, **_told: object) -> None:
    """Let a process of the pool start reading processes of its own.

    Celery marks its processes as daemons, which may have no children, and puts its own sort of process where Python
    looks for it. `parent` is what stood there; the children end with this process, when the pipe to them is closed.
    """
    set_up(log_format)
    multiprocessing.process._current_process = parent  # type: ignore[attr-defined]  # there is no public way
