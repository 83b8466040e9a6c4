"""What is lent: the block that a loan is, and which loans stand on one and the same paper.

A loan of a dossier is of all its papers, also after a merger of those of both dossiers; a loan of a batch is of the parts
that were scanned with it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from sqlalchemy import Connection, or_, select

from retention.blocking.block import Block
from retention.custody.custody_tables import loan
from retention.custody.loan import Lendable, Loan
from retention.households.lineage import Lineage, lineage
from retention.keeping_tables import kept_rule
from retention.record import Record
from retention.schedule.kept_rules import kept

_AT_ONCE = 500


def obstructs(connection: Connection, records: Sequence[Record], today: date) -> dict[str, tuple[Block, ...]]:
    """The blocks of those records whose paper is out."""
    if connection.execute(select(loan.c.id).where(loan.c.returned_at == "").limit(1)).first() is None:
        return {}  # a list of a million asks this for some hundred at a time
    of_dossiers = _dossier_loans(connection)
    family = lineage(connection) if of_dossiers else Lineage()
    wanted = {one.dms_id for one in records}
    sums = {one.card.part_of for one in records if one.card.part_of}
    by_record: dict[str, Loan] = {}
    by_batch: dict[str, Loan] = {}
    for one in _record_loans(connection, wanted, sums):
        by_record.setdefault(one.key, one)
        by_batch.setdefault(one.sha256, one)
    by_home: dict[str, Loan] = {}
    for one in of_dossiers:
        by_home.setdefault(family.home(one.key), one)
    found: dict[str, tuple[Block, ...]] = {}
    for record in records:
        home = family.home(record.card.dossier) if record.card.dossier else ""
        those = (by_record.get(record.dms_id), by_batch.get(record.card.part_of), by_home.get(home))
        different = dict.fromkeys(one for one in those if one is not None)
        if different:
            found[record.dms_id] = tuple(_block(one, today) for one in different)
    return found


def standing_on(connection: Connection, what: Lendable) -> tuple[Loan, ...]:
    """The loans that are out and have to do with this paper: of it, of its dossier, of anything in it."""
    family = lineage(connection)
    if what.scope == "dossier":
        home = family.home(what.key)
        return tuple(_of_home(connection, family, home))
    known = kept(connection, (what.key,)).get(what.key)
    found = list(_record_loans(connection, {what.key}, {known.part_of} if known and known.part_of else set()))
    home = family.home(known.dossier) if known and known.dossier else ""
    found += [one for one in _dossier_loans(connection) if home and family.home(one.key) == home]
    return tuple(found)


def _of_home(connection: Connection, family: Lineage, home: str) -> Iterator[Loan]:
    for one in _dossier_loans(connection):
        if family.home(one.key) == home:
            yield one
    inside = select(kept_rule.c.dms_id).where(kept_rule.c.dossier.in_(family.members(home)))
    asked = select(loan).where(loan.c.returned_at == "", loan.c.scope == "record", loan.c.key.in_(inside))
    yield from (Loan(*row) for row in connection.execute(asked.order_by(loan.c.id)))


def _dossier_loans(connection: Connection) -> tuple[Loan, ...]:
    asked = select(loan).where(loan.c.returned_at == "", loan.c.scope == "dossier").order_by(loan.c.id)
    return tuple(Loan(*row) for row in connection.execute(asked))


def _record_loans(connection: Connection, ids: Iterable[str], sums: Iterable[str]) -> Iterator[Loan]:
    """The loans that are out of these records, and of the batches with these checksums."""
    those, batches = sorted(ids), sorted(sums)
    for start in range(0, max(len(those), len(batches)), _AT_ONCE):
        some, others = those[start : start + _AT_ONCE], batches[start : start + _AT_ONCE]
        about = or_(loan.c.key.in_(some), loan.c.sha256.in_(others))
        asked = select(loan).where(loan.c.returned_at == "", loan.c.scope == "record", about)
        yield from (Loan(*row) for row in connection.execute(asked.order_by(loan.c.id)))


def _block(one: Loan, today: date) -> Block:
    late = one.days_late(today)
    zh, en = (f"，已逾期 {late} 天", f", {late} days late") if late else ("", "")
    return Block(
        "on-loan",
        f"暂缓：借出未还（第{one.id}号，{one.department} {one.borrower}，自 {one.lent_on}，应于 {one.due_on} 归还{zh}）",
        f"blocked: lent (no. {one.id}) to {one.borrower} since {one.lent_on}, due back on {one.due_on}{en}",
    )
