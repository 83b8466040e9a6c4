"""The Lineage of dossiers: what was merged into what and since when, so that an order given for one is heard for both."""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import dataclass, field
from functools import cached_property

from sqlalchemy import Connection, select

from retention.tables import dossier, merge


@dataclass(frozen=True)
class Lineage:
    """`into` says of every merged dossier what it was merged into, and since when (UTC, ISO 8601)."""

    into: Mapping[str, tuple[str, str]] = field(default_factory=dict)

    def home(self, key: str) -> str:
        """The dossier that stands for this one today: itself, or what it was merged into."""
        return self.path(key)[-1][0] if key in self.into else key

    def members(self, home: str) -> frozenset[str]:
        """The dossier with all that was ever merged into it."""
        return self._members.get(home, frozenset()) | {home}

    def all_members(self, homes: Set[str]) -> frozenset[str]:
        """The `members` of all of these."""
        merged = (self._members[home] for home in homes & self._members.keys())
        return frozenset(homes).union(*merged)

    @cached_property
    def _members(self) -> dict[str, frozenset[str]]:
        found: dict[str, set[str]] = {}
        for key in self.into:
            found.setdefault(self.home(key), set()).add(key)
        return {home: frozenset(keys) for home, keys in found.items()}

    def path(self, key: str) -> tuple[tuple[str, str], ...]:
        """The dossier, then what it was merged into and so on, each with the time since which it stands for the first."""
        found = [(key, "")]
        while (step := self.into.get(found[-1][0])) is not None and step not in found:
            found.append(step)
        return tuple(found)


def lineage(connection: Connection) -> Lineage:
    """The lineage of all dossiers: only those that were merged stand in it."""
    begun = select(merge.c.source, merge.c.target, merge.c.begun_at)
    into = {row.source: (row.target, row.begun_at) for row in connection.execute(begun).all()}
    merged = select(dossier.c.key, dossier.c.merged_into).where(dossier.c.merged_into > "")
    for row in connection.execute(merged).all():
        into.setdefault(row.key, (row.merged_into, ""))
    return Lineage(into)
