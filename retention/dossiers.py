"""The dossiers that were opened, in our database: finding the one that fits, and opening a new one."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Connection, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite

from retention.dossier import CUSTOMER_PREFIX, DossierChoice, KnownDossier, digest_of, join_known
from retention.errors import UndecidedDossier
from retention.household import refer
from retention.tables import dossier


def settle_dossier(connection: Connection, choice: DossierChoice) -> DossierChoice:
    """The choice, taken into a dossier that is open already where exactly one fits (`join_known`), with
    the keys of the others that it is related to (`refer`)."""
    known = _alike(connection, choice)
    return refer(join_known(choice, known), known)


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


def known_dossier(connection: Connection, key: str) -> DossierChoice | None:
    """The open dossier with this key, as somebody would choose it; None where there is none."""
    columns = (dossier.c.key, dossier.c.title, dossier.c.unit, dossier.c.project, dossier.c.customer)
    row = connection.execute(select(*columns).where(dossier.c.key == key)).one_or_none()
    return DossierChoice(*row, evidence=(), doubt_zh="") if row else None


def _alike(connection: Connection, choice: DossierChoice) -> tuple[KnownDossier, ...]:
    """The open dossiers that the choice might belong to or refer to: of the same unit, of the same home in
    another writing, of the same ID number, of the same customer."""
    alike = []
    if choice.unit:
        alike.append(dossier.c.unit == choice.unit)
    if digest_of(choice.key):
        alike.append(dossier.c.key.like(f"{CUSTOMER_PREFIX}/%-{digest_of(choice.key)}"))
    if choice.unit and choice.project:
        ends = choice.unit.split("-")
        alike.append((dossier.c.project == choice.project) & (dossier.c.unit == f"{ends[0]}-{ends[-1]}"))
        alike.append((dossier.c.project == choice.project) & dossier.c.unit.like(f"{ends[0]}-%-{ends[-1]}"))
    alike += [
        dossier.c.customer.contains(name, autoescape=True) for name in choice.customer.split("、") if name
    ]
    if not alike:
        return ()
    columns = (dossier.c.key, dossier.c.unit, dossier.c.project, dossier.c.customer)
    rows = connection.execute(select(*columns).where(or_(*alike)).order_by(dossier.c.key))
    return tuple(KnownDossier(*row) for row in rows)
