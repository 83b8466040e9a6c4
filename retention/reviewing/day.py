"""The one day of a card that a rule counts from: what cards share that share it is found once for all of them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from operator import attrgetter
from typing import NamedTuple, Self

from retention.periods.cutoff import Dated
from retention.schedule.rule import Rule


class Day(NamedTuple):
    """A day in the place of a card, for a rule that counts from it."""

    filed_on: date
    document_date: date | None
    dossier: str = ""

    @classmethod
    def alone(cls, day: date | None) -> Self:
        """That day, whichever of a card's days it is; None: there is none."""
        return cls(day or date.min, day)


_FILED: Callable[[Dated], date | None] = attrgetter("filed_on")
_DATED: Callable[[Dated], date | None] = attrgetter("document_date")


def day_for(rule: Rule) -> Callable[[Dated], date | None]:
    """What gives the day of a card from which `rule` counts, where it waits for no event."""
    return _FILED if rule.cutoff == "filed" else _DATED
