"""The heartbeat: as long as this process lives, its leases are renewed."""

from __future__ import annotations

import threading
from types import TracebackType
from typing import Self

import sqlalchemy as sa

from consumers import lease
from plugins.intake.entering import lease_end
from plugins.logs import log
from plugins.wiring import Archive

_BEATS = 3
"""So many beats a lease: one or two may be lost."""


class Heartbeat:
    """Renews the owner's leases from a thread of its own: a step of a file may take minutes. A context manager."""

    def __init__(self, archive: Archive, owner: str) -> None:
        self._archive = archive
        self._owner = owner
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._beat, name="heartbeat", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._ended.set()
        self._thread.join()

    def _beat(self) -> None:
        while not self._ended.wait(self._archive.settings.lease_seconds / _BEATS):
            try:
                with self._archive.engine.begin() as connection:
                    lease.renew(connection, self._owner, lease_end(self._archive))
            except sa.exc.DBAPIError as error:
                log().warning("a lease could not be renewed", reason=str(error))
