"""Taking files in: claim, read, file, confirm or set aside; and taking up what a crash cut off.

Files are read by child processes side by side; everything that changes state is done here, in one
thread, one file after the other. The intake table is the truth; the spool can rebuild it.
"""

from __future__ import annotations

import queue
import time
import uuid
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import sqlalchemy as sa

from consumers import intake
from consumers.errors import Refused
from consumers.inbox.owner import Owner
from consumers.inbox.set_aside import Note, set_aside
from consumers.inbox.spool import Claim, Spool
from consumers.media import media_type_of
from consumers.pool import ReadingPool
from consumers.scan import Scan, sha256_of
from consumers.transcript import Transcript
from plugins import archive_version
from plugins.filing import file_document, refused_by_dms
from plugins.logs import log
from plugins.recovery import close_orphans, one_at_a_time
from plugins.wiring import Archive
from retention.errors import DmsRefused, DmsUnavailable
from retention.heads import publish_head
from retention.record import Record
from retention.register import Head, head

if TYPE_CHECKING:
    from consumers.searchable import Searchable

_BACKOFF = (5.0, 15.0, 60.0, 300.0)
"""Seconds between two tries while the DMS is out of reach; the last one is repeated."""
_MOST_FAILURES = 3
"""A file whose filing fails this often for an unforeseen reason is set aside."""


@dataclass(frozen=True)
class Outcome:
    """How a file's way ended: filed (with its record), or set aside (with the reason and the place).

    `waiting` means neither yet: the DMS is out of reach, and the file stays in the spool for later.
    `taken_from` is the path that was told to `take`, None for what was taken up after a crash.
    """

    intake_id: str
    name: str
    record: Record | None = None
    refused: Refused | None = None
    place: Path | None = None
    waiting: str = ""
    taken_from: Path | None = None


@dataclass
class _Work:
    claim: Claim
    scan: Scan
    transcript: Transcript | None = None
    searchable: Path | None = None
    tries: int = 0
    failures: int = 0
    due: float = 0.0


