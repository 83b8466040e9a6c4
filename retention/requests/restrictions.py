"""Restrictions 限制处理: records that are only stored and protected, since deletion was asked for and may not be done yet
(个人信息保护法 art. 47 para. 2).

Principle that must never break: it is written down here before the DMS hides the record, and before it shows it again; what a
crash cuts off is found here and finished. As long as the period runs, a restriction is a block; once it is over, the record
falls due like any other, and first of all.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from sqlalchemy import Connection, insert, select, update

from retention import register
from retention.acts import stamp
from retention.blocking.block import Block
from retention.errors import BadRequest
from retention.record import Record
from retention.requests.ending import last_days
from retention.requests.request_tables import restriction

RestrictionState = Literal["restricting", "restricted", "lifting", "lifted", "destroyed"]
STANDING: tuple[RestrictionState, ...] = ("restricting", "restricted")
"""The states in which it holds: from the first, on paper, to the lifting."""
CUT_OFF: tuple[RestrictionState, ...] = ("restricting", "lifting")
"""The states in which the DMS may not show yet what was decided."""


@dataclass(frozen=True)
class Restriction:
    """A restriction as it stands. Times are UTC, ISO 8601; what concerns the lifting is empty until then."""

    id: int
    request_id: int
    dms_id: str
    sha256: str
    state: RestrictionState
    reason: str
    who: str
    at: str
    lifted_by: str
    lifted_at: str
    lifted_because: str


def place(
    connection: Connection, number: int, dms_id: str, sha256: str, *, reason: str, who: str, at: datetime
) -> Restriction:
    """Write down, for request `number`, that this record is restricted from now on; gives back the one that stands where
    there is one. The DMS is not told here. Raises BadRequest."""
    if not (reason.strip() and who.strip()):
        raise BadRequest("须写明理由和经办人（--reason、--by）。Say why, and who (--reason, --by)")
    register.lock(connection)
    for one in of_record(connection, dms_id):
        if one.request_id == number and one.sha256 == sha256:
            return one
    row = {"request_id": number, "dms_id": dms_id, "sha256": sha256, "state": "restricting"}
    row |= {"reason": reason.strip(), "who": who.strip(), "at": stamp(at)}
    empty = dict.fromkeys(("lifted_by", "lifted_at", "lifted_because"), "")
    made = connection.execute(insert(restriction).values(**row, **empty).returning(restriction)).one()
    told = {"sha256": sha256, "request": number, "reason": reason.strip()}
    _register(connection, at, who, "personal-data-restricted", dms_id, told)
    return Restriction(*made)


def begin_lifting(
    connection: Connection, number: int, dms_id: str, *, reason: str, who: str, at: datetime
) -> Restriction:
    """Write down that this request restricts the record no more. The DMS is not told here. Raises BadRequest."""
    if not (reason.strip() and who.strip()):
        raise BadRequest(
            "解除限制须写明理由和经办人（--reason、--by）。To lift it, say why, and who (--reason, --by)"
        )
    register.lock(connection)
    mine = [one for one in of_record(connection, dms_id) if one.request_id == number]
    if not mine:
        raise BadRequest(
            f"第{number}号申请没有限制文件 {dms_id}。Request {number} does not restrict record {dms_id}"
        )
    row = {"state": "lifting", "lifted_by": who.strip(), "lifted_at": stamp(at)}
    row |= {"lifted_because": reason.strip()}
    connection.execute(update(restriction).where(restriction.c.id == mine[0].id).values(**row))
    told = {"sha256": mine[0].sha256, "request": number, "reason": reason.strip()}
    _register(connection, at, who, "restriction-lifted", dms_id, told)
    return mine[0]


def settle(connection: Connection, one: Restriction) -> None:
    """The DMS shows what was decided."""
    became: Mapping[str, RestrictionState] = {"restricting": "restricted", "lifting": "lifted"}
    same = (restriction.c.id == one.id) & (restriction.c.state == one.state)
    connection.execute(update(restriction).where(same).values(state=became[one.state]))


def forget(connection: Connection, dms_id: str, sha256: str) -> None:
    """The record was destroyed: nothing is left to restrict, and the request knows why."""
    same = (restriction.c.dms_id == dms_id) & (restriction.c.sha256 == sha256)
    open_ones = restriction.c.state.in_((*STANDING, "lifting"))
    connection.execute(update(restriction).where(same, open_ones).values(state="destroyed"))


def cut_off(connection: Connection) -> tuple[Restriction, ...]:
    """Those of which the DMS may not show yet what was decided, the oldest first."""
    asked = select(restriction).where(restriction.c.state.in_(CUT_OFF)).order_by(restriction.c.id)
    return tuple(Restriction(*row) for row in connection.execute(asked))


def of_record(connection: Connection, dms_id: str) -> tuple[Restriction, ...]:
    """The restrictions that stand on a record, the oldest first."""
    asked = select(restriction).where(restriction.c.dms_id == dms_id, restriction.c.state.in_(STANDING))
    return tuple(Restriction(*row) for row in connection.execute(asked.order_by(restriction.c.id)))


def of_request(connection: Connection, number: int) -> tuple[Restriction, ...]:
    """All restrictions of a request, the oldest first."""
    asked = select(restriction).where(restriction.c.request_id == number).order_by(restriction.c.id)
    return tuple(Restriction(*row) for row in connection.execute(asked))


def hidden(connection: Connection) -> dict[str, int]:
    """The ids of all records that are restricted, each with the number of the first request that asked for it."""
    asked = select(restriction.c.dms_id, restriction.c.request_id)
    asked = asked.where(restriction.c.state.in_(STANDING)).order_by(restriction.c.id.desc())
    return {row.dms_id: row.request_id for row in connection.execute(asked)}


def obstructs(connection: Connection, records: Sequence[Record], today: date) -> dict[str, tuple[Block, ...]]:
    """The blocks of those records that are restricted while their period runs, or while nobody can say when it ends."""
    stands = restriction.c.state.in_(STANDING)
    if connection.execute(select(restriction.c.id).where(stands).limit(1)).first() is None:
        return {}  # a list of a million asks this for some hundred at a time
    ids = [one.dms_id for one in records]
    asked = select(restriction).where(restriction.c.dms_id.in_(ids), stands)
    standing = {
        row.dms_id: Restriction(*row) for row in connection.execute(asked.order_by(restriction.c.id.desc()))
    }
    those = [
        one for one in records if one.dms_id in standing and standing[one.dms_id].sha256 == one.card.sha256
    ]
    if not those:
        return {}
    ends = last_days(connection, those)
    return {
        one.dms_id: (_block(standing[one.dms_id], ends.get(one.dms_id)),)
        for one in those
        if one.dms_id not in ends or today <= ends[one.dms_id]
    }


def _block(one: Restriction, until: date | None) -> Block:
    zh, en = (f"至 {until}", f"until {until}") if until else ("期限未定", "for how long is not known")
    return Block(
        "personal-data-restricted",
        f"暂缓：个人信息限制处理（第{one.request_id}号申请，自 {one.at[:10]}；保管期限未满，{zh}，仅存储和保护）",
        f"blocked: personal data restricted (request {one.request_id}); it must be kept {en}: stored and protected only",
    )


def _register(
    connection: Connection, at: datetime, who: str, action: str, dms_id: str, told: Mapping[str, object]
) -> None:
    subject = f"record/{dms_id}"
    register.append(connection, at=at, actor=who.strip(), action=action, subject=subject, payload=told)
