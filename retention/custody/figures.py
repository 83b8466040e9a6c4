"""Custody in figures, by year: what was lent and handed over, for the yearly statistics."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, func, or_, select

from retention.custody.custody_tables import hand_over, hand_over_item, loan
from retention.custody.hand_over import HandOverSort
from retention.custody.loan import Loan


@dataclass(frozen=True)
class LoanFigures:
    """The loans of a department in a category (empty: whole dossiers): lent, renewed (times, of those that were lent that
    year) and returned in the year; out and overdue on its 31 December."""

    year: int
    department: str
    category: str
    lent: int
    renewed: int
    returned: int
    out_at_end: int
    overdue_at_end: int


@dataclass(frozen=True)
class HandOverFigures:
    """What a department handed over in the year, in one category: lists, records and pages."""

    year: int
    sort: HandOverSort
    department: str
    category: str
    lists: int
    records: int
    pages: int


def loan_figures(connection: Connection, year: int) -> tuple[LoanFigures, ...]:
    """The year's figures, by department and category; what has none is left out."""
    first, last = date(year, 1, 1), date(year, 12, 31)
    asked = select(loan).where(
        loan.c.lent_on <= last, or_(loan.c.returned_on.is_(None), loan.c.returned_on >= first)
    )
    found: dict[tuple[str, str], Counter[str]] = {}
    for row in connection.execute(asked.order_by(loan.c.id)):
        one = Loan(*row)
        tally = found.setdefault((one.department, one.category), Counter())
        out = one.returned_on is None or one.returned_on > last
        tally["lent"] += one.lent_on >= first
        tally["renewed"] += one.renewals if one.lent_on >= first else 0
        tally["returned"] += not out
        tally["out"] += out
        tally["overdue"] += out and one.due_on < last
    return tuple(
        LoanFigures(
            year, *place, *(tally[name] for name in ("lent", "renewed", "returned", "out", "overdue"))
        )
        for place, tally in sorted(found.items())
    )


def hand_over_figures(connection: Connection, year: int) -> tuple[HandOverFigures, ...]:
    """What was handed over in the year, by sort, department and category."""
    one, item = hand_over.c, hand_over_item.c
    place = (one.sort, one.department, item.category)
    counted = (func.count(one.id.distinct()), func.count(), func.sum(item.pages))
    asked = select(*place, *counted).join(hand_over_item, item.hand_over_id == one.id)
    asked = asked.where(one.done_on >= date(year, 1, 1), one.done_on <= date(year, 12, 31))
    rows = connection.execute(asked.group_by(*place).order_by(*place))
    return tuple(HandOverFigures(year, *row[:3], *map(int, row[3:])) for row in rows)
