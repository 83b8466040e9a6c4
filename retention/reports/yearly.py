"""A year of the archive in figures, as of 31 December: counted from the register, which outlives the records.

What was filed and destroyed later still counts as filed. A category that a person has corrected counts as corrected from the
year of the correction on: figures that were reported stay as they are.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, tzinfo

from sqlalchemy import Connection, select

from retention.appraising.appraisal import Decision
from retention.blocking.hold import HOLD_SORTS, HoldSort
from retention.custody.figures import HandOverFigures, LoanFigures, hand_over_figures, loan_figures
from retention.disposing.disposing_tables import appraisal, appraisal_item
from retention.keeping_tables import hold
from retention.requests.figures import RequestFigures, request_figures
from retention.tables import register

_CAME = ("filed", "adopted")
_WENT = ("destroyed", "found-missing")
_HEARD = (*_CAME, *_WENT, "corrected")


@dataclass(frozen=True)
class HoldFigures:
    """Holds of a sort: placed and released in the year, standing on its 31 December."""

    sort: HoldSort
    placed: int
    released: int
    standing: int


@dataclass(frozen=True)
class YearFigures:
    """One year. Mappings are by category, `appraised` by decision and category; `in_stock` are the records that were there
    on 31 December, `found_missing` those that somebody had removed before they were to be destroyed."""

    year: int
    received: Mapping[str, int] = field(default_factory=dict)
    destroyed: Mapping[str, int] = field(default_factory=dict)
    found_missing: Mapping[str, int] = field(default_factory=dict)
    in_stock: Mapping[str, int] = field(default_factory=dict)
    appraised: Mapping[tuple[Decision, str], int] = field(default_factory=dict)
    holds: tuple[HoldFigures, ...] = ()
    loans: tuple[LoanFigures, ...] = ()
    handed_over: tuple[HandOverFigures, ...] = ()
    requests: tuple[RequestFigures, ...] = ()


def years(
    connection: Connection, those: tuple[int, ...], zone: tzinfo | None, kinds: Mapping[str, str]
) -> tuple[YearFigures, ...]:
    """The figures of these years, the register read once. `zone` is the office's time zone (None: that of the machine),
    `kinds` tells the category of each kind, for records whose kind a person has corrected."""
    stock = _Stock(those, zone, kinds)
    for at, action, subject, payload in _entries(connection):
        stock.hear(at, action, subject, payload)
    stock.end()
    return tuple(
        YearFigures(
            year,
            received=dict(stock.received[year]),
            destroyed=dict(stock.destroyed[year]),
            found_missing=dict(stock.missing[year]),
            in_stock=stock.in_stock[year],
            appraised=_appraised(connection, year, zone),
            holds=_holds(connection, year, zone),
            loans=loan_figures(connection, year),
            handed_over=hand_over_figures(connection, year),
            requests=request_figures(connection, year),
        )
        for year in those
    )


class _Stock:
    """What the register has told so far: which records are there, in which category, and what each year has counted."""

    def __init__(self, those: tuple[int, ...], zone: tzinfo | None, kinds: Mapping[str, str]) -> None:
        self._zone, self._kinds, self._waiting = zone, kinds, sorted(those)
        self._there: dict[str, str] = {}
        self._came: dict[str, int] = {}
        self.received: dict[int, Counter[str]] = {year: Counter() for year in those}
        self.destroyed: dict[int, Counter[str]] = {year: Counter() for year in those}
        self.missing: dict[int, Counter[str]] = {year: Counter() for year in those}
        self.in_stock: dict[int, Mapping[str, int]] = {}

    def hear(self, at: str, action: str, subject: str, payload: str) -> None:
        """One entry, in the register's order."""
        year = day_in(at, self._zone).year
        self._close(year)
        told = json.loads(payload)
        if action in _CAME:
            self._there[subject] = told["category"]
            if subject not in self._came:
                # Adopted anew by a sweep, it is still one record.
                self._came[subject] = year
                self._count(self.received, year, told["category"])
        elif action in _WENT:
            category = self._there.pop(subject, told["category"])
            self._came.pop(subject, None)
            self._count(self.destroyed if action == "destroyed" else self.missing, year, category)
        elif subject in self._there:
            self._corrected(subject, told, year)

    def end(self) -> None:
        """Nothing more comes."""
        self._close(max(self._waiting, default=0) + 1)

    def _close(self, year: int) -> None:
        while self._waiting and self._waiting[0] < year:
            self.in_stock[self._waiting.pop(0)] = dict(Counter(self._there.values()))

    def _corrected(self, subject: str, told: Mapping[str, object], year: int) -> None:
        changes = told.get("changes")
        for one in changes if isinstance(changes, list) else ():
            if one["what"] == "kind" and one["became"] in self._kinds:
                became = self._kinds[one["became"]]
            elif one["what"] == "category":
                became = one["became"]
            else:
                continue
            before = self._there[subject]
            if self._came.get(subject) == year and year in self.received:
                self.received[year][before] -= 1
                self.received[year][became] += 1
            self._there[subject] = became

    @staticmethod
    def _count(where: dict[int, Counter[str]], year: int, category: str) -> None:
        if year in where:
            where[year][category] += 1


def day_in(stamp: str, zone: tzinfo | None) -> date:
    """The day of a UTC time where the office stands."""
    return datetime.fromisoformat(stamp).astimezone(zone).date()


def _entries(connection: Connection) -> Iterator[tuple[str, str, str, str]]:
    columns = (register.c.at, register.c.action, register.c.subject, register.c.payload)
    asked = select(*columns).where(register.c.action.in_(_HEARD)).order_by(register.c.seq)
    for some in connection.execute(asked, execution_options={"yield_per": 2000}).partitions():
        yield from (tuple(row) for row in some)


def _appraised(connection: Connection, year: int, zone: tzinfo | None) -> Mapping[tuple[Decision, str], int]:
    item = appraisal_item.c
    asked = select(appraisal.c.approved_at, item.decision, item.category)
    asked = asked.join(appraisal_item, item.appraisal_id == appraisal.c.id).where(
        appraisal.c.approved_at != ""
    )
    found: Counter[tuple[Decision, str]] = Counter()
    for approved_at, decision, category in connection.execute(asked):
        if day_in(approved_at, zone).year == year:
            found[decision, category] += 1
    return dict(found)


def _holds(connection: Connection, year: int, zone: tzinfo | None) -> tuple[HoldFigures, ...]:
    placed, released, standing = Counter[str](), Counter[str](), Counter[str]()
    for sort, at, until in connection.execute(select(hold.c.sort, hold.c.at, hold.c.released_at)):
        first = day_in(at, zone).year
        last = day_in(until, zone).year if until else None
        placed[sort] += first == year
        released[sort] += last == year
        standing[sort] += first <= year and (last is None or last > year)
    return tuple(HoldFigures(sort, placed[sort], released[sort], standing[sort]) for sort in HOLD_SORTS)
