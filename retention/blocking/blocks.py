"""Asking what stands in the way of disposing of a record: the one place where it is asked.

Principle that must never break: whoever disposes of a record asks `blocks` inside the same transaction, right before
the act; an answer that can not be had is a block.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, or_, select

from retention import register
from retention.appraising import appraised
from retention.blocking import litigation
from retention.blocking.block import (
    NOT_NOTED,
    Block,
    Obstruction,
    not_known,
    of_card,
    of_hold,
    of_litigation,
    of_parts,
)
from retention.blocking.hold import Hold, Known, case_number, reaches
from retention.blocking.litigation import Paper
from retention.households.dossier import BETWEEN_NAMES, key_part
from retention.households.lineage import Lineage, lineage
from retention.keeping_tables import hold, hold_record, kept_rule, unnoted
from retention.periods import events
from retention.record import Record
from retention.tables import dossier, dossier_number

OBSTRUCTIONS: tuple[Obstruction, ...] = (appraised.obstructs,)
"""What is asked beside holds, debts, restrictions and litigation: one row for each thing that may stand in the way."""


def blocks(
    connection: Connection,
    record: Record,
    today: date,
    obstructions: Sequence[Obstruction] = OBSTRUCTIONS,
) -> tuple[Block, ...]:
    """Everything that stands in the way of disposing of this record now; empty: it is free.

    Runs in the caller's transaction and takes the register's lock, so that until it ends nobody places a hold or withdraws
    an event. Never raises what it meets: an error is a block by itself, and the transaction can still be used.
    """
    try:
        with connection.begin_nested():
            register.lock(connection)
            return blocks_of(connection, (record,), today, obstructions)[record.dms_id]
    except Exception as error:  # noqa: BLE001 - whatever goes wrong here must end in a block, not in a disposal
        return (not_known(error),)


def blocks_of(
    connection: Connection,
    records: Sequence[Record],
    today: date,
    obstructions: Sequence[Obstruction] = OBSTRUCTIONS,
    family: Lineage | None = None,
) -> dict[str, tuple[Block, ...]]:
    """What stands in the way of each of some hundred records, by DMS id, for lists; takes no lock, and raises.

    `family` saves asking for it again where one asks for many hundreds.
    """
    family = family or lineage(connection)
    known = _around(connection, records, family)
    cases = _open_cases(connection, records, family, today)
    parts = _parts(connection, records)
    more = [ask(connection, records, today) for ask in obstructions]
    late = connection.execute(select(unnoted.c.since).limit(1)).first() is not None
    found = {}
    for record in records:
        lies_in = family.home(record.card.dossier) if record.card.dossier else ""
        those: list[Block] = [of_hold(one) for one in known.holds if known.reach(one, record)]
        those += [of_litigation(one) for one in cases if _reached(one, record, lies_in, family)][:1]
        those += [of_parts(parts[record.card.sha256])] if record.card.sha256 in parts else []
        those += [block for answer in more for block in answer.get(record.dms_id, ())]
        those += [*of_card(record), *([NOT_NOTED] if late else [])]
        found[record.dms_id] = tuple(those)
    return found


@dataclass(frozen=True)
class _Around:
    """The standing holds that may reach any of the records, and what is known of their dossiers, by home."""

    family: Lineage
    holds: tuple[Hold, ...]
    case_numbers: Mapping[str, frozenset[str]]
    customers: Mapping[str, frozenset[str]]
    listed: Mapping[tuple[str, str], frozenset[int]]

    def reach(self, one: Hold, record: Record) -> bool:
        home = self.family.home(record.card.dossier) if record.card.dossier else ""
        empty: frozenset[str] = frozenset()
        known = Known(
            self.family,
            self.case_numbers.get(home, empty),
            self.customers.get(home, empty),
            self.listed.get((record.dms_id, "found"), frozenset()),
            self.listed.get((record.dms_id, "words"), frozenset()),
        )
        return reaches(one, record, known)


def _around(connection: Connection, records: Sequence[Record], family: Lineage) -> _Around:
    ids = [record.dms_id for record in records]
    keys = _keys(records, family)
    about_these = or_(
        hold.c.scope.not_in(("record", "dossier")),
        (hold.c.scope == "record") & hold.c.key.in_(ids),
        (hold.c.scope == "dossier") & hold.c.key.in_(keys),
    )
    standing = select(hold).where(hold.c.released_at == "", about_these).order_by(hold.c.id)
    holds = tuple(Hold(*row) for row in connection.execute(standing))
    scopes = {one.scope for one in holds}
    listed: dict[tuple[str, str], set[int]] = {}
    if "query" in scopes:
        asked = select(hold_record.c.dms_id, hold_record.c.why, hold_record.c.hold_id)
        for dms_id, why, number in connection.execute(asked.where(hold_record.c.dms_id.in_(ids))):
            listed.setdefault((dms_id, why), set()).add(number)
    return _Around(
        family,
        holds,
        _case_numbers(connection, keys, family) if "case" in scopes else {},
        _customers(connection, keys, family) if "customer" in scopes else {},
        {place: frozenset(numbers) for place, numbers in listed.items()},
    )


def _keys(records: Iterable[Record], family: Lineage) -> list[str]:
    """The dossiers of the records under all names that they have had."""
    homes = {family.home(record.card.dossier) for record in records if record.card.dossier}
    return sorted({key for home in homes for key in family.members(home)})


def _case_numbers(connection: Connection, keys: list[str], family: Lineage) -> dict[str, frozenset[str]]:
    asked = select(dossier_number.c.dossier, dossier_number.c.value)
    asked = asked.where(dossier_number.c.name == "case_no", dossier_number.c.dossier.in_(keys))
    return _by_home(((key, case_number(value)) for key, value in connection.execute(asked)), family)


def _customers(connection: Connection, keys: list[str], family: Lineage) -> dict[str, frozenset[str]]:
    asked = select(dossier.c.key, dossier.c.customer).where(dossier.c.key.in_(keys))
    names = (
        (key, key_part(name))
        for key, customer in connection.execute(asked)
        for name in customer.split(BETWEEN_NAMES)
    )
    return _by_home(names, family)


def _by_home(pairs: Iterable[tuple[str, str]], family: Lineage) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for key, value in pairs:
        found.setdefault(family.home(key), set()).add(value)
    return {home: frozenset(values) for home, values in found.items()}


def _open_cases(
    connection: Connection, records: Sequence[Record], family: Lineage, today: date
) -> tuple[Paper, ...]:
    noted = litigation.papers(connection, _keys(records, family), [record.dms_id for record in records])
    there = {paper.dms_id for paper in noted}
    # A litigation paper that nobody has noted holds itself and its dossier all the same.
    unnoted_ones = [
        one for one in records if one.card.category == litigation.CATEGORY and one.dms_id not in there
    ]
    those = (*noted, *map(litigation.paper_of, unnoted_ones))
    about = events.about(
        connection, {scope for paper in those for scope, _ in litigation.heard(paper, family)}
    )
    return tuple(paper for paper in those if litigation.is_open(paper, about, family, today))


def _parts(connection: Connection, records: Sequence[Record]) -> dict[str, list[str]]:
    """The parts that are still kept of those records that are batches, by the batch's checksum."""
    batches = [record.card.sha256 for record in records if record.card.batch]
    found: dict[str, list[str]] = {}
    if batches:
        asked = select(kept_rule.c.part_of, kept_rule.c.dms_id).where(kept_rule.c.part_of.in_(batches))
        for sha256, dms_id in connection.execute(asked.order_by(kept_rule.c.dms_id)):
            found.setdefault(sha256, []).append(dms_id)
    return found


def _reached(paper: Paper, record: Record, home: str, family: Lineage) -> bool:
    return paper.dms_id == record.dms_id or bool(
        home and paper.dossier and family.home(paper.dossier) == home
    )
