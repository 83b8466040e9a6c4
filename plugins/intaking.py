"""Taking files in: claim, read, file, confirm or set aside; and taking up what a crash cut off.

Files are read by child processes side by side; everything that changes state is done here, in one
thread, one file after the other. The intake table is the truth; the spool can rebuild it.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable
from pathlib import Path

from consumers import intake
from consumers.inbox.owner import Owner
from consumers.inbox.spool import Spool
from consumers.pool import ReadingPool
from plugins import splitting
from plugins.journeys import Journeys
from plugins.outcome import Outcome
from plugins.recovery import close_orphans, one_at_a_time
from plugins.wiring import Archive
from retention.heads import publish_head
from retention.register import Head, head


class Intaking:
    """Takes files in, as long as the owner's context lasts. Not for several threads."""

    def __init__(
        self, archive: Archive, pool: ReadingPool, owner: Owner, told: Callable[[Outcome], None]
    ) -> None:
        self._archive = archive
        self._owner = owner
        self._spool = Spool(archive.settings.home / "spool", owner.id)
        self._journeys = Journeys(archive, pool, self._spool, told)
        self._published: Head | None = None

    @property
    def in_hand(self) -> int:
        """How many files are claimed and have not come to an end."""
        return len(self._journeys.in_hand)

    @property
    def stuck(self) -> int:
        """How many of those wait for the DMS to come back."""
        return self._journeys.stuck

    def take(self, path: Path, door: str, *, keep: bool) -> None:
        """Claim a file; `keep` leaves it where it is and takes a copy.

        Raises OSError where the file can not be claimed now (somebody else was quicker, no right,
        the disk is full): then it is still where it was.
        """
        intake_id = uuid.uuid4().hex
        if keep:
            claim = self._spool.copy_in(path, intake_id, door)
        else:
            claim = self._spool.move_in(path, intake_id, door)
        self._journeys.enter(claim, path)

    def recover(self) -> int:
        """Take up what dead owners left in the spool and in the table; gives back how many."""
        found = 0
        with one_at_a_time(self._archive.settings.home / "run" / "recovery.lock"):
            for claim in list(self._spool.claims(self._owner.is_alive)):
                row = self._row(claim.id)
                if row is None or row.state not in intake.FINAL:
                    self._journeys.enter(self._spool.adopt(claim))
                elif splitting.missing(self._archive, self._spool, claim.id):
                    self._journeys.go_on_parting(self._spool.adopt(claim))
                else:
                    self._spool.drop(claim.id)
                    continue
                found += 1
            close_orphans(self._archive, self._owner, self._spool, self._journeys.in_hand)
        return found

    def publish(self) -> None:
        """Publish the register's head outside the database, if it has moved since this was last done."""
        with self._archive.engine.begin() as connection:
            last = head(connection)
        if last.seq and last != self._published:
            publish_head(self._archive.settings.heads_file, last)
            self._published = last

    def work(self, seconds: float) -> None:
        """Finish what was read and what is due again; wait up to `seconds` for something to finish."""
        self._journeys.work(seconds)

    def _row(self, intake_id: str) -> intake.Intake | None:
        with self._archive.engine.begin() as connection:
            return intake.get(connection, intake_id)
