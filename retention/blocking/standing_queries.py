"""The standing holds by query: found for each of some hundred records without asking every query of every record.

It gives exactly the holds by query of which `retention.blocking.hold.reaches` says that they reach the record.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, select

from retention.among import among
from retention.blocking.hold import Hold, Known, asks_for
from retention.blocking.hold_query import HeldQuery
from retention.households.lineage import Lineage
from retention.keeping_tables import hold_record
from retention.record import Record

_Asked = tuple[Hold, HeldQuery]


class StandingQueries:
    """Those of `holds`, all by query, that may reach any of the records with these ids."""

    def __init__(
        self, connection: Connection, holds: Sequence[Hold], ids: Sequence[str], family: Lineage
    ) -> None:
        self._family = family
        self._listed = _listed(connection, ids) if holds else {}
        self._all: dict[int, _Asked] = {one.id: (one, HeldQuery.read(one.key)) for one in holds}
        self._meant: dict[tuple[str, str], list[_Asked]] = {}
        self._unlisted = Known(family)

    def on(self, record: Record) -> list[Hold]:
        """Those that reach the record."""
        if not self._all:
            return []
        listed = self._listed.get(record.dms_id)
        known = self._unlisted
        found: list[Hold] = []
        if listed:
            known = Known(self._family, found=listed.get("found", ()), words=listed.get("words", ()))
            found = [self._all[one][0] for one in known.found if one in self._all]
        for one, query in self._meant_for(record):
            if one.id not in known.found and asks_for(one, query, record, known):
                found.append(one)
        return found

    def _meant_for(self, record: Record) -> list[_Asked]:
        """The queries whose category and kind are the record's, or that name none: looked for once for all that share both."""
        both = record.card.category, record.card.kind
        if both not in self._meant:
            category, kind = both
            self._meant[both] = [
                (one, query)
                for one, query in self._all.values()
                if query.category in ("", category) and query.kind in ("", kind)
            ]
        return self._meant[both]


def _listed(connection: Connection, ids: Sequence[str]) -> dict[str, dict[str, set[int]]]:
    """Which holds by query have each record on their list, by why."""
    found: dict[str, dict[str, set[int]]] = {}
    asked = select(hold_record.c.dms_id, hold_record.c.why, hold_record.c.hold_id)
    for dms_id, why, number in connection.execute(asked.where(among(connection, hold_record.c.dms_id, ids))):
        found.setdefault(dms_id, {}).setdefault(why, set()).add(number)
    return found
