"""Where a review gets its records from: a DMS, or records that are at hand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Protocol

from retention.outline import Outline
from retention.record import Record


class Source(Protocol):
    """Where the records come from: any DMS (`retention.dms.Dms`), or records that are at hand."""

    def outlines(self, *, ended_before: date | None = None) -> Iterator[Outline]:
        """The outline of every record, from one consistent look; see `retention.dms.Dms.outlines`."""
        ...

    def records(self, *ids: str) -> Iterator[Record]:
        """Those of these records that are still there, in any order."""
        ...


class AtHand:
    """A Source of records that are all in memory; they are read once."""

    def __init__(self, records: Iterable[Record]) -> None:
        self._records = {record.dms_id: record for record in records}

    def outlines(self, *, ended_before: date | None = None) -> Iterator[Outline]:
        """The outline of every record, whenever it ends."""
        del ended_before
        return map(Outline.of, self._records.values())

    def records(self, *ids: str) -> Iterator[Record]:
        """Those of these records that there are."""
        return (self._records[one] for one in ids if one in self._records)
