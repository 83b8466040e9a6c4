"""The hand-overs in our database: listed, confirmed by both sides or withdrawn, never deleted; each step is in the register."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields, replace
from datetime import date, datetime

from sqlalchemy import Connection, insert, select, update

from retention import person, register
from retention.acts import stamp
from retention.appraising import appraised
from retention.custody.custody_tables import hand_over, hand_over_item
from retention.custody.hand_over import (
    HAND_OVER_SIDES,
    HAND_OVER_SORTS,
    SIDE_NAMES,
    HandOver,
    HandOverItem,
    HandOverSide,
    HandOverSort,
    list_digest,
)
from retention.errors import BadHandOver

_ITEM = tuple(field.name for field in fields(HandOverItem))
_AT_ONCE = 500


def propose(
    connection: Connection,
    sort: HandOverSort,
    items: Sequence[HandOverItem],
    *,
    department: str,
    receiver: str,
    who: str,
    at: datetime,
) -> HandOver:
    """Write the list, with its register entry, and give it back. Raises BadHandOver.

    What is on an open list, or was handed over the same way before, is refused: nothing is given twice.
    """
    if sort not in HAND_OVER_SORTS:
        raise BadHandOver(f"{sort}: choose from {', '.join(HAND_OVER_SORTS)}")
    for said, zh, en in (
        (department, "移交部门（--department）", "the department that gives (--department)"),
        (receiver, "接收单位（--to）", "who receives (--to)"),
        (who, "经办人（--by）", "who lists it (--by)"),
    ):
        if not said.strip():
            raise BadHandOver(f"未写明{zh}。Say {en}")
    register.lock(connection)
    taken = listed(connection, [one.dms_id for one in items], sort)
    if taken or not items:
        few = "、".join(f"{dms_id}（第{number}号）" for dms_id, number in list(taken.items())[:5])
        raise BadHandOver(
            f"已在移交清单内或已移交：{few or '没有可移交的文件'}。On a list, or handed over, before: "
            f"{', '.join(list(taken)[:5]) or 'there is nothing to hand over'}"
        )
    row = {"sort": sort, "department": department.strip(), "receiver": receiver.strip()}
    row |= {"digest": list_digest(items), "proposed_by": who.strip(), "proposed_at": stamp(at)}
    empty = dict.fromkeys(("given_by", "given_at", "received_by", "received_at", "done_at"), "")
    empty |= dict.fromkeys(("withdrawn_by", "withdrawn_at", "note"), "")
    number = connection.execute(
        insert(hand_over).values(**row, **empty).returning(hand_over.c.id)
    ).scalar_one()
    rows = [{**vars(one), "hand_over_id": number, "shown_at": ""} for one in items]
    connection.execute(insert(hand_over_item), rows)
    told: dict[str, object] = {name: row[name] for name in ("sort", "department", "receiver", "digest")}
    told |= _counts(items)
    _register(connection, at, who, "hand-over-proposed", number, told)
    return there(connection, number)


def confirm(
    connection: Connection, number: int, side: HandOverSide, *, who: str, at: datetime, today: date
) -> HandOver:
    """This side confirms the list; once both have, by two people, it is handed over. Raises BadHandOver."""
    register.lock(connection)
    one = _open(connection, number)
    if side not in HAND_OVER_SIDES or not who.strip():
        raise BadHandOver(
            f"须写明哪一方（{'、'.join(HAND_OVER_SIDES)}）和何人（--by）。Say which side confirms, and who (--by)"
        )
    mine, other = (one.given_by, one.received_by) if side == "giver" else (one.received_by, one.given_by)
    if mine:
        raise BadHandOver(
            f"{SIDE_NAMES[side][0]} {mine} 已确认。The {SIDE_NAMES[side][1]} has confirmed before: {mine}"
        )
    if other and person.same(who, other):
        raise BadHandOver("移交人与接收人须为两人。The giver and the receiver must be two people")
    row: dict[str, object] = (
        {"given_by": who.strip(), "given_at": stamp(at)}
        if side == "giver"
        else {"received_by": who.strip(), "received_at": stamp(at)}
    )
    row |= {"done_at": stamp(at), "done_on": today} if other else {}
    connection.execute(update(hand_over).where(hand_over.c.id == number).values(**row))
    _register(connection, at, who, "hand-over-confirmed", number, {"side": side, "digest": one.digest})
    if other:
        _tell_done(connection, there(connection, number), who, at)
    return there(connection, number)


def withdraw(connection: Connection, number: int, *, who: str, at: datetime, reason: str) -> HandOver:
    """Take an open list back: its records may be listed anew. Raises BadHandOver."""
    register.lock(connection)
    _open(connection, number)
    if not (who.strip() and reason.strip()):
        raise BadHandOver("须写明经办人和理由（--by、--reason）。Say who withdraws it, and why")
    row = {"withdrawn_by": who.strip(), "withdrawn_at": stamp(at), "note": reason.strip()}
    connection.execute(update(hand_over).where(hand_over.c.id == number).values(**row))
    _register(connection, at, who, "hand-over-withdrawn", number, {"reason": reason.strip()})
    return there(connection, number)


def get(connection: Connection, number: int) -> HandOver | None:
    """The hand-over with its items, in the order of category, dossier and id; None: there is none."""
    row = connection.execute(select(hand_over).where(hand_over.c.id == number)).one_or_none()
    if row is None:
        return None
    item = hand_over_item.c
    asked = select(*(item[name] for name in _ITEM)).where(item.hand_over_id == number)
    rows = connection.execute(asked.order_by(item.category, item.dossier, item.dms_id))
    return replace(HandOver(*row), items=tuple(HandOverItem(*each) for each in rows))


def there(connection: Connection, number: int) -> HandOver:
    """The same; raises BadHandOver where there is none."""
    one = get(connection, number)
    if one is None:
        raise BadHandOver(
            f"没有移交 {number}：见 dossier handover list。There is no hand-over {number}; see the list"
        )
    return one


def every(connection: Connection) -> tuple[HandOver, ...]:
    """All hand-overs, the oldest first, without items."""
    return tuple(HandOver(*row) for row in connection.execute(select(hand_over).order_by(hand_over.c.id)))


def listed(connection: Connection, ids: Iterable[str], sort: HandOverSort) -> dict[str, int]:
    """Those of the records that stand on a list of that sort which is open or done, with its number."""
    wanted, found = list(ids), {}
    one, item = hand_over.c, hand_over_item.c
    asked = select(item.dms_id, item.hand_over_id).join(hand_over, one.id == item.hand_over_id)
    asked = asked.where(one.sort == sort, one.withdrawn_at == "").order_by(item.hand_over_id)
    for start in range(0, len(wanted), _AT_ONCE):
        some = asked.where(item.dms_id.in_(wanted[start : start + _AT_ONCE]))
        found.update({row.dms_id: row.hand_over_id for row in connection.execute(some)})
    return found


def to_transfer(connection: Connection) -> tuple[tuple[str, str], ...]:
    """Id and checksum of every record whose last approved appraisal says `transfer`, and that is on no list."""
    decided = appraised.to_transfer(connection)
    known = listed(connection, [dms_id for dms_id, _ in decided], "transfer")
    return tuple(one for one in decided if one[0] not in known)


def to_show(connection: Connection) -> tuple[tuple[str, str, int], ...]:
    """Id, checksum and hand-over of every record that was transferred and does not show it in the DMS yet."""
    one, item = hand_over.c, hand_over_item.c
    asked = select(item.dms_id, item.sha256, item.hand_over_id).join(hand_over, one.id == item.hand_over_id)
    asked = asked.where(one.sort == "transfer", one.done_at != "", item.shown_at == "")
    rows = connection.execute(asked.order_by(item.hand_over_id, item.dms_id))
    return tuple((row.dms_id, row.sha256, row.hand_over_id) for row in rows)


def mark_shown(connection: Connection, number: int, dms_id: str, at: datetime) -> None:
    """The DMS shows that this record was handed over."""
    mine = (hand_over_item.c.hand_over_id == number) & (hand_over_item.c.dms_id == dms_id)
    connection.execute(update(hand_over_item).where(mine).values(shown_at=stamp(at)))


def _tell_done(connection: Connection, one: HandOver, who: str, at: datetime) -> None:
    told: dict[str, object] = {
        "sort": one.sort,
        "department": one.department,
        "receiver": one.receiver,
        "digest": one.digest,
    }
    told |= {"given_by": one.given_by, "received_by": one.received_by} | _counts(one.items)
    _register(connection, at, who, "handed-over", one.id, told)
    ids = [each.dms_id for each in one.items]
    for start in range(0, len(ids), _AT_ONCE):
        some = {"records": ids[start : start + _AT_ONCE]}
        _register(connection, at, who, "handed-over-records", one.id, some)


def _counts(items: Sequence[HandOverItem]) -> dict[str, object]:
    return {"records": len(items), "pages": sum(one.pages for one in items)}


def _open(connection: Connection, number: int) -> HandOver:
    one = there(connection, number)
    if not one.open:
        ended = "办结 done" if one.done_at else "撤回 withdrawn"
        raise BadHandOver(f"第{number}号移交已{ended}。Hand-over {number} is closed")
    return one


def _register(
    connection: Connection, at: datetime, who: str, action: str, number: int, told: Mapping[str, object]
) -> None:
    subject = f"hand-over/{number}"
    register.append(connection, at=at, actor=who.strip(), action=action, subject=subject, payload=told)