class Intaking:
    """Takes files in, as long as the owner's context lasts. Not for several threads."""

    def __init__(
        self, archive: Archive, pool: ReadingPool, owner: Owner, told: Callable[[Outcome], None]
    ) -> None:
        self._archive = archive
        self._pool = pool
        self._owner = owner
        self._told = told
        self._spool = Spool(archive.settings.home / "spool", owner.id)
        self._work: dict[str, _Work] = {}
        self._taken_from: dict[str, Path] = {}
        self._later: set[str] = set()
        self._published: Head | None = None
        self._came_back: queue.SimpleQueue[Callable[[], None]] = queue.SimpleQueue()

    @property
    def in_hand(self) -> int:
        """How many files are claimed and have not come to an end."""
        return len(self._work)

    @property
    def stuck(self) -> int:
        """How many of those wait for the DMS to come back."""
        return len(self._later)

    def take(self, path: Path, door: str, *, keep: bool) -> None:
        """Claim a file; `keep` leaves it where it is and takes a copy.

        Raises OSError where the file can not be claimed now (somebody else was quicker, no right,
        the disk is full): then it is still where it was.
        """
        intake_id = uuid.uuid4().hex
        self._taken_from[intake_id] = path
        if keep:
            claim = self._spool.copy_in(path, intake_id, door)
        else:
            claim = self._spool.move_in(path, intake_id, door)
        self._enter(claim)

    def recover(self) -> int:
        """Take up what dead owners left in the spool and in the table; gives back how many."""
        found = 0
        with one_at_a_time(self._archive.settings.home / "run" / "recovery.lock"):
            for claim in list(self._spool.claims(self._owner.is_alive)):
                row = self._row(claim.id)
                if row is not None and row.state in intake.FINAL:
                    self._spool.drop(claim.id)
                    continue
                self._enter(self._spool.adopt(claim))
                found += 1
            close_orphans(self._archive, self._owner, self._spool, frozenset(self._work))
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
        self._try_again()
        deadline = time.monotonic() + seconds
        while True:
            try:
                go_on = self._came_back.get(timeout=max(0.0, deadline - time.monotonic()))
            except queue.Empty:
                return
            go_on()
            if time.monotonic() >= deadline or not self._work:
                return

    def _enter(self, claim: Claim) -> None:
        sha256 = sha256_of(claim.path)
        with self._archive.engine.begin() as connection:
            twin = intake.came_from(connection, claim.origin, sha256) if claim.origin else None
            if twin is not None and twin.id != claim.id:
                self._spool.drop(claim.id)
                return
            intake.register(
                connection,
                intake_id=claim.id,
                name=claim.name,
                source=claim.source,
                origin=claim.origin,
                owner=claim.owner,
                sha256=sha256,
                at=self._archive.clock(),
            )
        scan = Scan(claim.path, sha256, claim.path.stat().st_size, claim.name, "", claim.source)
        self._work[claim.id] = _Work(claim, scan)
        try:
            media_type = media_type_of(claim.path, claim.name)
            self._pool.bounds.check_bytes(scan.size)
        except Refused as refusal:
            self._refuse(claim.id, refusal)
            return
        scan = Scan(scan.path, sha256, scan.size, scan.name, media_type, scan.source)
        self._work[claim.id].scan = scan
        future = self._pool.read(scan)
        future.add_done_callback(lambda done: self._came_back.put(partial(self._was_read, claim.id, done)))

    def _was_read(self, intake_id: str, future: Future[Transcript]) -> None:
        work = self._work[intake_id]
        try:
            work.transcript = future.result()
        except Refused as refusal:
            self._refuse(intake_id, refusal)
            return
        except Exception as error:  # noqa: BLE001 - the door of one file: another one must not suffer
            self._fail(intake_id, error)
            return
        written = archive_version.begin(self._archive, self._pool, work.scan, work.transcript)
        if written is None:
            self._file(intake_id)
        else:
            written.add_done_callback(
                lambda done: self._came_back.put(partial(self._was_written, intake_id, done))
            )

    def _was_written(self, intake_id: str, future: Future[Searchable]) -> None:
        work = self._work[intake_id]
        work.searchable = archive_version.end(intake_id, work.scan, future)
        self._file(intake_id)

    def _file(self, intake_id: str) -> None:
        work = self._work[intake_id]
        assert work.transcript is not None
        try:
            record = file_document(self._archive, intake_id, work.scan, work.transcript, work.searchable)
        except Refused as refusal:
            self._refuse(intake_id, refusal)
        except DmsRefused as error:
            self._refuse(intake_id, refused_by_dms(error))
        except (DmsUnavailable, sa.exc.OperationalError) as error:
            self._postpone(intake_id, error)
        except Exception as error:  # noqa: BLE001 - the door of one file: another one must not suffer
            self._fail(intake_id, error)
        else:
            self._end(intake_id)
            log().info("filed", intake=intake_id, dms_id=record.dms_id, kind=record.card.kind)
            self._tell(Outcome(intake_id, work.claim.name, record=record))

    def _refuse(self, intake_id: str, refusal: Refused) -> None:
        work = self._work[intake_id]
        now = self._archive.clock()
        note = Note(
            name=work.claim.name,
            sha256=work.scan.sha256,
            code=refusal.code,
            message_zh=refusal.zh,
            message_en=refusal.en,
            intake_id=intake_id,
            source=work.claim.source,
            since=intake.stamp(now),
        )
        place = set_aside(work.claim.path, self._archive.settings.set_aside_folder, note)
        with self._archive.engine.begin() as connection:
            intake.move(connection, intake_id, "quarantined", at=now, reason=f"{refusal.code}: {refusal.zh}")
        self._end(intake_id)
        alarm = log().error if refusal.code == "state-secret" else log().warning
        alarm("set aside", intake=intake_id, name=work.claim.name, code=refusal.code, reason=refusal.en)
        self._tell(Outcome(intake_id, work.claim.name, refused=refusal, place=place))

    def _postpone(self, intake_id: str, error: Exception) -> None:
        """The DMS or our database is out of reach: not the file's fault, so it is tried for ever."""
        work = self._work[intake_id]
        pause = _BACKOFF[min(work.tries, len(_BACKOFF) - 1)]
        work.tries += 1
        work.due = time.monotonic() + pause
        self._later.add(intake_id)
        now = self._archive.clock()
        log().warning("will try again", intake=intake_id, seconds=pause, reason=str(error))
        try:
            with self._archive.engine.begin() as connection:
                again = now + timedelta(seconds=pause)
                intake.move(connection, intake_id, "retry", at=now, reason=str(error), next_try=again)
        except sa.exc.OperationalError as also:
            log().warning("the database can not be written to just now", reason=str(also))
        self._tell(Outcome(intake_id, work.claim.name, waiting=str(error)))

    def _fail(self, intake_id: str, error: Exception) -> None:
        """Something unforeseen: tried again, then set aside with what IT needs to know."""
        work = self._work[intake_id]
        work.failures += 1
        log().error("failed", intake=intake_id, failures=work.failures, exc_info=error)
        if work.failures < _MOST_FAILURES and work.transcript is not None:
            work.due = time.monotonic() + _BACKOFF[0]
            self._later.add(intake_id)
            return
        what = f"{type(error).__name__}: {error}"
        self._refuse(
            intake_id,
            Refused(
                "internal-error",
                f"处理时发生意外错误，请交信息部门：{what}",
                f"An unforeseen error occurred; tell IT: {what}",
            ),
        )

    def _tell(self, outcome: Outcome) -> None:
        self._told(replace(outcome, taken_from=self._taken_from.get(outcome.intake_id)))
        if not outcome.waiting:
            self._taken_from.pop(outcome.intake_id, None)

    def _try_again(self) -> None:
        now = time.monotonic()
        for intake_id in [i for i in self._later if self._work[i].due <= now]:
            self._later.discard(intake_id)
            self._file(intake_id)

    def _end(self, intake_id: str) -> None:
        self._spool.drop(intake_id)
        self._later.discard(intake_id)
        del self._work[intake_id]

    def _row(self, intake_id: str) -> intake.Intake | None:
        with self._archive.engine.begin() as connection:
            return intake.get(connection, intake_id)
