"""The files in hand, and what becomes of one whose step did not come to its end.

An error ends or delays its own file and no other. What is not the file's fault (the DMS, our database, a full disk) is
tried for ever; what nobody foresaw is tried a few times, then the file is set aside. Whoever has lost his lease on a
file lets go of it and touches nothing: somebody else has it.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from datetime import timedelta
from functools import partial

import sqlalchemy as sa

from consumers import intake, lease
from consumers.errors import LeaseLost, Refused
from consumers.inbox.spool import Spool
from plugins.archiving.filing import refused_by_dms, unforeseen
from plugins.batches.twins import close_twin
from plugins.intake import travelling
from plugins.intake.in_hand import InHand
from plugins.intake.outcome import Outcome
from plugins.intake.putting_off import is_lack_of_storage, pause_after, put_off
from plugins.intake.recovery import close_orphan
from plugins.intake.setting_aside import refuse
from plugins.logs import log
from plugins.wiring import Archive
from retention.errors import DmsRefused, DmsUnavailable

_ASK_EVERY = 30.0
"""Seconds after which a DMS that was out of reach is asked again, by one file, where all hands wait for it; and for which a
file that has just failed is left alone though others succeed."""
MOST_FAILURES = 3
"""A file whose filing fails this often for an unforeseen reason is set aside."""


class Hands:
    """The files that this process works on. `told` hears how each ends."""

    def __init__(self, archive: Archive, spool: Spool, told: Callable[[Outcome], None]) -> None:
        self._archive = archive
        self._spool = spool
        self._told = told
        self._work: dict[str, InHand] = {}
        self._later: set[str] = set()
        self._asked = 0.0

    @property
    def in_hand(self) -> frozenset[str]:
        """The ids of the files that have not come to an end."""
        return frozenset(self._work)

    @property
    def stuck(self) -> int:
        """How many of those wait to be tried again."""
        return len(self._later)

    def give_back(self) -> None:
        """Let go of the files that wait to be tried again; another process may take them."""
        ids = list(self._later)
        if not ids:
            return
        with self._archive.engine.begin() as connection:
            lease.give_back(connection, self._spool.owner, ids)
        for intake_id in ids:
            # A batch that is filed and not parted has no lease any more: its claim alone tells that it is free.
            if self._work[intake_id].filed:
                self._spool.disown(self._work[intake_id].claim)
            self._let_go(intake_id)

    def abandon(self, seconds: float) -> None:
        """Let go of everything: something is wrong with this process, and no file is to blame for it.

        Nobody takes the files before so many seconds have passed.
        """
        until = self._archive.clock() + timedelta(seconds=seconds)
        with self._archive.engine.begin() as connection:
            for intake_id in self._work:
                lease.put_off(connection, intake_id, self._spool.owner, until)
        for work in self._work.values():
            if work.filed:
                self._spool.disown(work.claim)
        self._work.clear()
        self._later.clear()

    def _done(self, intake_id: str, step: Callable[[InHand], None]) -> bool:
        """Whether a step of one file came to its end; whatever else came of it is seen to here."""
        work = self._work[intake_id]
        try:
            step(work)
        except Refused as refusal:
            self._refuse(intake_id, refusal)
        except LeaseLost as error:
            log().warning("somebody else has it now", intake=intake_id, reason=str(error))
            self._let_go(intake_id)
        except DmsRefused as error:
            self._refuse(intake_id, refused_by_dms(error))
        except (DmsUnavailable, sa.exc.OperationalError) as error:
            self._postpone(intake_id, error)
        except Exception as error:  # noqa: BLE001 - the door of one file: another one must not suffer
            if is_lack_of_storage(error):
                self._postpone(intake_id, error)
            else:
                self._fail(intake_id, error)
        else:
            return True
        return False

    def _refuse(self, intake_id: str, refusal: Refused) -> None:
        work = self._work[intake_id]
        if work.filed:
            # It is in the DMS: whatever is wrong with its parts, it must not be set aside.
            self._again(intake_id)
            return
        twin = work.claim.part_of and refusal.code == "duplicate"
        work.refused, place = refusal, None
        step = partial(close_twin, self._archive, refusal) if twin else partial(self._set_aside, refusal)
        if not self._done(intake_id, step):
            return
        if not twin:
            place = work.place
        self._end(intake_id)
        self._told(work.outcome(refused=refusal, place=place))

    def _set_aside(self, refusal: Refused, work: InHand) -> None:
        work.place = refuse(self._archive, work.claim, work.scan.sha256, refusal)

    def _postpone(self, intake_id: str, error: Exception) -> None:
        """The DMS, our database or the disk is out of reach: not the file's fault, so it is tried for ever."""
        work = self._work[intake_id]
        work.out_of_reach = True
        pause = self._again(intake_id)
        log().warning("will try again", intake=intake_id, seconds=pause, reason=str(error))
        if work.filed:
            return
        try:
            put_off(self._archive, intake_id, pause, str(error))
        except LeaseLost:
            self._let_go(intake_id)
        else:
            self._told(work.outcome(waiting=str(error)))

    def _again(self, intake_id: str) -> float:
        """Let the file's last step be tried again; gives back in how many seconds."""
        work = self._work[intake_id]
        pause = pause_after(work.tries)
        work.tries += 1
        work.tried = self._asked = time.monotonic()
        work.due = work.tried + pause
        self._later.add(intake_id)
        return pause

    def _fail(self, intake_id: str, error: Exception) -> None:
        """Something unforeseen: tried again, then set aside with what IT needs to know."""
        work = self._work[intake_id]
        work.failures += 1
        log().error("failed", intake=intake_id, failures=work.failures, exc_info=error)
        if not work.filed and not work.claim.path.exists():
            self._is_gone(intake_id)
        elif work.refused is not None or (work.failures < MOST_FAILURES and work.transcript is not None):
            self._again(intake_id)
        else:
            self._refuse(intake_id, unforeseen(error))

    def _is_gone(self, intake_id: str) -> None:
        """The file has left the spool: somebody else has set it aside or filed it, or a disk has failed."""
        try:
            with self._archive.engine.begin() as connection:
                row = intake.get(connection, intake_id)
                if row is not None and row.state not in intake.FINAL:
                    if travelling.is_there(self._archive, row):
                        lease.give_back(connection, self._spool.owner, [intake_id])
                    else:
                        close_orphan(self._archive, connection, row)
        except (LeaseLost, sa.exc.OperationalError) as error:
            log().warning("somebody else has it now", intake=intake_id, reason=str(error))
        self._let_go(intake_id)

    def _due(self) -> Iterable[str]:
        """The files whose step is to be tried again now; they are no longer stuck."""
        now = time.monotonic()
        due = [intake_id for intake_id in self._later if self._work[intake_id].due <= now]
        if not due and len(self._later) == len(self._work) > 0 and now - self._asked >= _ASK_EVERY:
            # All hands are full of what waits: one of them asks sooner, or nothing else is taken for as long.
            due = [min(self._later, key=lambda intake_id: self._work[intake_id].due)]
        self._later.difference_update(due)
        return due

    def _is_back(self) -> None:
        """A file was just filed: what waits because the DMS was out of reach is tried at once, if it was not just now."""
        now = time.monotonic()
        for work in (self._work[intake_id] for intake_id in self._later):
            if work.out_of_reach and now - work.tried >= _ASK_EVERY:
                work.due = now

    def _let_go(self, intake_id: str) -> None:
        self._later.discard(intake_id)
        del self._work[intake_id]

    def _end(self, intake_id: str) -> None:
        travelling.drop(self._archive, intake_id, self._work[intake_id].scan.sha256)
        self._spool.drop(intake_id)
        self._let_go(intake_id)
