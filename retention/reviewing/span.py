"""The Span that a review is made for, and where a last day lies to it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from retention.errors import BadSpan
from retention.reviewed import DueState


@dataclass(frozen=True)
class Span:
    """The days from `start` to `end`, both inclusive, as seen on `today`. Raises BadSpan where it ends before it begins."""

    start: date
    end: date
    today: date

    def __post_init__(self) -> None:
        if self.end < self.start:
            raise BadSpan(f"the span ends on {self.end}, before it begins on {self.start}: swap the two days")

    def state(self, last: date) -> DueState | None:
        """How a record stands whose last day that is; None: it is not listed, it ends after the span, or between
        today and a span that has not begun."""
        if last > self.end or (last < self.start and last >= self.today):
            return None
        return "overdue" if last < self.start else "due" if last < self.today else "upcoming"
