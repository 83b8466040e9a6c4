"""Taking files in: claim, read, file, confirm or set aside; and taking up what a crash cut off.

Files are read by child processes side by side; everything that changes state is done here, in one
thread, one file after the other. The intake table is the truth; the spool can rebuild it.
"""

from __future__ import annotations

import contextlib
import sys
import time
import uuid
from collections.abc import Callable, Collection
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import sqlalchemy as sa

from consumers import intake, lease
from consumers.errors import LeaseLost
from consumers.inbox.owner import Owner
from consumers.inbox.spool import Claim, Spool
from consumers.pool import ReadingPool, cores
from plugins.batches import splitting
from plugins.errors import StoreAway
from plugins.intake import strays, travelling
from plugins.intake.entering import come_in, lease_end
from plugins.intake.journeys import Journeys
from plugins.intake.outcome import Outcome
from plugins.intake.putting_off import put_off
from plugins.intake.recovery import close_orphan, one_at_a_time
from plugins.intake.setting_aside import worker_died
from plugins.logs import log
from plugins.lookout.withheld import withhold
from plugins.timestamps.stamping import stamp
from plugins.wiring import Archive
from retention.heads import publish_head
from retention.register import Head, head

_PAUSE = timedelta(seconds=15)
"""So long a file waits that could not even be looked at."""
_AT_ONCE = 100
_HEAP = max(8, 2 * cores())
"""As long as so many files wait, nobody who takes some leaves others without."""
_SWEEP_EVERY, _TIDY_EVERY = 600.0, 60.0
"""Seconds between two looks at what crashes have left in the store."""
_REST = timedelta(minutes=1)
_STAMPED = timedelta(hours=1)
"""A watch that files all day asks the authority for a stamp on the newest head so often, and no more."""
"""So long files wait that were let go of by a process with which something is wrong."""


