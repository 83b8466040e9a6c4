"""What appraisals have decided about records: a record that is to be kept longer is blocked until then, and one that is
being appraised or disposed of is not proposed a second time.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date

from sqlalchemy import Connection, and_, or_, select

from retention.among import among
from retention.appraising.appraisal import DECISION_NAMES, Decision
from retention.blocking.block import Block
from retention.disposing.disposal import UNDER_WAY
from retention.disposing.disposing_tables import appraisal, appraisal_item, disposal, disposal_item
from retention.record import Record

_AT_ONCE = 5_000


def obstructs(connection: Connection, records: Sequence[Record], today: date) -> dict[str, tuple[Block, ...]]:
    """The blocks of those records whose last approved appraisal says that they are kept on `today`."""
    sums = {record.dms_id: record.card.sha256 for record in records}
    found: dict[str, tuple[Block, ...]] = {}
    for row in _approved(connection, list(sums)):
        # In the order of approval: the last word counts.
        found.pop(row.dms_id, None)
        kept = row.decision != "destroy" and (row.kept_until is None or today <= row.kept_until)
        if row.sha256 == sums[row.dms_id] and kept:
            found[row.dms_id] = (_block(row.appraisal_id, row.decision, row.kept_until),)
    return found


def kept_until(connection: Connection, record: Record) -> date | None:
    """The last day of the record's extension by its last approved appraisal; None: there is none."""
    rows = [row for row in _approved(connection, [record.dms_id]) if row.sha256 == record.card.sha256]
    last: date | None = rows[-1].kept_until if rows and rows[-1].decision == "extend" else None
    return last


def to_transfer(connection: Connection) -> tuple[tuple[str, str], ...]:
    """Id and checksum of every record whose last approved appraisal says that it is transferred, in the order of ids."""
    item = appraisal_item.c
    once = select(item.dms_id).where(item.decision == "transfer").distinct()
    last: dict[str, tuple[str, str]] = {}
    ids = sorted(connection.execute(once).scalars())
    for start in range(0, len(ids), _AT_ONCE):
        for row in _approved(connection, ids[start : start + _AT_ONCE]):
            last[row.dms_id] = (row.sha256, row.decision)
    return tuple((dms_id, sums) for dms_id, (sums, decision) in last.items() if decision == "transfer")


def taken(connection: Connection, ids: Collection[str]) -> frozenset[str]:
    """Those of the records that are in a batch whose appraisal or disposal is not over."""
    found: set[str] = set()
    wanted = list(ids)
    item, batch, row = appraisal_item.c, appraisal.c, disposal_item.c
    going = or_(
        and_(batch.approved_at == "", batch.withdrawn_at == ""),
        and_(
            batch.approved_at != "",
            item.decision == "destroy",
            or_(row.state.is_(None), row.state.in_(UNDER_WAY)),
        ),
    )
    asked = (
        select(item.dms_id)
        .join(appraisal, batch.id == item.appraisal_id)
        .outerjoin(disposal, disposal.c.appraisal_id == item.appraisal_id)
        .outerjoin(disposal_item, and_(row.disposal_id == disposal.c.id, row.dms_id == item.dms_id))
        .where(going)
    )
    for start in range(0, len(wanted), _AT_ONCE):
        some = asked.where(among(connection, item.dms_id, wanted[start : start + _AT_ONCE]))
        found.update(connection.execute(some).scalars())
    return frozenset(found)


def _approved(connection: Connection, ids: list[str]):  # type: ignore[no-untyped-def]  # rows of SQLAlchemy's own type
    item = appraisal_item.c
    asked = (
        select(item.dms_id, item.sha256, item.appraisal_id, item.decision, item.kept_until)
        .join(appraisal, appraisal.c.id == item.appraisal_id)
        .where(appraisal.c.approved_at != "", among(connection, item.dms_id, ids))
        .order_by(appraisal.c.approved_at, item.appraisal_id)
    )
    return connection.execute(asked).all()


def _block(number: int, decision: Decision, until: date | None) -> Block:
    zh, en = DECISION_NAMES[decision]
    ends = (f"，至 {until}", f", until {until}") if until else ("", "")
    return Block(
        "kept-by-appraisal",
        f"暂缓：第{number}号鉴定决定{zh}{ends[0]}",
        f"blocked: appraisal {number} has decided: {en}{ends[1]}",
    )
