"""Merging a dossier into another one, as our database keeps it: the intent, the records to move, the end.

The intent is written before anything is moved, and with it that the one stands for the other: from then on no
paper goes into the merged one any more. What a crash cuts off is found here and finished by doing it again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal

from sqlalchemy import Connection, func, insert, select, update

from retention import register
from retention.errors import BadMerge
from retention.households.dossier import BETWEEN_NAMES
from retention.households.dossiers import dossier_of, raise_level
from retention.record import Record
from retention.tables import dossier, dossier_number, merge, merge_record

End = Literal["moved", "left", "gone"]
"""What became of a record: moved by us; moved elsewhere by somebody else before; no longer in the DMS."""


@dataclass(frozen=True)
class Merge:
    """A merger of the dossier `source` into `target`. Times are UTC, ISO 8601; `listed_at` and `done_at` are
    empty until the records are known, and until all of them are moved."""

    id: int
    source: str
    target: str
    who: str
    reason: str
    begun_at: str
    listed_at: str
    done_at: str


def merge_of(connection: Connection, source: str) -> Merge | None:
    """The merger of that dossier into another one, done or not; None: there is none."""
    row = connection.execute(select(merge).where(merge.c.source == source)).one_or_none()
    return Merge(*row) if row else None


def unfinished(connection: Connection) -> tuple[Merge, ...]:
    """The mergers that were cut off, the oldest first."""
    return tuple(
        Merge(*row)
        for row in connection.execute(select(merge).where(merge.c.done_at == "").order_by(merge.c.id))
    )


def begin(connection: Connection, source: str, target: str, who: str, reason: str, at: datetime) -> Merge:
    """Write the intent, or give back the one that is there; raises BadMerge where it makes no sense."""
    known = merge_of(connection, source)
    if known is not None:
        if known.target == target:
            return known
        raise BadMerge(
            f"{source} 已并入 {known.target}：请改用后者。It was merged into {known.target}; name that one"
        )
    _refuse(connection, source, target)
    row = {"source": source, "target": target, "who": who, "reason": reason}
    connection.execute(insert(merge).values(**row, begun_at=_stamp(at), listed_at="", done_at=""))
    connection.execute(update(dossier).where(dossier.c.key == source).values(merged_into=target))
    _register(connection, at, who, "dossier-merge-begun", source, {"into": target, "reason": reason})
    begun = merge_of(connection, source)
    assert begun is not None
    return begun


def list_records(connection: Connection, one: Merge, records: Iterable[Record], at: datetime) -> None:
    """Add the records that are to be moved; those that stand there already stay as they are, but for one that
    had been moved and is back."""
    held = {row.dms_id: row.state for row in connection.execute(_records_of(one))}
    for record in records:
        row = {"merge_id": one.id, "dms_id": record.dms_id, "sha256": record.card.sha256, "state": "todo"}
        if record.dms_id not in held:
            connection.execute(insert(merge_record).values(row))
        elif held[record.dms_id] != "todo":
            same = (merge_record.c.merge_id == one.id) & (merge_record.c.dms_id == record.dms_id)
            connection.execute(update(merge_record).where(same).values(row))
    connection.execute(
        update(merge).where(merge.c.id == one.id, merge.c.listed_at == "").values(listed_at=_stamp(at))
    )


def to_move(connection: Connection, one: Merge) -> tuple[tuple[str, str], ...]:
    """DMS id and checksum of every record that is still to be moved."""
    rows = connection.execute(_records_of(one).where(merge_record.c.state == "todo"))
    return tuple((row.dms_id, row.sha256) for row in rows)


def end_record(connection: Connection, one: Merge, dms_id: str, end: End) -> bool:
    """Note what became of a record; False where somebody else has noted it before."""
    todo = (
        (merge_record.c.merge_id == one.id)
        & (merge_record.c.dms_id == dms_id)
        & (merge_record.c.state == "todo")
    )
    return connection.execute(update(merge_record).where(todo).values(state=end)).rowcount == 1


def finish(connection: Connection, one: Merge, higher: Callable[[str, str], str], at: datetime) -> None:
    """Once nothing is left to move: names, numbers and level go over, the end is written. Again: nothing happens."""
    left = connection.execute(
        select(func.count())
        .select_from(merge_record)
        .where(merge_record.c.merge_id == one.id, merge_record.c.state == "todo")
    ).scalar_one()
    ended = update(merge).where(merge.c.id == one.id, merge.c.done_at == "").values(done_at=_stamp(at))
    if left or connection.execute(ended).rowcount == 0:
        return
    source, target = dossier_of(connection, one.source), dossier_of(connection, one.target)
    assert source is not None
    assert target is not None
    names = dict.fromkeys((*target.customer.split(BETWEEN_NAMES), *source.customer.split(BETWEEN_NAMES)))
    customer = BETWEEN_NAMES.join(filter(None, names))
    connection.execute(update(dossier).where(dossier.c.key == one.target).values(customer=customer))
    connection.execute(
        update(dossier_number).where(dossier_number.c.dossier == one.source).values(dossier=one.target)
    )
    if source.level:
        raise_level(connection, one.target, source.level, higher)
    ends = connection.execute(_records_of(one)).all()
    told = {"into": one.target, "reason": one.reason} | {
        end: [row.dms_id for row in ends if row.state == end] for end in ("moved", "left", "gone")
    }
    _register(connection, at, one.who, "dossier-merged", one.source, told)


def _refuse(connection: Connection, source: str, target: str) -> None:
    if source == target:
        raise BadMerge(
            f"{source} 不能并入自身：请写两个不同的档案。A dossier can not be merged into itself; name two"
        )
    for key in (source, target):
        held = dossier_of(connection, key)
        if held is None:
            raise BadMerge(
                f"没有客户档案 {key}：见 dossier dossiers list。No dossier {key} is open; see the list"
            )
        if held.merged_into:
            raise BadMerge(
                f"{key} 已并入 {held.merged_into}：请改用后者。It was merged into {held.merged_into}; name that one"
            )
    for one in unfinished(connection):
        if one.target == source:
            raise BadMerge(
                f"{one.source} 并入 {source} 尚未完成：请先重做一次。Merging {one.source} into {source} was cut off: "
                "run it again first"
            )


def _records_of(one: Merge):  # type: ignore[no-untyped-def]  # the columns' types are SQLAlchemy's own
    return select(merge_record).where(merge_record.c.merge_id == one.id).order_by(merge_record.c.dms_id)


def _register(
    connection: Connection, at: datetime, who: str, action: str, source: str, payload: Mapping[str, object]
) -> None:
    register.append(connection, at=at, actor=who, action=action, subject=f"dossier/{source}", payload=payload)


def _stamp(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="microseconds")
