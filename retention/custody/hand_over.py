"""A HandOver 移交: a list of records that change hands, confirmed by who gives and who receives, two people.

`department`: a department gives its papers to the archive. `transfer`: the archive gives away what an appraisal has decided
to transfer.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal, get_args

from retention.record import Record
from retention.register import canonical

HandOverSort = Literal["department", "transfer"]
HAND_OVER_SORTS: tuple[HandOverSort, ...] = get_args(HandOverSort)
SORT_NAMES: dict[HandOverSort, tuple[str, str]] = {
    "department": ("部门移交档案部门", "department to archive"),
    "transfer": ("档案移出", "transfer out of the archive"),
}
HandOverSide = Literal["giver", "receiver"]
HAND_OVER_SIDES: tuple[HandOverSide, ...] = get_args(HandOverSide)
SIDE_NAMES: dict[HandOverSide, tuple[str, str]] = {
    "giver": ("移交人", "giver"),
    "receiver": ("接收人", "receiver"),
}


@dataclass(frozen=True)
class HandOverItem:
    """A record as it was listed, its title with ID numbers masked."""

    dms_id: str
    sha256: str
    title: str
    category: str
    kind: str
    dossier: str
    level: str
    pages: int


@dataclass(frozen=True)
class HandOver:
    """A hand-over as it stands. `digest` stands for its list, which never changes. Times are UTC, ISO 8601, empty until then;
    `done_on` is the day on which both sides had confirmed."""

    id: int
    sort: HandOverSort
    department: str
    receiver: str
    digest: str
    proposed_by: str
    proposed_at: str
    given_by: str
    given_at: str
    received_by: str
    received_at: str
    done_at: str
    done_on: date | None
    withdrawn_by: str
    withdrawn_at: str
    note: str
    items: tuple[HandOverItem, ...] = ()

    @property
    def open(self) -> bool:
        """Whether it still waits for a side."""
        return not (self.done_at or self.withdrawn_at)

    @property
    def state(self) -> str:
        """`open`, `done` or `withdrawn`."""
        return "done" if self.done_at else "withdrawn" if self.withdrawn_at else "open"

    @property
    def by_category(self) -> dict[str, tuple[int, int]]:
        """How many records and pages of each category are on the list."""
        found: dict[str, tuple[int, int]] = {}
        for one in self.items:
            records, pages = found.get(one.category, (0, 0))
            found[one.category] = (records + 1, pages + one.pages)
        return found


def item_of(record: Record, title: str) -> HandOverItem:
    """What is listed of a record; `title` is its title as it may be shown."""
    card = record.card
    return HandOverItem(
        record.dms_id,
        card.sha256,
        title,
        card.category,
        card.kind,
        card.dossier,
        card.confidentiality,
        card.pages,
    )


def list_digest(items: Iterable[HandOverItem]) -> str:
    """What stands for a list: the SHA-256, in hex, of its ids and checksums."""
    rows = sorted([one.dms_id, one.sha256] for one in items)
    return hashlib.sha256(canonical(rows).encode()).hexdigest()
