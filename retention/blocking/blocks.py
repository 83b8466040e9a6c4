"""Asking what stands in the way of disposing of a record: the one place where it is asked.

Principle that must never break: whoever disposes of a record asks `blocks` inside the same transaction, right before
the act; an answer that can not be had is a block.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import Connection, select

from retention import register
from retention.among import among
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
from retention.blocking.litigation import Paper
from retention.blocking.standing import Standing, homes_of
from retention.custody import handed_over, lent
from retention.households.lineage import Lineage, lineage
from retention.keeping_tables import kept_rule, unnoted
from retention.periods import events
from retention.record import Record
from retention.requests import restrictions

OBSTRUCTIONS: tuple[Obstruction, ...] = (
    appraised.obstructs,
    lent.obstructs,
    handed_over.obstructs,
    restrictions.obstructs,
)
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
    homes = homes_of(records, family)
    keys = sorted(family.all_members(frozenset(homes.values())))
    holds = Standing(connection, records, keys, family)
    cases = _Cases(_open_cases(connection, records, keys, family, today), family)
    parts = _parts(connection, records)
    more = [answer for ask in obstructions if (answer := ask(connection, records, today))]
    late = connection.execute(select(unnoted.c.since).limit(1)).first() is not None
    found = {}
    for record in records:
        home = homes.get(record.card.dossier, "")
        those: list[Block] = [of_hold(one) for one in holds.on(record, home)]
        those += map(of_litigation, cases.of(record, home))
        if record.card.batch and record.card.sha256 in parts:
            those.append(of_parts(parts[record.card.sha256]))
        for answer in more:
            those += answer.get(record.dms_id, ())
        those += of_card(record)
        if late:
            those.append(NOT_NOTED)
        found[record.dms_id] = tuple(those)
    return found


def _open_cases(
    connection: Connection, records: Sequence[Record], keys: list[str], family: Lineage, today: date
) -> tuple[Paper, ...]:
    noted = litigation.papers(connection, keys, [record.dms_id for record in records])
    there = {paper.dms_id for paper in noted}
    # A litigation paper that nobody has noted holds itself and its dossier all the same.
    unnoted_ones = [
        one for one in records if one.card.category == litigation.CATEGORY and one.dms_id not in there
    ]
    those = (*noted, *map(litigation.paper_of, unnoted_ones))
    scopes = {scope for paper in those for scope, _ in litigation.heard(paper, family)}
    about = events.about(connection, scopes, ("case_closed",))
    return tuple(paper for paper in those if not about or litigation.is_open(paper, about, family, today))


def _parts(connection: Connection, records: Sequence[Record]) -> dict[str, list[str]]:
    """The parts that are still kept of those records that are batches, by the batch's checksum."""
    batches = [record.card.sha256 for record in records if record.card.batch]
    found: dict[str, list[str]] = {}
    if batches:
        asked = select(kept_rule.c.part_of, kept_rule.c.dms_id).where(
            among(connection, kept_rule.c.part_of, batches)
        )
        for sha256, dms_id in connection.execute(asked.order_by(kept_rule.c.dms_id)):
            found.setdefault(sha256, []).append(dms_id)
    return found


class _Cases:
    """The open cases by what they hold: the paper itself and its dossier."""

    def __init__(self, papers: Sequence[Paper], family: Lineage) -> None:
        self._papers = papers
        self._first: dict[tuple[str, str], int] = {}
        for place, paper in enumerate(papers):
            self._first.setdefault(("record", paper.dms_id), place)
            if paper.dossier:
                self._first.setdefault(("dossier", family.home(paper.dossier)), place)

    def of(self, record: Record, home: str) -> tuple[Paper, ...]:
        """The first of those that hold the record, whose dossier is at `home` today; empty: none does."""
        places = (self._first.get(("record", record.dms_id)), self._first.get(("dossier", home)))
        found = [place for place in places if place is not None]
        return (self._papers[min(found)],) if found else ()
