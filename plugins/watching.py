"""The watcher: looks at the inbox again and again and takes in what is finished."""

from __future__ import annotations

import threading
import time
from pathlib import Path

from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer
from watchdog.observers.api import BaseObserver

from consumers.inbox.looking import Inbox
from consumers.inbox.wholeness import looks_whole
from plugins.errors import BadSetting
from plugins.intaking import Intaking
from plugins.logs import log
from plugins.settings import Settings

_RECOVER_EVERY = 60.0
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

    def __init__(self, settings: Settings, folder: Path, intaking: Intaking, workers: int) -> None:
        self._settings = settings
        self._inbox = Inbox(folder, settings.settle_seconds)
        self._intaking = intaking
        self._most = _AT_ONCE * workers
        self._wake = threading.Event()
        self._folder = folder

    def run(self, stop: threading.Event) -> None:
        """Look, take in, finish; returns once `stop` is set and nothing is in hand any more.

        Raises BadSetting where the folder does not exist when the watch begins; a folder that goes
        away later is waited for.
        """
        if not self._folder.is_dir():
            raise BadSetting(f"DOSSIER_INBOX: there is no folder {self._folder}; make it or name another one")
        observer = self._observe()
        recovered = time.monotonic()
        try:
            while not stop.is_set() or self._intaking.in_hand > self._intaking.stuck:
                if not stop.is_set():
                    self._take_settled()
                if time.monotonic() - recovered > _RECOVER_EVERY:
                    self._intaking.recover()
                    self._intaking.publish()
                    recovered = time.monotonic()
                self._wait(stop)
        finally:
            if observer is not None:
                observer.stop()
                observer.join()

    def hurry(self) -> None:
        """Wake the watcher, to see at once that it has been told to stop."""
        self._wake.set()

    def _take_settled(self) -> None:
        for path in self._inbox.odd():
            log().warning("neither taken nor touched: no regular file", name=path.name)
        for path, age in self._inbox.look(time.monotonic()):
            if self._intaking.in_hand >= self._most:
                return
            patient = age < self._settings.settle_seconds + self._settings.patience_seconds
            if patient and not looks_whole(path):
                continue
            try:
                self._intaking.take(path, "inbox", keep=False)
            except OSError as error:
                log().warning("can not be claimed yet", name=path.name, reason=str(error))

    def _wait(self, stop: threading.Event) -> None:
        """Until there is something to do: a result, a hint, or time for the next look."""
        pause = self._settings.poll_seconds
        if self._inbox.waiting():
            # Files are settling: the next look is due when the first of them may be finished.
            pause = min(pause, max(0.2, self._settings.settle_seconds / 2))
        if self._intaking.in_hand > self._intaking.stuck:
            self._intaking.work(min(pause, 1.0))
            return
        self._intaking.work(0.0)
        if not stop.is_set():
            self._wake.wait(min(pause, 1.0) if self._intaking.stuck else pause)
            self._wake.clear()

    def _observe(self) -> BaseObserver | None:
        observer = Observer()
        observer.schedule(_Hint(self._wake), str(self._folder), recursive=True)
        try:
            observer.start()
        except OSError as error:
            log().warning("no events from this folder; the periodic look alone must do", reason=str(error))
            return None
        return observer
