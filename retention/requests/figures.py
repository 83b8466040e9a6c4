"""Personal-data requests in figures, by year, for the yearly statistics."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, or_, select

from retention.requests.request import Request, RequestKind
from retention.requests.request_tables import request


@dataclass(frozen=True)
class RequestFigures:
    """The requests of a kind: received in the year; answered and refused in it, in time or late; not answered on its
    31 December."""

    year: int
    kind: RequestKind
    received: int
    answered: int
    refused: int
    in_time: int
    late: int
    open_at_end: int


def request_figures(connection: Connection, year: int) -> tuple[RequestFigures, ...]:
    """The year's figures by kind; a kind that there is none of is left out."""
    first, last = date(year, 1, 1), date(year, 12, 31)
    ended = request.c.answered_on
    asked = select(request).where(
        request.c.received_on <= last,
        or_(ended >= first, ended.is_(None), request.c.received_on >= first),
    )
    found: dict[RequestKind, Counter[str]] = {}
    for row in connection.execute(asked.order_by(request.c.id)):
        one = Request(*row)
        tally = found.setdefault(one.kind, Counter())
        now = one.answered_on is not None and first <= one.answered_on <= last
        refused = now and one.outcome == "refused"
        tally["received"] += one.received_on >= first
        tally["answered"] += now and not refused
        tally["refused"] += refused
        tally["in_time"] += now and not one.days_late(last)
        tally["late"] += now and bool(one.days_late(last))
        tally["open"] += one.answered_on is None or one.answered_on > last
    names = ("received", "answered", "refused", "in_time", "late", "open")
    return tuple(
        RequestFigures(year, kind, *(tally[name] for name in names)) for kind, tally in sorted(found.items())
    )
