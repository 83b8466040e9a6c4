"""A slow and plain second opinion on what the schedule says: it counts days and months one by one.

It shares nothing with the code under test but the types. 民法典 art. 201, 202: the first day is not counted; a period of
months ends on the corresponding day, or on the month's last where there is none.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from retention.periods.event import Event
from retention.record import Record

READ_OFF = ("filed", "document_date", "year_end")


@dataclass(frozen=True)
class Row:
    """A row as it is written."""

    id: str
    years: int
    months: int
    days: int
    permanent: bool
    cutoff: str
    rolled: bool
    kinds: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()


def winner(rows: Sequence[Row], kind: str, category: str, named: str) -> Row | None:
    """The first row from above that fits."""
    for row in rows:
        said = bool(row.kinds) or bool(row.categories)
        if said and (kind in row.kinds or category in row.categories):
            return row
        if not said and named and row.id == named:
            return row
    return None


def starts(row: Row, record: Record, events: Sequence[Event]) -> date | None:
    """The cutoff, or None where it is missing."""
    card = record.card
    if row.cutoff == "filed":
        return card.filed_on
    if row.cutoff == "document_date":
        return card.document_date
    if row.cutoff == "year_end":
        day = card.document_date
        while day is not None and (day.month, day.day) != (12, 31):
            day += timedelta(days=1)
        return day
    own, whole = [], []
    for event in events:
        if event.kind != row.cutoff:
            continue
        if event.scope.sort == "record" and event.scope.key == record.dms_id:
            own.append(event.on)
        if event.scope.sort == "dossier" and card.dossier and event.scope.key == card.dossier:
            whole.append(event.on)
    days = sorted(own or whole)
    return days[-1] if days else None


def ends(row: Row, start: date) -> date:
    """The last day, counted out."""
    year, month = start.year, start.month
    for _ in range(row.years * 12 + row.months):
        month += 1
        if month == 13:
            year, month = year + 1, 1
    day = _corresponding(year, month, start.day)
    for _ in range(row.days):
        day += timedelta(days=1)
    while row.rolled and (day.month, day.day) != (12, 31):
        day += timedelta(days=1)
    return day


def state(end: date, first: date, last: date, today: date) -> str:
    """In which list it stands."""
    if end < today and end < first:
        return "overdue"
    if first <= end <= last:
        return "due" if end < today else "upcoming"
    return "later"


def _corresponding(year: int, month: int, wanted: int) -> date:
    for number in range(wanted, 0, -1):
        try:
            return date(year, month, number)
        except ValueError:
            continue
    raise AssertionError("every month has a first")