class Intaking:
    """Takes files in, as long as the owner's context lasts. Not for several threads.

    With `announce` they are only lined up for others to work on, and their ids told. `hand_on`: see Journeys.
    """

    def __init__(
        self,
        archive: Archive,
        pool: ReadingPool,
        owner: Owner,
        told: Callable[[Outcome], None],
        *,
        announce: Callable[[str], object] | None = None,
        hand_on: Callable[[str], None] | None = None,
    ) -> None:
        archive = replace(archive, engine=intake.held_by(archive.engine, owner.id))
        self._archive = archive
        self._looks = archive.engine.execution_options(only_reads=True)
        self._owner = owner
        self._spool = Spool(archive.settings.home / "spool", owner.id)
        self._journeys = Journeys(archive, pool, self._spool, told, hand_on)
        self._others = lease.Others(owner.id, archive.settings.lease_seconds / 2)
        # Of a process on a machine that shares no folder nothing is known but its lease.
        self._lives = owner.is_alive if archive.store is None else lambda other: not owner.has_died(other)
        self._swept = self._tidied = time.monotonic()
        self._announce = announce
        self._unentered: dict[Claim, Path] = {}
        self._published: Head | None = None

    @property
    def in_hand(self) -> int:
        """How many files are claimed and have not come to an end."""
        return len(self._journeys.in_hand) + len(self._unentered)

    @property
    def stuck(self) -> int:
        """How many of those wait for the DMS, our database or the disk to come back."""
        return self._journeys.stuck + len(self._unentered)

    def take(self, path: Path, door: str, *, keep: bool) -> None:
        """Claim a file; `keep` leaves it where it is and takes a copy.

        Raises OSError where the file can not be claimed now (somebody else was quicker, no right,
        the disk is full): then it is still where it was.
        """
        intake_id = uuid.uuid4().hex
        withhold(path.name)
        try:
            claim = (self._spool.copy_in if keep else self._spool.move_in)(path, intake_id, door)
        except OSError:
            # The disk may have failed after the file was in the spool: then it is ours.
            there = self._spool.find(intake_id)
            if there is None:
                raise
            claim = there
        self._unentered[claim] = path
        self._enter_claimed()

    def take_waiting(self, most: int) -> int:
        """Take files of which nobody has a lease until `most` are in hand; gives back how many."""
        found = 0
        while self._announce is None and self.in_hand < most:
            with self._archive.engine.begin() as connection:
                rows = lease.take(
                    connection,
                    self._owner.id,
                    at=self._archive.clock(),
                    until=lease_end(self._archive),
                    most=min(most - self.in_hand, _AT_ONCE),
                )
            if not rows:
                break
            for row in rows:
                self._begin(row)
            found += len(rows)
        return found

    def take_share(self, most: int, *, spare: bool) -> int:
        """Take as `take_waiting` does while a heap waits; of fewer one, or with `spare` none: whoever else has nothing to do
        shall find some."""
        with self._looks.begin() as connection:
            seen = len(lease.next_in_turn(connection, self._archive.clock(), _HEAP))
        if seen < _HEAP:
            most = min(most, self.in_hand + (seen > 0 and not spare))
        return self.take_waiting(most)

    def take_one(self, intake_id: str) -> bool:
        """Take that file, if nobody else has it and it has not come to an end."""
        with self._archive.engine.begin() as connection:
            row = lease.take_one(connection, self._owner.id, intake_id, lease_end(self._archive))
        if row is not None:
            self._begin(row)
        return row is not None

    def recover(self, most: int = sys.maxsize) -> int:
        """Take up what dead owners left in the spool and in the table; gives back how much.

        Free files are taken until `most` are in hand; the others wait, for this process or for another one.
        """
        self.bring_back()
        mine = self._journeys.in_hand | {claim.id for claim in self._unentered}
        with self._archive.engine.begin() as connection:
            lease.give_back_all_but(connection, self._owner.id, mine)
        found = 0
        with one_at_a_time(self._archive.settings.home / "run" / "recovery.lock"):
            for claim in list(self._spool.claims(self._is_somebody_else)):
                try:
                    found += claim.id not in mine and self._take_up(claim)
                except OSError as error:
                    # The disk is full, or the store away: it lies in the spool until the next look.
                    log().warning("can not be taken up yet", intake=claim.id, reason=str(error))
        self._sweep(mine)
        return found + self.take_waiting(most)

    def _take_up(self, claim: Claim) -> bool:
        """Take up a claim that nobody living has; whether there was anything to do but to tidy up."""
        row = self._row(claim.id)
        if row is None:
            self._enter(self._spool.adopt(claim))
        elif row.state not in intake.FINAL:
            travelling.bring_again(self._archive, claim, row)
            return False
        elif not splitting.missing(self._archive, self._spool, claim.id):
            self._spool.drop(claim.id)
            return False
        elif self._announce is not None:
            return False
        else:
            self._journeys.go_on_parting(self._spool.adopt(claim))
        return True

    def _sweep(self, mine: Collection[str]) -> None:
        """Tidy up the store now and then, and part what was filed as a batch by somebody who never came back."""
        if self._archive.store is None or time.monotonic() - self._swept < _SWEEP_EVERY:
            return
        self._swept = time.monotonic()
        try:
            for row in strays.sweep(self._archive, self._spool):
                claim = None if self._announce or row.id in mine else self._brought(row)
                if claim is not None:
                    self._journeys.go_on_parting(claim)
        except OSError as error:
            log().warning("the store is swept later", reason=str(error))

    def _brought(self, row: intake.Intake) -> Claim | None:
        """The file of a row, in this spool: it lay there, or was fetched from the store; None: it is in neither."""
        return self._spool.find(row.id) or travelling.fetched(self._archive, self._spool, row)

    def tidy(self) -> None:
        """Where no folder is shared: drop from this machine's spool what came to its end elsewhere, now and then."""
        if self._archive.store is not None and time.monotonic() - self._tidied >= _TIDY_EVERY:
            self._tidied = time.monotonic()
            self.recover(0)

    def bring_back(self) -> None:
        """Free the files of owners who have died, or have not renewed their lease."""
        with self._archive.engine.begin() as connection:
            lost = self._others.bring_back(connection, self._lives, self._archive.clock(), time.monotonic())
        for row in lost:
            log().warning("its worker has ended", intake=row.id, state=row.state, deaths=row.deaths + 1)

    def give_back(self) -> None:
        """Let go of what waits to be tried again, at the end: another process may take it."""
        try:
            self._journeys.give_back()
        except sa.exc.OperationalError as error:
            log().warning("what waits comes back once this process has ended", reason=str(error))

    def abandon(self, intake_id: str = "") -> None:
        """Let go of everything, and of the file with that id: something is wrong with this process."""
        with self._archive.engine.begin() as connection:
            lease.put_off(connection, intake_id, self._owner.id, self._archive.clock() + _REST)
        self._journeys.abandon(_REST.total_seconds())

    def publish(self) -> None:
        """Publish the register's head outside the database, if it has moved since this was last done."""
        with self._archive.engine.begin() as connection:
            last = head(connection)
        if last.seq and last != self._published:
            try:
                publish_head(self._archive.settings.heads_file, last)
            except OSError as error:
                log().warning("the register's head is published later", reason=str(error))
            else:
                self._published = last
                stamp(self._archive.settings, last, self._archive.clock(), every=_STAMPED)

    def work(self, seconds: float, few: int = 0) -> None:
        """Finish what was read and what is due again; wait up to `seconds`, or until no more than `few` are at work."""
        self._enter_claimed()
        self._journeys.work(seconds, few)

    def _enter_claimed(self) -> None:
        """Enter what was claimed; what our database has no ear for just now lies in the spool and is entered later."""
        for claim, path in list(self._unentered.items()):
            try:
                self._enter(claim, path)
            except (sa.exc.OperationalError, OSError) as error:
                log().warning("can not be entered yet", intake=claim.id, reason=str(error))
                return
            del self._unentered[claim]

    def _enter(self, claim: Claim, taken_from: Path | None = None) -> None:
        withhold(claim.name)
        if self._announce is None:
            self._journeys.enter(claim, taken_from)
        elif come_in(self._archive, self._spool, claim, owner=""):
            self._announce(claim.id)

    def _begin(self, row: intake.Intake) -> None:
        if row.id in self._journeys.in_hand:
            # Taken for dead and brought back, this process has taken it once more: it is on its way already.
            return
        withhold(row.name)
        try:
            claim = self._brought(row)
            if claim is None:
                with self._archive.engine.begin() as connection:
                    close_orphan(self._archive, connection, row)
                return
            claim = self._spool.adopt(claim)
            if row.deaths >= self._archive.settings.max_deaths:
                self._journeys.refuse(claim, row.sha256, worker_died(row.deaths))
            else:
                self._journeys.begin(claim, row.sha256)
        except OSError as error:
            # Gone this very moment, or a disk or store that fails: whoever takes it next sees which.
            log().error("can not be worked on", intake=row.id, exc_info=error)
            if isinstance(error, StoreAway):
                with contextlib.suppress(LeaseLost):
                    put_off(self._archive, row.id, _PAUSE.total_seconds(), str(error.strerror))
            with self._archive.engine.begin() as connection:
                lease.put_off(connection, row.id, self._owner.id, self._archive.clock() + _PAUSE)

    def _is_somebody_else(self, owner: str) -> bool:
        """Whether a claim is another living process'. What bears this one's name and is not in hand was left over."""
        return owner != self._owner.id and self._owner.is_alive(owner)

    def _row(self, intake_id: str) -> intake.Intake | None:
        with self._archive.engine.begin() as connection:
            return intake.get(connection, intake_id)
