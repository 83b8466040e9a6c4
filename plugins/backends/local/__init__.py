"""The embedded DMS: what paperless-ngx is to an office, in one folder.

`root/dms.sqlite3` holds cards, text and index, `root/originals` the scanner's bytes, `root/archives` their
archive versions. All together are the archive: they are backed up and moved together. See `originals` for why nothing is lost by a crash.
"""

from __future__ import annotations

import contextlib
import json
import sqlite3
import time
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path

from plugins.backends.local import rows
from plugins.backends.local.database import Database, ask_for_fts5
from plugins.backends.local.originals import Originals
from plugins.backends.local.outlines import outlines_after, top
from plugins.backends.local.search import found
from plugins.backends.local.trouble import explained
from plugins.backends.local.vocabulary import adopt
from retention.dms import Caution, Change, Clearance, Deposit, DmsStatus, Hit, Query, RightsFault, Term
from retention.errors import AlreadyFiled, DmsRefused, DmsUnavailable, NoSuchRecord
from retention.outline import Outline
from retention.record import Card, Record

_BATCH = 2_000
_SEEN = "SELECT id FROM document WHERE quarantined = 0 ORDER BY id"
_HIDDEN = "SELECT id FROM document WHERE quarantined = 1 ORDER BY id"


class LocalDms:
    """The contract `retention.dms.Dms` over the folder `root`, which is made where it is missing.

    Raises DmsUnavailable where the folder, the database or its schema can not be worked with. A call
    that meets a lock waits up to `busy_seconds`.
    """

    name = "local"
    keeps_archives = True

    def __init__(self, root: Path, *, busy_seconds: float = 30.0) -> None:
        self._path = root / "dms.sqlite3"
        with explained(root):
            root.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._originals = Originals(root)
        self._archives = Originals(root, "archives")
        self._refuse_to_start_over()
        self._database = Database(self._path, busy_seconds)
        self._originals.sweep(time.time())

    def status(self) -> DmsStatus:
        ask_for_fts5()
        with self._database.reading() as connection:
            (documents,) = connection.execute(
                "SELECT count(*) FROM document WHERE quarantined = 0"
            ).fetchone()
        return DmsStatus(self.name, sqlite3.sqlite_version, f"SQLite at {self._path}", documents)

    def prepare(self, vocabulary: Iterable[Term], *, dry_run: bool = False) -> tuple[Change, ...]:
        with self._database.writing() as connection:
            return adopt(connection, vocabulary, dry_run=dry_run)

    def cautions(self) -> tuple[Caution, ...]:
        return ()

    def audit_rights(self, *, repair: bool = False) -> Iterator[RightsFault]:
        del repair  # who may run `dossier` sees all: there are no rights to compare
        return iter(())

    def file(self, deposit: Deposit) -> str:
        sha256 = deposit.card.sha256
        with contextlib.ExitStack() as stack:
            incoming = stack.enter_context(self._originals.take_in(deposit.original))
            if incoming.sha256 != sha256:
                raise DmsRefused(
                    f"{deposit.original.name} has the checksum {incoming.sha256[:12]}… and not {sha256[:12]}…: "
                    "it was changed after it was read; take it in again"
                )
            archive = None
            if deposit.archive is not None:
                archive = stack.enter_context(self._archives.take_in(deposit.archive))
            entry = rows.search_entry(deposit)
            with self._database.writing() as connection:
                held = _number(connection, sha256)
                if held is not None:
                    raise AlreadyFiled(held, sha256)
                self._originals.keep(incoming)
                if archive is not None:
                    self._archives.keep(archive, sha256)
                return rows.insert(connection, deposit, entry)

    def expect(self, sha256: str) -> None:
        """Nothing: it is found in no time."""

    def find(self, sha256: str) -> str | None:
        with self._database.reading() as connection:
            return _number(connection, sha256)

    def checksum(self, dms_id: str) -> str:
        with self._database.reading() as connection:
            kept = _one(connection, dms_id, hidden=None)
        return self._originals.checksum(kept.card.sha256)

    def original(self, dms_id: str) -> bytes:
        return self._originals.read(self.record(dms_id).card.sha256)

    def archive(self, dms_id: str) -> bytes | None:
        sha256 = self.record(dms_id).card.sha256
        return self._archives.read(sha256) if self._archives.has(sha256) else None

    def record(self, dms_id: str) -> Record:
        with self._database.reading() as connection:
            return _one(connection, dms_id)

    def confirmed(self, dms_id: str) -> tuple[Record, str]:
        return self.record(dms_id), self.checksum(dms_id)

    def text(self, dms_id: str) -> tuple[str, ...]:
        with self._database.reading() as connection:
            _one(connection, dms_id)
            return rows.pages_of(connection, rows.number_of(dms_id))

    def records(self, *ids: str) -> Iterator[Record]:
        if ids:
            return self._by_number(_numbers(ids))
        with self._database.reading() as connection:
            numbers = [number for (number,) in connection.execute(_SEEN)]
        return self._by_number(numbers)

    def outlines(self, *, ended_before: date | None = None) -> Iterator[Outline]:
        with self._database.reading() as connection:
            last = top(connection)
        return self._outlines(last, ended_before)

    def relabel(self, record: Record, card: Card) -> None:
        if card.sha256 != record.card.sha256:
            raise DmsRefused(f"document {record.dms_id} holds other bytes than the labels speak of")
        with self._database.writing() as connection:
            if _one(connection, record.dms_id) != record:
                raise DmsRefused(
                    f"document {record.dms_id} was changed by somebody else meanwhile: look at it again, then correct it"
                )
            rows.replace_card(connection, rows.number_of(record.dms_id), record.card, card)

    def search(self, query: Query, clearance: Clearance) -> tuple[Hit, ...]:
        with self._database.reading() as connection:
            return found(connection, query, clearance)

    def quarantine(self, dms_id: str, sha256: str) -> None:
        with self._database.writing() as connection:
            if _one(connection, dms_id, hidden=None).card.sha256 != sha256:
                raise DmsRefused(f"document {dms_id} holds other bytes than were decided upon")
            _hide(connection, dms_id, hidden=True)

    def restore(self, dms_id: str) -> None:
        with self._database.writing() as connection:
            _one(connection, dms_id, hidden=None)
            _hide(connection, dms_id, hidden=False)

    def quarantined(self, *ids: str) -> Iterator[Record]:
        if ids:
            return self._by_number(_numbers(ids), hidden=True)
        with self._database.reading() as connection:
            numbers = [number for (number,) in connection.execute(_HIDDEN)]
        return self._by_number(numbers, hidden=True)

    def quarantined_text(self, dms_id: str) -> tuple[str, ...]:
        with self._database.reading() as connection:
            _one(connection, dms_id, hidden=True)
            return rows.pages_of(connection, rows.number_of(dms_id))

    def versions(self, dms_id: str) -> tuple[str, ...]:
        with self._database.reading() as connection:
            _one(connection, dms_id, hidden=None)
        return ()

    def destroy(self, dms_id: str, sha256: str) -> None:
        with self._database.writing() as connection:
            held = next(iter(_records(connection, [rows.number_of(dms_id)], hidden=None)), None)
            if held is not None and held.card.sha256 != sha256:
                raise DmsRefused(f"document {dms_id} holds other bytes than were decided upon")
            if held is not None and _is_seen(connection, dms_id):
                raise DmsRefused(f"document {dms_id} is not in quarantine: nothing is destroyed")
            if held is not None:
                rows.remove(connection, rows.number_of(dms_id), held.card)
        # From here on there is no way back; what a crash leaves of the files, the next call removes.
        with self._database.writing() as connection:
            # Where the same bytes were filed anew, they belong to that document now.
            if _number(connection, sha256) is None:
                self._originals.remove(sha256)
                self._archives.remove(sha256)

    def is_gone(self, dms_id: str, sha256: str) -> bool:
        with self._database.reading() as connection:
            if _records(connection, [rows.number_of(dms_id)], hidden=None):
                return False
            if _number(connection, sha256) is not None:
                return True
            return not (self._originals.has(sha256) or self._archives.has(sha256))

    def erase_traces(self) -> None:
        with self._database.writing() as connection:
            # The index marks what was taken out and keeps it until its parts are merged.
            connection.execute("INSERT INTO found (found) VALUES ('optimize')")
        self._database.flush()

    def remains(self) -> tuple[Caution, ...]:
        return ()

    def _outlines(self, last: int, ended_before: date | None) -> Iterator[Outline]:
        at = 0
        while at < last:
            with self._database.reading() as connection:
                page, at = outlines_after(connection, at, last, ended_before)
            yield from page

    def _by_number(self, numbers: Sequence[int], *, hidden: bool = False) -> Iterator[Record]:
        for first in range(0, len(numbers), _BATCH):
            with self._database.reading() as connection:
                batch = _records(connection, numbers[first : first + _BATCH], hidden=hidden)
            yield from batch

    def _refuse_to_start_over(self) -> None:
        """An archive whose database has gone must not come up empty."""
        with explained(self._path):
            kept = self._originals.any()  # asked first: the database is made before anything is kept
            if kept and not (self._path.exists() and self._path.stat().st_size):
                raise DmsUnavailable(
                    f"there are originals beside {self._path} but the database is gone: restore it from "
                    "the last backup, or move the folder away to start a new archive"
                )


