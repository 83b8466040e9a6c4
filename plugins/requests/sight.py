"""What lies in the archive, in sight or not: what is out of sight in the DMS is kept all the same, and must be counted.

| who asks | counts |
|---|---|
| people's lists and searches, what is handed over or lent | what is in sight |
| review, proposals to destroy | that, and what is restricted (`whole`) |
| whatever asks what is kept: a changed schedule, holds, statistics, who is on which paper, whether a paper is missing | that, and what is in quarantine (`everything`) |
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from plugins.wiring import Archive
from retention.disposing import disposals
from retention.dms import Dms
from retention.errors import NoSuchRecord
from retention.outline import Outline
from retention.record import Record
from retention.requests import restrictions


class Whole:
    """A source of records for a review: those in sight, and those that are restricted; `hidden` are the ids of these."""

    def __init__(self, dms: Dms, hidden: Iterable[str]) -> None:
        self._dms = dms
        self.hidden = tuple(sorted(hidden))

    def outlines(self, *, ended_before: date | None = None) -> Iterator[Outline]:
        """Of every record what the schedule asks; see `retention.dms.Dms.outlines`."""
        yield from self._dms.outlines(ended_before=ended_before)
        yield from map(Outline.of, self._restricted())

    def records(self, *ids: str) -> Iterator[Record]:
        """The records, those of `ids` or all."""
        yield from self._dms.records(*ids)
        yield from (one for one in self._restricted() if not ids or one.dms_id in ids)

    def _restricted(self) -> Iterator[Record]:
        return self._dms.quarantined(*self.hidden) if self.hidden else iter(())


def everything(archive: Archive) -> Iterator[Record]:
    """Each record that the archive has, once: in sight, restricted, or in quarantine to be destroyed, these last."""
    hidden = {record.dms_id for record in archive.dms.quarantined()}
    yield from (one for one in archive.dms.records() if one.dms_id not in hidden)
    if hidden:
        # What came into sight meanwhile is told from there.
        told = set()
        for record in archive.dms.quarantined():
            if record.dms_id in hidden:
                told.add(record.dms_id)
                yield record
        if back := hidden - told:
            yield from archive.dms.records(*back)


def whole(archive: Archive) -> Whole:
    """All records of the archive but those that are in quarantine to be destroyed."""
    with archive.engine.begin() as connection:
        restricted = restrictions.hidden(connection)
        doomed = disposals.hidden(connection, restricted)
    return Whole(archive.dms, restricted.keys() - doomed)


def record_of(archive: Archive, dms_id: str) -> Record | None:
    """The record, in sight or not; None where the DMS holds none."""
    try:
        return archive.dms.record(dms_id)
    except NoSuchRecord:
        return next(iter(archive.dms.quarantined(dms_id)), None)


def text_of(archive: Archive, dms_id: str) -> tuple[str, ...]:
    """The text of each page of a record, in sight or not; empty where it can not be had."""
    for read in (archive.dms.text, archive.dms.quarantined_text):
        try:
            return read(dms_id)
        except NoSuchRecord:
            continue
    return ()
