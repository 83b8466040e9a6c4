"""Settling where a paper goes that is on its way in, among the dossiers that are open; and entering it there."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from sqlalchemy import Connection, or_, select

from retention.households.dossier import (
    BETWEEN_NAMES,
    CUSTOMER_PREFIX,
    DossierChoice,
    KnownDossier,
    digest_of,
    key_part,
)
from retention.households.dossier_numbers import bearers, note_numbers
from retention.households.dossiers import raise_level, resolved
from retention.households.household import refer
from retention.households.joining import follow_merger, join_by_number, join_known
from retention.households.sides import sides_of
from retention.record import FactValue, Record
from retention.tables import dossier


def settle_dossier(
    connection: Connection, choice: DossierChoice, facts: Sequence[FactValue] = ()
) -> DossierChoice:
    """The choice, taken into a dossier that is open already where exactly one fits (`join_known`), else where
    exactly one has a number of the paper (`join_by_number`); one that was merged stands for what it was merged
    into. With the keys of the others that it is related to (`refer`)."""
    choice = _with_known_side(connection, choice, facts)
    known = alike(connection, choice)
    there = {one.key for one in known}
    # A dossier that was merged stands for its target, which counts once.
    choice = join_known(choice, [one for one in known if one.merged_into not in there])
    choice = join_by_number(choice, facts, bearers(connection, facts))
    target = resolved(connection, choice.key) if choice.key else None
    if target is not None and target.key != choice.key:
        choice = follow_merger(choice, target)
    return refer(choice, [one for one in known if not one.merged_into])


def _with_known_side(
    connection: Connection, choice: DossierChoice, facts: Sequence[FactValue]
) -> DossierChoice:
    """The choice with its customers, where the paper names two sides of a case and does not tell which is theirs, and just one
    of the two is on open dossiers: on those of its unit, if it has one."""
    sides = sides_of(facts)
    if choice.customer or sides is None:
        return choice
    named = dict.fromkeys(key_part(one.value) for one in (*sides.claiming, *sides.answering))
    known = alike(connection, replace(choice, customer=BETWEEN_NAMES.join(named)))
    customers = {
        name
        for one in known
        if one.unit == choice.unit or not choice.unit
        for name in one.customer.split(BETWEEN_NAMES)
    }
    ours = sides.of_known(lambda one: key_part(one.value) in customers)
    names = BETWEEN_NAMES.join(dict.fromkeys(key_part(one.value) for one in ours))
    title = " ".join(part for part in (choice.project, choice.unit, names) if part) if choice.key else ""
    return replace(choice, customer=names, title=title) if names else choice


def alike(connection: Connection, choice: DossierChoice) -> tuple[KnownDossier, ...]:
    """The open dossiers that the choice might belong to or refer to: of the same unit, of the same home in
    another writing, of the same ID number, of the same customer; merged ones too."""
    column, wanted = dossier.c, []
    if choice.unit:
        wanted.append(column.unit == choice.unit)
    if digest_of(choice.key):
        wanted.append(column.key.like(f"{CUSTOMER_PREFIX}/%-{digest_of(choice.key)}"))
    if choice.unit and choice.project:
        ends = choice.unit.split("-")
        wanted.append((column.project == choice.project) & (column.unit == f"{ends[0]}-{ends[-1]}"))
        wanted.append((column.project == choice.project) & column.unit.like(f"{ends[0]}-%-{ends[-1]}"))
    names = filter(None, choice.customer.split(BETWEEN_NAMES))
    wanted += [column.customer.contains(name, autoescape=True) for name in names]
    if not wanted:
        return ()
    columns = (column.key, column.unit, column.project, column.customer, column.merged_into)
    rows = connection.execute(select(*columns).where(or_(*wanted)).order_by(column.key))
    return tuple(KnownDossier(*row) for row in rows)


def enter(connection: Connection, record: Record, higher: Callable[[str, str], str]) -> None:
    """Write down what a filed record brings into its dossier: its numbers, and its level (`raise_level`).

    May be done again, also after the record went elsewhere: what was noted of it before is replaced.
    """
    home = resolved(connection, record.card.dossier) if record.card.dossier else None
    note_numbers(connection, record.dms_id, home.key if home else "", record.card.facts)
    if home:
        raise_level(connection, home.key, record.card.confidentiality, higher)
