"""The two sides of a case: a litigation paper names both, and the household's customer is on one of them, the plaintiff's or not.

Nothing is guessed: who sues is the customer as often as the house that sold or manages the home. Where people stand on one side
only they are the customers; where they stand on both, or on none, an open dossier may tell, else nobody does.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from retention.record import FactValue

CLAIMING = ("plaintiff", "applicant")
"""The roles of who has brought the case."""
ANSWERING = ("defendant", "respondent")
"""The roles of whom it was brought against. Who applies for something that is nobody's to answer for, brings no case."""


@dataclass(frozen=True)
class Sides:
    """What the paper calls the parties of each side, in its order: people and companies."""

    claiming: tuple[FactValue, ...]
    answering: tuple[FactValue, ...]

    @property
    def customers(self) -> tuple[str, ...]:
        """The roles in which the customers stand, as far as the paper itself tells; empty: it does not."""
        ours, theirs = (_people(one) for one in (self.claiming, self.answering))
        if ours and theirs:
            # A counterclaim names the same people on both sides.
            return (*CLAIMING, *ANSWERING) if ours <= theirs or theirs <= ours else ()
        return CLAIMING if ours else ANSWERING if theirs else ()

    def of_known(self, is_customer: Callable[[FactValue], bool]) -> tuple[FactValue, ...]:
        """The people on the side that names a customer, and of its companies those that are one; empty where neither side
        names one, or both do."""
        found = [side for side in (self.claiming, self.answering) if any(map(is_customer, side))]
        if len(found) != 1:
            return ()
        return tuple(one for one in found[0] if one.name == "person_name" or is_customer(one))


def sides_of(facts: Sequence[FactValue]) -> Sides | None:
    """The sides of the case that the paper is about; None where it does not name both."""
    named = [one for one in facts if one.name in ("person_name", "company_name") and one.value.strip()]
    sides = Sides(
        tuple(one for one in named if one.role in CLAIMING),
        tuple(one for one in named if one.role in ANSWERING),
    )
    return sides if sides.claiming and sides.answering else None


def _people(side: Iterable[FactValue]) -> frozenset[str]:
    return frozenset(one.value for one in side if one.name == "person_name")
