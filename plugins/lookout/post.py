"""The lookout's post: what a watcher, a crew of workers or `dossier metrics` has running beside its work.

Where the address can not be listened at, nothing is started; whatever goes wrong later ends nothing but itself.
"""

from __future__ import annotations

import contextlib
import threading
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import sqlalchemy as sa

from plugins.errors import BadWord
from plugins.logs import log
from plugins.lookout.alarm import Alarm, Findings
from plugins.lookout.counter import Counter, address_of
from plugins.lookout.outside import Look
from plugins.lookout.presence import Presence, Role, Sight
from plugins.lookout.queue_state import look_safely
from plugins.lookout.wellness import examine_now
from plugins.settings import Settings
from plugins.wiring import Rules, now


@dataclass(frozen=True)
class Post:
    """Where to look from, and where to be asked (HOST:PORT; empty: nowhere)."""

    settings: Settings
    rules: Rules
    engine: sa.Engine
    bind: str = ""

    @contextlib.contextmanager
    def at_work(self, role: Role, sight: Callable[[], Sight]) -> Iterator[None]:
        """Say that this process is at work, in that role, as long as the context lasts."""
        seconds = self.settings.lease_seconds
        with Presence(self.engine, now, uuid.uuid4().hex, role, seconds, sight):
            yield

    @contextlib.contextmanager
    def looking(self, *, alarm: bool) -> Iterator[None]:
        """Answer whoever asks, and tell of trouble where `alarm` says so, as long as the context lasts.

        Raises BadWord for an address that is none, or at which nothing can listen.
        """
        told = alarm and bool(self.settings.alarm_url or self.settings.alarm_mail_to)
        if not (self.bind or told):
            yield
            return
        with contextlib.ExitStack() as stack:
            outside = Look(self.settings, self.rules)
            if self.bind:
                stack.enter_context(self._answering(outside))
            stack.enter_context(outside)
            if told:
                stack.enter_context(Alarm(self.settings, self.engine, now, lambda: self._find(outside)))
            yield

    def _find(self, outside: Look) -> Findings:
        checks = examine_now(self.settings, look_safely(self.engine, now()), outside)
        return Findings(checks, outside.last.set_aside if outside.last else None)

    @contextlib.contextmanager
    def _answering(self, outside: Look) -> Iterator[None]:
        address = address_of(self.bind)
        try:
            counter = Counter(address, self.settings, self.engine, outside)
        except OSError as error:
            raise BadWord(
                f"{self.bind}: nothing can listen there: {error.strerror}; name another port (DOSSIER_METRICS, --metrics)"
            ) from error
        threading.Thread(target=counter.serve_forever, name="counter", daemon=True).start()
        log().info("figures and health are told", port=counter.server_address[1])
        try:
            yield
        finally:
            counter.shutdown()
            counter.server_close()
