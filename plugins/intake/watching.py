"""The watcher: looks at the inbox again and again and takes in what is finished."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from pathlib import Path

import sqlalchemy as sa
from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer
from watchdog.observers.api import BaseObserver

from consumers.inbox.looking import Inbox, inode_of
from consumers.inbox.wholeness import looks_whole
from plugins.errors import InboxAway
from plugins.intake.intaking import Intaking
from plugins.intake.look_pace import LookPace
from plugins.intake.passes import Passes
from plugins.intake.resting import Resting
from plugins.logs import log
from plugins.lookout.presence import Sight
from plugins.settings import Settings

_RECOVER_EVERY = 60.0
_LOOK_AFTER = 5.0
_PAUSE = 5.0
"""Seconds until our database is asked again when it did not answer."""
_ASK_AGAIN = 1.5
"""A file that did not look whole is looked into again when it has stood there for so many times as long."""
_AT_ONCE = 4
"""So many files a worker are claimed at a time; the rest stays in the inbox, where people see it."""


class _Hint(FileSystemEventHandler):
    """An event only says: look now. What is there, the look decides."""

    def __init__(self, wake: threading.Event) -> None:
        self._wake = wake

    def on_any_event(self, event: FileSystemEvent) -> None:
        if event.event_type not in ("opened", "closed_no_write"):
            self._wake.set()


class Watcher:
    """Watches one folder until it is told to stop."""

    def __init__(
        self,
        settings: Settings,
        folder: Path,
        intaking: Intaking,
        workers: int,
        passes: Passes | None = None,
        held_up: Callable[[], str] = lambda: "",
    ) -> None:
        self._settings = settings
        self._inbox = Inbox(folder, settings.settle_seconds)
        self._intaking = intaking
        self._workers = workers
        self._most = _AT_ONCE * workers
        # What died is looked for twice a lease, so that it is taken up soon after that has ended.
        self._recover_every = min(_RECOVER_EVERY, settings.lease_seconds / 2)
        self._recovered = 0.0
        self._wake = threading.Event()
        self._folder = folder
        self._passes = passes
        self._held_up = held_up
        self._waits = False
        self._looked_after = 0.0
        self._pace = LookPace()
        self._resting = Resting()
        self._not_whole: dict[Path, float] = {}
        self.look_after: Callable[[], object] = lambda: None
        """What is done every `_LOOK_AFTER` seconds besides: workers elsewhere are told of what waits."""

    def run(self, stop: threading.Event) -> None:
        """Look, take in, finish; returns once `stop` is set and nothing is in hand any more.

        Raises InboxAway where the folder does not exist when the watch begins; a folder that goes
        away later is waited for.
        """
        if not self._folder.is_dir():
            raise InboxAway(
                f"DOSSIER_INBOX: 没有文件夹 {self._folder}：请查共享是否已挂载，或自行建立，或另行指定。There is no folder "
                f"{self._folder}; see whether its share is mounted, make it, or name another one"
            )
        observer = self._observe()
        self._recovered = time.monotonic()
        try:
            while not stop.is_set() or self._intaking.in_hand > self._intaking.stuck:
                try:
                    self._turn(stop)
                except sa.exc.OperationalError as error:
                    # Our database is away: what was claimed lies in the spool, the rest stays in the inbox.
                    log().error("our database does not answer; trying again", reason=str(error.orig))
                    stop.wait(_PAUSE)
        finally:
            if observer is not None:
                observer.stop()
                observer.join()

    def sight(self) -> Sight:
        """What others are told of this watcher: how many read for it, and what stands in its folder."""
        return Sight(self._workers, self._inbox.waiting(), self._inbox.longest(time.monotonic()))

    def hurry(self) -> None:
        """Wake the watcher, to see at once that it has been told to stop."""
        self._wake.set()

    def _turn(self, stop: threading.Event) -> None:
        if not stop.is_set():
            self._intaking.take_waiting(self._most)
            if not self._pace.wait():
                with self._pace:
                    self._take_settled(time.monotonic())
        if time.monotonic() - self._recovered > self._recover_every:
            self._recovered = time.monotonic()
            self._intaking.recover(self._most)
            self._intaking.publish()
        if time.monotonic() - self._looked_after > _LOOK_AFTER:
            self._looked_after = time.monotonic()
            self.look_after()
        self._wait(stop)

    def _has_room(self) -> bool:
        why = self._held_up()
        if why and not self._waits:
            log().warning("nothing more is taken in for now", reason=why)
        if self._waits and not why:
            log().info("files are taken in again")
        self._waits = bool(why)
        return not why

    def _take_settled(self, now: float) -> None:
        passes: list[tuple[Path, float]] = []
        settled = self._inbox.look(
            now, thorough=self._pace.thorough, rests=lambda path: self._resting.rests(path, now)
        )
        for path in self._inbox.odd():
            log().warning("neither taken nor touched: no regular file", inode=inode_of(path))
        before, self._not_whole = self._not_whole, {}
        for number, (path, age) in enumerate(settled):
            if number == 0 and not self._has_room():
                return
            if self._intaking.in_hand >= self._most:
                return
            if not self._is_whole(path, age, before.get(path, 0.0)):
                continue
            if self._passes is not None and self._passes.takes(path):
                passes.append((path, age))
            else:
                self._take(path, now)
        if self._passes is not None:
            self._passes.take(passes)

    def _is_whole(self, path: Path, age: float, asked_at: float) -> bool:
        """Whether it looks whole, or has not done so for longer than people shall wait.

        `asked_at` is the age at which it did not: one that has not changed since is asked ever more seldom.
        """
        if age >= self._settings.settle_seconds + self._settings.patience_seconds:
            return True
        if asked_at <= age < _ASK_AGAIN * asked_at:
            self._not_whole[path] = asked_at
            return False
        if looks_whole(path):
            return True
        self._not_whole[path] = age
        return False

    def _take(self, path: Path, now: float) -> None:
        try:
            self._intaking.take(path, "inbox", keep=False)
        except OSError as error:
            pause = self._resting.failed(str(path), error, now)
            log().warning("can not be claimed yet", inode=inode_of(path), seconds=pause, reason=error)
        else:
            self._resting.claimed(str(path))

    def _wait(self, stop: threading.Event) -> None:
        """Until there is something to do: a result, a hint, or time for the next look."""
        pause = self._settings.poll_seconds
        if self._inbox.settling():
            # Files are settling: the next look is due when the first of them may be finished.
            pause = min(pause, max(0.05, self._settings.settle_seconds / 2))
        if self._intaking.in_hand > self._intaking.stuck:
            self._intaking.work(min(pause, 1.0))
            return
        self._intaking.work(0.0)
        if not stop.is_set():
            self._wake.wait(min(pause, 1.0) if self._intaking.stuck else pause)
            self._wake.clear()
            # While somebody writes there is an event every few milliseconds.
            stop.wait(self._pace.wait())

    def _observe(self) -> BaseObserver | None:
        observer = Observer()
        observer.schedule(_Hint(self._wake), str(self._folder), recursive=True)
        try:
            observer.start()
        except OSError as error:
            log().warning("no events from this folder; the periodic look alone must do", reason=str(error))
            return None
        return observer
