"""Strays in the store: what a crash left there after its row had come to its end, or before there was one."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from consumers import intake
from consumers.inbox.spool import Spool
from plugins.batches import splitting
from plugins.intake.travelling import drop
from plugins.logs import log
from plugins.stores import everything
from plugins.wiring import Archive

_GRACE = timedelta(minutes=10)
"""So long whoever has just brought a row to its end has time to remove it himself."""
_STRAY = timedelta(days=1)
"""So long what has no row is left alone: whoever has it in his spool enters it, and brings it again, when he is back."""


def sweep(archive: Archive, spool: Spool) -> Iterator[intake.Intake]:
    """Remove from the store what a crash left there; gives back the batches that were filed and not parted.

    These are fetched and parted by whoever finds them: the machine that had them may never come back.
    """
    if archive.store is None:
        return
    now = archive.clock()
    for one in list(everything(archive.store)):
        with archive.engine.begin() as connection:
            row = intake.get(connection, one.intake_id)
        if row is None:
            if now - one.at > _STRAY:
                log().warning("nobody knows what is in the store", intake=one.intake_id)
                drop(archive, one.intake_id, one.sha256)
        elif row.state in intake.FINAL and row.since < intake.stamp(now - _GRACE):
            if splitting.missing(archive, spool, row.id):
                if one.what == "content":
                    yield row
            else:
                drop(archive, one.intake_id, one.sha256)
