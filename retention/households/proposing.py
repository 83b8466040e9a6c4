"""Proposing dossiers for a record whose household nobody knows yet: a person looks, and assigns or not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import Connection

from retention.households.dossier import (
    BETWEEN_NAMES,
    CUSTOMER_PREFIX,
    DossierChoice,
    KnownDossier,
    choose_dossier,
    digest_of_number,
    key_part,
    property_values,
)
from retention.households.dossier_numbers import bearers
from retention.households.dossiers import resolved
from retention.households.joining import MAY_BE_CUSTOMER, bears, contradiction, same_home, shared_names
from retention.households.settling import alike
from retention.record import FactValue

MOST = 12
"""More proposals than this help nobody."""


@dataclass(frozen=True)
class Proposal:
    """A dossier that a record may belong to, with one Chinese sentence for each reason, the strongest first."""

    key: str
    reasons: tuple[str, ...]


def proposals(
    connection: Connection, facts: Sequence[FactValue], pepper: bytes, known_as: str = ""
) -> tuple[Proposal, ...]:
    """What speaks for which open dossier: a number, an ID number, the unit, a name; the strongest first.

    `known_as` is the provisional dossier in which the record lies: it is not proposed again.
    """
    choice = replace(choose_dossier(facts, pepper=pepper), customer=_names(facts))
    found: dict[str, list[str]] = {}
    for key, why in _reasons(connection, choice, facts, pepper):
        if key != known_as:
            found.setdefault(key, []).append(why)
    return tuple(Proposal(key, tuple(dict.fromkeys(why))) for key, why in list(found.items())[:MOST])


def _reasons(
    connection: Connection, choice: DossierChoice, facts: Sequence[FactValue], pepper: bytes
) -> Iterator[tuple[str, str]]:
    for one in bearers(connection, facts):
        against = contradiction(choice, facts, one.dossier)
        yield one.dossier.key, f"{bears(one)}{f'，但{against}' if against else ''}"
    for number in {one.value for one in facts if one.name == "id_number" and one.role in MAY_BE_CUSTOMER}:
        key = f"{CUSTOMER_PREFIX}/-{digest_of_number(number, pepper)}"
        for known in alike(connection, DossierChoice(key, "", "", "", "", (), "")):
            home = resolved(connection, known.key)
            if home is not None:
                yield home.key, "身份证号码与该档案一致"
    units = [key_part(one.value) for one in property_values(facts, "unit")]
    for with_name in (True, False):
        for unit in units:
            yield from _of_unit(connection, replace(choice, unit=unit), with_name=with_name)
    for known in _open(connection, replace(choice, key="", unit="")):
        shared = shared_names(choice.customer, known.customer)
        if shared and known.unit not in units:
            yield known.key, f"客户 {shared} 同名"


def _of_unit(connection: Connection, probe: DossierChoice, *, with_name: bool) -> Iterator[tuple[str, str]]:
    for known in _open(connection, probe):
        shared = shared_names(probe.customer, known.customer)
        same = known.unit == probe.unit
        if bool(shared) != with_name or not (same or same_home(known.unit, probe.unit)):
            continue
        told = f"客户 {shared} 相同" if shared else "客户不同或未知"
        yield known.key, f"房号 {probe.unit} {'相同' if same else '仅差单元'}，{told}"


def _open(connection: Connection, probe: DossierChoice) -> Iterator[KnownDossier]:
    return (one for one in alike(connection, probe) if not one.merged_into)


def _names(facts: Sequence[FactValue]) -> str:
    """Everybody on the paper who may be a customer."""
    names = (
        key_part(one.value) for one in facts if one.name == "person_name" and one.role in MAY_BE_CUSTOMER
    )
    return BETWEEN_NAMES.join(dict.fromkeys(filter(None, names)))
