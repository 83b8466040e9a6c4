"""The journeys of files from their claim to their end, step by step.

What may take long is done by child processes; each step of a file that changes state is done here, in one thread. An
error ends or delays its own file and no other.
"""

from __future__ import annotations

import queue
import time
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from consumers import intake, lease
from consumers.cutting import Cut
from consumers.errors import Refused
from consumers.inbox import text_beside
from consumers.inbox.spool import Claim, Spool
from consumers.media import media_type_of
from consumers.pool import ReadingPool
from consumers.scan import Scan, sha256_of
from consumers.transcript import Transcript
from plugins.archiving import archive_version
from plugins.archiving.filing import file_document
from plugins.archiving.standing import BY_ITSELF, standing_of
from plugins.batches import splitting
from plugins.batches.parting import documents
from plugins.intake import travelling
from plugins.intake.entering import come_in
from plugins.intake.hands import MOST_FAILURES, Hands
from plugins.intake.in_hand import InHand
from plugins.intake.outcome import Outcome
from plugins.logs import log
from plugins.wiring import Archive

if TYPE_CHECKING:
    from consumers.searchable import Searchable

_T = TypeVar("_T")


class Journeys(Hands):
    """The files in hand, on their way. `told` hears how each ends.

    With `hand_on` a file goes only as far as its text: that is kept beside it, the file given back for somebody else to
    file, and its id told.
    """

    def __init__(
        self,
        archive: Archive,
        pool: ReadingPool,
        spool: Spool,
        told: Callable[[Outcome], None],
        hand_on: Callable[[str], None] | None = None,
    ) -> None:
        super().__init__(archive, spool, told)
        self._pool = pool
        self._hand_on = hand_on
        self._came_back: queue.SimpleQueue[Callable[[], None]] = queue.SimpleQueue()

    def enter(
        self, claim: Claim, taken_from: Path | None = None, read_before: Transcript | None = None
    ) -> None:
        """Begin with a claimed file; `read_before` is the text of the file that it was cut out of, where known.

        Raises OperationalError where our database can not be written to: then the file is only in the spool.
        """
        sha256 = come_in(self._archive, self._spool, claim, self._spool.owner)
        if sha256:
            self.begin(claim, sha256, taken_from, read_before)

    def begin(
        self,
        claim: Claim,
        sha256: str,
        taken_from: Path | None = None,
        read_before: Transcript | None = None,
    ) -> None:
        """Begin with a file that is entered, under this process' lease; one that was read is not read again."""
        scan = Scan(claim.path, sha256, claim.path.stat().st_size, claim.name, "", claim.source)
        work = self._work[claim.id] = InHand(claim, scan, taken_from, standing=standing_of(claim))
        try:
            media_type = media_type_of(claim.path, claim.name)
            self._pool.bounds.check_bytes(scan.size)
        except Refused as refusal:
            self._refuse(claim.id, refusal)
            return
        work.scan = replace(scan, media_type=media_type)
        before = text_beside.kept(claim, sha256) if read_before is None else None
        if before is not None:
            work.transcript = before
            self._go_on(claim.id)
        elif read_before is not None:
            work.transcript = splitting.text_of(read_before, claim, sha256)
            self._go_on(claim.id)
        else:
            self._when_done(self._pool.read(work.scan), self._was_read, claim.id)
            if self._hand_on is None:
                self._archive.dms.expect(sha256)

    def refuse(self, claim: Claim, sha256: str, refusal: Refused) -> None:
        """Set a file aside that is entered, under this process' lease, without looking at it."""
        scan = Scan(claim.path, sha256, claim.path.stat().st_size, claim.name, "", claim.source)
        self._work[claim.id] = InHand(claim, scan)
        self._refuse(claim.id, refusal)

    def go_on_parting(self, claim: Claim) -> None:
        """Go on with a batch that was filed, and not all of its parts entered, when a crash came."""
        sha256, size = sha256_of(claim.path), claim.path.stat().st_size
        scan = Scan(claim.path, sha256, size, claim.name, media_type_of(claim.path), claim.source)
        standing = splitting.decided(self._archive, claim.id)
        self._work[claim.id] = InHand(claim, scan, standing=standing, filed=True)
        self._cut(claim.id)

    def work(self, seconds: float, few: int = 0) -> None:
        """Finish what was read and what is due again; wait up to `seconds`, or until no more than `few` are at work."""
        for intake_id in self._due():
            self._go_on(intake_id)
        deadline = time.monotonic() + seconds
        while True:
            try:
                go_on = self._came_back.get(timeout=max(0.0, deadline - time.monotonic()))
            except queue.Empty:
                return
            go_on()
            if time.monotonic() >= deadline or len(self._work) - self.stuck <= few:
                return

    def _when_done(
        self, future: Future[_T], go_on: Callable[[str, Future[_T]], None], intake_id: str
    ) -> None:
        work = self._work[intake_id]

        def come_back(done: Future[_T]) -> None:
            # The file may have been let go meanwhile, and even begun anew: then this answer concerns nobody.
            if self._work.get(intake_id) is work:
                go_on(intake_id, done)

        future.add_done_callback(lambda done: self._came_back.put(partial(come_back, done)))

    def _was_read(self, intake_id: str, future: Future[Transcript]) -> None:
        def keep(work: InHand) -> None:
            work.transcript = future.result()
            try:
                text_beside.keep(work.claim, work.transcript)
            except OSError as error:
                log().warning("its text is not kept", intake=intake_id, reason=str(error))

        if self._done(intake_id, keep) and (self._hand_on is None or self._done(intake_id, self._hand)):
            self._go_on(intake_id)

    def _go_on(self, intake_id: str) -> None:
        """The next step of a file that was read, or once more the one that failed."""
        work = self._work.get(intake_id)
        if work is None:
            return
        if work.filed:
            self._cut(intake_id)
        elif work.refused is not None:
            self._refuse(intake_id, work.refused)
        elif not work.looked_at:
            if self._done(intake_id, self._look_at):
                (self._cut if work.standing.ranges else self._make_searchable)(intake_id)
        elif self._done(intake_id, self._file):
            self._was_filed(intake_id)

    def _hand(self, work: InHand) -> None:
        """Give the file back, read, for somebody else to file."""
        assert self._hand_on is not None
        intake_id = work.claim.id
        if text_beside.kept(work.claim, work.scan.sha256) is None:
            return
        travelling.bring_text(self._archive, work.claim, work.scan.sha256)
        with self._archive.engine.begin() as connection:
            intake.move(connection, intake_id, "read", at=self._archive.clock())
            lease.give_back(connection, self._spool.owner, [intake_id])
        self._let_go(intake_id)
        self._hand_on(intake_id)

    def _look_at(self, work: InHand) -> None:
        if not work.claim.part_of and work.transcript is not None:
            work.standing = splitting.looked_at(self._archive, work.claim.id, work.transcript)

    def _cut(self, intake_id: str) -> None:
        work = self._work[intake_id]
        ranges = tuple((one.first, one.last) for one in documents(work.standing.ranges))
        try:
            room = self._spool.room(intake_id)
        except OSError as error:
            self._can_not_be_cut(intake_id, error)
            return
        self._when_done(self._pool.cut(work.scan, ranges, room), self._was_cut, intake_id)

    def _was_cut(self, intake_id: str, future: Future[tuple[Cut, ...]]) -> None:
        work = self._work[intake_id]
        try:
            work.cuts = future.result()
        except Exception as error:  # noqa: BLE001 - the door of one file: it can stay whole
            self._can_not_be_cut(intake_id, error)
            return
        if work.filed:
            self._enter_parts(intake_id)
        elif self._done(intake_id, partial(splitting.decide, self._archive)):
            self._make_searchable(intake_id)

    def _can_not_be_cut(self, intake_id: str, error: Exception) -> None:
        """It is filed whole, for a person to part; or, if it was filed as a batch before a crash, its end is told."""
        work = self._work[intake_id]
        why = splitting.why_whole(error)
        log().warning("can not be cut", intake=intake_id, reason=why, exc_info=error)
        if not work.filed:
            if self._done(intake_id, partial(splitting.take_back, self._archive, why)):
                self._make_searchable(intake_id)
            return
        work.failures += 1
        if work.failures < MOST_FAILURES:
            self._again(intake_id)
        elif self._done(intake_id, partial(splitting.give_up, self._archive, self._spool, why)):
            self._end(intake_id)

    def _make_searchable(self, intake_id: str) -> None:
        work = self._work[intake_id]
        work.looked_at = True
        assert work.transcript is not None
        written = archive_version.begin(self._archive, self._pool, work.scan, work.transcript)
        if written is None:
            self._go_on(intake_id)
        else:
            self._when_done(written, self._was_written, intake_id)

    def _was_written(self, intake_id: str, future: Future[Searchable]) -> None:
        work = self._work[intake_id]
        if archive_version.may_come(future) and work.unwritten < MOST_FAILURES - 1:
            work.unwritten += 1
            work.looked_at = False
            pause = self._again(intake_id)
            log().warning("its archive version is made again", intake=intake_id, seconds=pause)
            return
        work.searchable = archive_version.end(intake_id, work.scan, future)
        self._go_on(intake_id)

    def _file(self, work: InHand) -> None:
        assert work.transcript is not None
        told = (self._archive, work.claim.id, work.scan, work.transcript, work.searchable)
        # Most files stand by themselves, and have nothing to tell of it.
        work.record = (
            file_document(*told) if work.standing == BY_ITSELF else file_document(*told, work.standing)
        )

    def _was_filed(self, intake_id: str) -> None:
        work = self._work[intake_id]
        assert work.record is not None
        work.filed = True
        self._is_back()
        if not work.standing.ranges:
            self._end(intake_id)
        log().info("filed", intake=intake_id, dms_id=work.record.dms_id, kind=work.record.card.kind)
        self._told(work.outcome(record=work.record))
        if work.standing.ranges:
            self._enter_parts(intake_id)

    def _enter_parts(self, intake_id: str) -> None:
        """Enter the documents of a batch that is filed; its copy goes once each of them has a claim of its own."""
        work = self._work[intake_id]
        try:
            for claim in splitting.claim_parts(self._archive, self._spool, work.claim, work.scan, work.cuts):
                if claim.id not in self._work:
                    self.enter(claim, work.taken_from, work.transcript)
        except Exception as error:  # noqa: BLE001 - the whole is filed: it must not be set aside for its parts
            log().error("the parts wait", intake=intake_id, exc_info=error)
            self._again(intake_id)
        else:
            self._end(intake_id)
