"""The numbers that stand on a dossier's records, in our database: by them a paper without a household finds it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from sqlalchemy import Connection, and_, delete, insert, or_, select

from retention.households.dossier import key_part
from retention.households.dossiers import resolved
from retention.households.joining import NUMBER_NAMES, Bearer
from retention.record import FactValue
from retention.tables import dossier_number

_GIVEN_BY_FIRMS = ("contract_no", "filing_no")
_FEWEST_DIGITS = 6
"""A number with fewer, which a firm has given itself (合同编号 0012), may be that of another paper of another year."""
_OF_LAND = re.compile(r"国用|集用|土用")
"""Of an estate's land, and so on the papers of all its homes."""
_LONGEST = 200


def numbers_of(facts: Iterable[FactValue]) -> tuple[tuple[str, str], ...]:
    """Each number that tells a household, with the fact's name, once, as it is compared."""
    pairs = ((one.name, _even(one.value)) for one in facts if one.name in NUMBER_NAMES)
    return tuple(dict.fromkeys(pair for pair in pairs if _tells(*pair)))


def _even(value: str) -> str:
    return key_part(value).upper()


def _tells(name: str, value: str) -> bool:
    if name in _GIVEN_BY_FIRMS:
        return len(value) <= _LONGEST and sum(map(str.isdigit, value)) >= _FEWEST_DIGITS
    return 0 < len(value) <= _LONGEST and not (name == "certificate_no" and _OF_LAND.search(value))


def note_numbers(connection: Connection, dms_id: str, key: str, facts: Sequence[FactValue]) -> None:
    """Write down which numbers the record brings into the dossier `key` (empty: none), in place of what was noted of it."""
    connection.execute(delete(dossier_number).where(dossier_number.c.dms_id == dms_id))
    rows = [
        {"name": name, "value": value, "dms_id": dms_id, "dossier": key} for name, value in numbers_of(facts)
    ]
    if key and rows:
        connection.execute(insert(dossier_number), rows)


def forget_numbers(connection: Connection, dms_id: str) -> int:
    """Remove what is noted of a record that is destroyed; how many rows that were."""
    return connection.execute(delete(dossier_number).where(dossier_number.c.dms_id == dms_id)).rowcount


def bearers(connection: Connection, facts: Sequence[FactValue]) -> tuple[Bearer, ...]:
    """The open dossiers that have a number of these facts, each number as it stands on the paper, with the first
    record that bears it."""
    pairs = numbers_of(facts)
    if not pairs:
        return ()
    table = dossier_number.c
    wanted = or_(*(and_(table.name == name, table.value == value) for name, value in pairs))
    rows = connection.execute(
        select(table.name, table.value, table.dms_id, table.dossier)
        .where(wanted)
        .order_by(table.dossier, table.name, table.value, table.dms_id)
    ).all()
    written = {(one.name, _even(one.value)): one.value for one in reversed(facts)}
    found: dict[tuple[str, str, str], Bearer] = {}
    for name, value, dms_id, key in rows:
        known = resolved(connection, key)
        if known is not None:
            found.setdefault((name, value, known.key), Bearer(name, written[name, value], dms_id, known))
    return tuple(found.values())


def numbers_in(connection: Connection, key: str) -> tuple[tuple[str, str, str], ...]:
    """The numbers noted in a dossier: the fact's name, the value, the record; in this order."""
    table = dossier_number.c
    rows = connection.execute(
        select(table.name, table.value, table.dms_id)
        .where(table.dossier == key)
        .order_by(table.name, table.value, table.dms_id)
    )
    return tuple((name, value, dms_id) for name, value, dms_id in rows)