def _numbers(ids: Iterable[str]) -> list[int]:
    """The rows that these ids name, in their order; what never was an id of ours is left out."""
    return sorted({int(one) for one in ids if rows.is_number(one)})


def _number(connection: sqlite3.Connection, sha256: str) -> str | None:
    row = connection.execute("SELECT id FROM document WHERE sha256 = ?", (rows.storable(sha256),)).fetchone()
    return str(row[0]) if row else None


def _one(connection: sqlite3.Connection, dms_id: str, *, hidden: bool | None = False) -> Record:
    for record in _records(connection, [rows.number_of(dms_id)], hidden=hidden):
        return record
    raise NoSuchRecord(f"the local DMS holds no document {dms_id}")


def _records(
    connection: sqlite3.Connection, numbers: Sequence[int], *, hidden: bool | None = False
) -> list[Record]:
    """Those of the documents that are in quarantine (`hidden`), or not; None: both."""
    wanted = json.dumps(numbers), json.dumps([0, 1] if hidden is None else [int(hidden)])
    held = connection.execute(
        "SELECT id, card FROM document WHERE id IN (SELECT value FROM json_each(?))"
        " AND quarantined IN (SELECT value FROM json_each(?)) ORDER BY id",
        wanted,
    )
    return [Record(str(number), _card(number, card)) for number, card in held]


def _card(number: int, stored: str | bytes) -> Card:
    try:
        return rows.card_of(stored)
    except (KeyError, TypeError, ValueError) as error:
        raise DmsUnavailable(
            f"文件 {number} 的卷宗卡片损坏，请自备份恢复。The card of document {number} is damaged ({type(error).__name__}): restore "
            "the database from the last backup"
        ) from error


def _is_seen(connection: sqlite3.Connection, dms_id: str) -> bool:
    return bool(_records(connection, [rows.number_of(dms_id)], hidden=False))


def _hide(connection: sqlite3.Connection, dms_id: str, *, hidden: bool) -> None:
    connection.execute(
        "UPDATE document SET quarantined = ? WHERE id = ?", (int(hidden), rows.number_of(dms_id))
    )
