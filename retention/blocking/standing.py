"""The standing holds by what they name: found for each of some hundred records without asking every hold of every record.

It gives exactly the holds of which `retention.blocking.hold.reaches` says that they reach the record.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from sqlalchemy import Connection, or_, select

from retention.among import among
from retention.blocking.hold import NAME_FACTS, Hold, case_number
from retention.blocking.standing_queries import StandingQueries
from retention.households.dossier import BETWEEN_NAMES, key_part
from retention.households.lineage import Lineage
from retention.keeping_tables import hold
from retention.record import Record
from retention.tables import dossier, dossier_number


class Standing:
    """The holds that stand now and may reach any of the records; `keys` are their dossiers under all names that those have had."""

    def __init__(
        self, connection: Connection, records: Sequence[Record], keys: list[str], family: Lineage
    ) -> None:
        ids = [record.dms_id for record in records]
        by: dict[tuple[str, str], list[Hold]] = {}
        for one in _standing(connection, ids, keys):
            by.setdefault((one.scope, _named(one, family)), []).append(one)
        self._family = family
        self._records = {key: those for (scope, key), those in by.items() if scope == "record"}
        self._homes = {key: [*those] for (scope, key), those in by.items() if scope == "dossier"}
        queries = [one for (scope, _), those in by.items() if scope == "query" for one in those]
        self._queries = StandingQueries(connection, queries, ids, family)
        self._cases = _Texts(lambda text: by.get(("case", case_number(text)), ()))
        self._names = _Texts(lambda text: by.get(("customer", key_part(text)), ()))
        self._customers = _Texts(self._of_customers)
        scopes = {scope for scope, _ in by}
        self._asks_customer = "customer" in scopes
        self._facts: dict[str, _Texts] = {"case_no": self._cases} if "case" in scopes else {}
        if "case" in scopes:
            self._put_on_homes(_case_numbers(connection, keys), self._cases)
        if self._asks_customer:
            self._facts |= dict.fromkeys(NAME_FACTS, self._names)
            self._put_on_homes(_customers(connection, keys), self._customers)

    def on(self, record: Record, home: str) -> Sequence[Hold]:
        """Those that reach the record, the oldest first; `home` is where its dossier is today, empty: it is in none."""
        card = record.card
        found = [*self._records.get(record.dms_id, ()), *self._homes.get(home, ())]
        if facts := self._facts:
            for fact in card.facts:
                if fact.name in facts:
                    found += facts[fact.name][fact.value]
        if self._asks_customer:
            found += self._customers[card.customer]
        found += self._queries.on(record)
        if len(found) < 2:
            return found
        return sorted({one.id: one for one in found}.values(), key=lambda one: one.id)

    def _of_customers(self, text: str) -> Sequence[Hold]:
        return [one for name in text.split(BETWEEN_NAMES) for one in self._names[name]]

    def _put_on_homes(self, pairs: Iterable[tuple[str, str]], texts: _Texts) -> None:
        """What a text of one paper names, holds the whole dossier."""
        for key, text in pairs:
            if those := texts[text]:
                self._homes.setdefault(self._family.home(key), []).extend(those)


class _Texts(dict[str, Sequence[Hold]]):
    """The holds that each text names: the same stand on all papers of a dossier, and each is evened out once."""

    def __init__(self, named: Callable[[str], Sequence[Hold]]) -> None:
        super().__init__()
        self._named = named

    def __missing__(self, text: str) -> Sequence[Hold]:
        found = self[text] = self._named(text)
        return found


def homes_of(records: Iterable[Record], family: Lineage) -> dict[str, str]:
    """Where the dossiers of the records are today."""
    keys = {record.card.dossier for record in records}
    return {key: family.home(key) for key in keys if key}


def keys_of(records: Iterable[Record], family: Lineage) -> list[str]:
    """The dossiers of the records under all names that they have had."""
    return sorted(family.all_members(frozenset(homes_of(records, family).values())))


def _named(one: Hold, family: Lineage) -> str:
    match one.scope:
        case "dossier":
            return family.home(one.key)
        case "case":
            return case_number(one.key)
        case "customer":
            return key_part(one.key)
    return one.key


def _standing(connection: Connection, ids: list[str], keys: list[str]) -> list[Hold]:
    about_these = or_(
        hold.c.scope.not_in(("record", "dossier")),
        (hold.c.scope == "record") & among(connection, hold.c.key, ids),
        (hold.c.scope == "dossier") & among(connection, hold.c.key, keys),
    )
    standing = select(hold).where(hold.c.released_at == "", about_these).order_by(hold.c.id)
    return [Hold(*row) for row in connection.execute(standing).all()]


def _case_numbers(connection: Connection, keys: list[str]) -> Iterator[tuple[str, str]]:
    asked = select(dossier_number.c.dossier, dossier_number.c.name, dossier_number.c.value)
    # Asked for by dossier alone: of an archive's case numbers there are far more than of a dossier's numbers.
    asked = asked.where(among(connection, dossier_number.c.dossier, keys))
    rows = connection.execute(asked).all()
    return ((key, value) for key, name, value in rows if name == "case_no")


def _customers(connection: Connection, keys: list[str]) -> Iterator[tuple[str, str]]:
    asked = select(dossier.c.key, dossier.c.customer).where(among(connection, dossier.c.key, keys))
    return ((key, customer) for key, customer in connection.execute(asked).all())
