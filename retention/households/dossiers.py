"""The dossiers that were opened, in our database: opening a new one, and looking one up."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, select, update
from sqlalchemy.dialects import postgresql, sqlite

from retention.among import among
from retention.errors import UndecidedDossier
from retention.households.dossier import DossierChoice, KnownDossier, without_estate
from retention.tables import dossier

_COLUMNS = (
    dossier.c.key,
    dossier.c.title,
    dossier.c.unit,
    dossier.c.project,
    dossier.c.customer,
    dossier.c.opened_on,
    dossier.c.level,
    dossier.c.merged_into,
)


@dataclass(frozen=True)
class OpenDossier:
    """A dossier as it is kept. `level` is the highest that a record of it ever had, empty before the first one;
    `merged_into` is the key of the one that a person has put it into."""

    key: str
    title: str
    unit: str
    project: str
    customer: str
    opened_on: date
    level: str
    merged_into: str

    @property
    def provisional(self) -> bool:
        """Whether its estate is not known yet."""
        return bool(self.unit and not self.project)


def open_dossier(connection: Connection, choice: DossierChoice, on: date) -> bool:
    """Open the chosen dossier on the day `on` if it is not open yet; True if it was opened now.

    An open dossier keeps all that it has; only a customer that was not known is filled in. Runs in
    the caller's transaction and may be done twice, by two processes at once too. Raises
    UndecidedDossier for a choice without a key.
    """
    if not choice.key:
        raise UndecidedDossier(
            f"{choice.doubt_zh or '未能确定客户档案'}: let a person choose the dossier first"
        )
    row = {
        "key": choice.key,
        "title": choice.title,
        "unit": choice.unit,
        "project": choice.project,
        "customer": choice.customer,
        "opened_on": on,
    }
    dialect = sqlite if connection.dialect.name == "sqlite" else postgresql
    missing = dialect.insert(dossier).values(row).on_conflict_do_nothing().returning(dossier.c.key)
    opened = connection.execute(missing).first() is not None
    if not opened and choice.customer:
        nameless = (dossier.c.key == choice.key) & (dossier.c.customer == "")
        connection.execute(
            update(dossier).where(nameless).values(customer=choice.customer, title=choice.title)
        )
    return opened


def raise_level(connection: Connection, key: str, level: str, higher: Callable[[str, str], str]) -> None:
    """Let the dossier have that level, unless its own is higher: it goes up with its records, and never down.

    `higher` gives back the higher one of two levels; a level that it does not know (KeyError) counts as lower.
    """
    own = connection.execute(select(dossier.c.level).where(dossier.c.key == key)).scalar()
    if own is None:
        return
    try:
        raised = higher(own, level) if own else level
    except KeyError:
        return
    if raised != own:
        connection.execute(update(dossier).where(dossier.c.key == key).values(level=raised))


def every_dossier(connection: Connection) -> tuple[OpenDossier, ...]:
    """Every dossier that was ever opened, by key."""
    return tuple(OpenDossier(*row) for row in connection.execute(select(*_COLUMNS).order_by(dossier.c.key)))


def dossier_of(connection: Connection, key: str) -> OpenDossier | None:
    """The dossier with this key, merged or not; None where none was opened."""
    row = connection.execute(select(*_COLUMNS).where(dossier.c.key == key)).one_or_none()
    return OpenDossier(*row) if row else None


def dossiers_of(connection: Connection, keys: Iterable[str]) -> dict[str, OpenDossier]:
    """Those of these dossiers (some thousand) that were opened, by key."""
    asked = select(*_COLUMNS).where(among(connection, dossier.c.key, keys))
    return {row.key: OpenDossier(*row) for row in connection.execute(asked)}


def resolved(connection: Connection, key: str) -> KnownDossier | None:
    """The dossier with this key, or the one that it was merged into; None where none was opened."""
    seen: set[str] = set()
    found = dossier_of(connection, key)
    while found is not None and found.merged_into and found.key not in seen:
        seen.add(found.key)
        found = dossier_of(connection, found.merged_into)
    return None if found is None else KnownDossier(found.key, found.unit, found.project, found.customer)


def known_dossier(connection: Connection, key: str) -> DossierChoice | None:
    """The open dossier with this key, or the one that it was merged into, as somebody would choose it; None
    where there is none."""
    target = resolved(connection, key)
    found = dossier_of(connection, target.key) if target else None
    if found is None:
        return None
    doubt = without_estate(found.unit) if found.provisional else ""
    return DossierChoice(found.key, found.title, found.unit, found.project, found.customer, (), doubt)
