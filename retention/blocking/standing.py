"""The standing holds by what they name: found for each of some hundred records without asking every hold of every record.

It gives exactly the holds of which `retention.blocking.hold.reaches` says that they reach the record.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from sqlalchemy import Connection, or_, select

from retention.among import among
from retention.blocking.hold import Hold, Known, asks_for, case_number, names_on
from retention.blocking.hold_query import HeldQuery
from retention.households.dossier import BETWEEN_NAMES, key_part
from retention.households.lineage import Lineage
from retention.keeping_tables import hold, hold_record
from retention.record import Record
from retention.tables import dossier, dossier_number

_NONE: frozenset[str] = frozenset()


class Standing:
    """The holds that stand now and may reach any of the records; `keys` are their dossiers (`keys_of`)."""

    def __init__(
        self, connection: Connection, records: Sequence[Record], keys: list[str], family: Lineage
    ) -> None:
        self._family = family
        ids = [record.dms_id for record in records]
        self._by: dict[tuple[str, str], list[Hold]] = {}
        self._queries: list[tuple[Hold, HeldQuery]] = []
        for one in _standing(connection, ids, keys):
            if one.scope == "query":
                self._queries.append((one, HeldQuery.read(one.key)))
            else:
                self._by.setdefault((one.scope, self._named(one)), []).append(one)
        scopes = {scope for scope, _ in self._by}
        self._asks_case, self._asks_customer = "case" in scopes, "customer" in scopes
        self._listed = _listed(connection, ids) if self._queries else {}
        self._cases = _by_home(_case_numbers(connection, keys), family) if self._asks_case else {}
        self._customers = _by_home(_customers(connection, keys), family) if self._asks_customer else {}

    def on(self, record: Record) -> list[Hold]:
        """Those that reach the record, the oldest first."""
        by, dossier_key = self._by, record.card.dossier
        home = self._family.home(dossier_key) if dossier_key else ""
        found = [*by.get(("record", record.dms_id), ())]
        if home:
            found += by.get(("dossier", home), ())
        if self._asks_case:
            found += self._under("case", _case_numbers_on(record) | self._cases.get(home, _NONE))
        if self._asks_customer:
            found += self._under("customer", names_on(record) | self._customers.get(home, _NONE))
        if self._queries:
            listed = self._listed.get(record.dms_id, {})
            known = Known(self._family, found=listed.get("found", ()), words=listed.get("words", ()))
            found += [one for one, query in self._queries if asks_for(one, query, record, known)]
        return sorted(found, key=lambda one: one.id) if len(found) > 1 else found

    def _under(self, scope: str, names: frozenset[str]) -> list[Hold]:
        return [one for name in names for one in self._by.get((scope, name), ())]

    def _named(self, one: Hold) -> str:
        match one.scope:
            case "dossier":
                return self._family.home(one.key)
            case "case":
                return case_number(one.key)
            case "customer":
                return key_part(one.key)
        return one.key


def keys_of(records: Iterable[Record], family: Lineage) -> list[str]:
    """The dossiers of the records under all names that they have had."""
    homes = {family.home(record.card.dossier) for record in records if record.card.dossier}
    return sorted({key for home in homes for key in family.members(home)})


def _standing(connection: Connection, ids: list[str], keys: list[str]) -> list[Hold]:
    about_these = or_(
        hold.c.scope.not_in(("record", "dossier")),
        (hold.c.scope == "record") & among(connection, hold.c.key, ids),
        (hold.c.scope == "dossier") & among(connection, hold.c.key, keys),
    )
    standing = select(hold).where(hold.c.released_at == "", about_these).order_by(hold.c.id)
    return [Hold(*row) for row in connection.execute(standing).all()]


def _listed(connection: Connection, ids: list[str]) -> dict[str, dict[str, set[int]]]:
    """Which holds by query have each record on their list, by why."""
    found: dict[str, dict[str, set[int]]] = {}
    asked = select(hold_record.c.dms_id, hold_record.c.why, hold_record.c.hold_id)
    for dms_id, why, number in connection.execute(asked.where(among(connection, hold_record.c.dms_id, ids))):
        found.setdefault(dms_id, {}).setdefault(why, set()).add(number)
    return found


def _case_numbers_on(record: Record) -> frozenset[str]:
    return frozenset(case_number(one.value) for one in record.card.facts if one.name == "case_no")


def _case_numbers(connection: Connection, keys: list[str]) -> Iterator[tuple[str, str]]:
    asked = select(dossier_number.c.dossier, dossier_number.c.name, dossier_number.c.value)
    # Asked for by dossier alone: of an archive's case numbers there are far more than of a dossier's numbers.
    asked = asked.where(among(connection, dossier_number.c.dossier, keys))
    rows = connection.execute(asked).all()
    return ((key, case_number(value)) for key, name, value in rows if name == "case_no")


def _customers(connection: Connection, keys: list[str]) -> Iterator[tuple[str, str]]:
    asked = select(dossier.c.key, dossier.c.customer).where(among(connection, dossier.c.key, keys))
    return (
        (key, key_part(name))
        for key, customer in connection.execute(asked).all()
        for name in customer.split(BETWEEN_NAMES)
    )


def _by_home(pairs: Iterable[tuple[str, str]], family: Lineage) -> Mapping[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for key, value in pairs:
        found.setdefault(family.home(key), set()).add(value)
    return {home: frozenset(values) for home, values in found.items()}
