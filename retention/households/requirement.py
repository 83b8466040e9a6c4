"""A Requirement: a paper that a dossier must have, and when; RequiredPapers is the whole dated, versioned list."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from retention.periods.event import HappeningKind


@dataclass(frozen=True)
class Requirement:
    """What must lie in a dossier, in which case, and on whose authority.

    Kinds are Chinese names, categories ids. A paper of any kind in `any_of` will do. It is asked for where there is a paper of any
    of `when_kinds` or `when_categories`, or any of `when_events` happened, and a paper of each of `dossier_has` is there as well; but
    not where any of `unless_kinds` is there or any of `unless_events` happened. With `within_days` it is lacking only so many days after
    the first day of any of `after_kinds` or `after_events`; None: at once.
    """

    id: str
    name_zh: str
    name_en: str
    any_of: tuple[str, ...]
    authority: str
    when_kinds: tuple[str, ...] = ()
    when_categories: tuple[str, ...] = ()
    when_events: tuple[HappeningKind, ...] = ()
    dossier_has: tuple[str, ...] = ()
    unless_kinds: tuple[str, ...] = ()
    unless_events: tuple[HappeningKind, ...] = ()
    within_days: int | None = None
    after_kinds: tuple[str, ...] = ()
    after_events: tuple[HappeningKind, ...] = ()

    @property
    def kinds(self) -> tuple[str, ...]:
        """Every kind that the row names."""
        return (*self.any_of, *self.when_kinds, *self.dossier_has, *self.unless_kinds, *self.after_kinds)


@dataclass(frozen=True)
class RequiredPapers:
    """The list with its identity: name, version, day. `example` is True while no company has made it its own."""

    name_zh: str
    name_en: str
    version: str
    dated: date
    example: bool
    rows: tuple[Requirement, ...]

    @cached_property
    def events(self) -> frozenset[HappeningKind]:
        """The events that any row asks for."""
        return frozenset(
            event for row in self.rows for event in (*row.when_events, *row.unless_events, *row.after_events)
        )
