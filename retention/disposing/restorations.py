"""Restorations: records on their way from quarantine back into everybody's sight, written down before the DMS is told.

What a crash cuts off is found here and finished; until then the record is on no list that witnesses confirm, and is not destroyed.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select

from retention import register
from retention.disposing import disposals
from retention.disposing.disposal import ItemState
from retention.disposing.disposing_tables import disposal_item
from retention.errors import BadDisposal
from retention.tables import register as entries

RESTORABLE: tuple[ItemState, ...] = ("quarantined", "kept")
"""The states from which a record can be restored."""
_BEGUN = "restoration-begun"


@dataclass(frozen=True)
class Restoration:
    """A record of disposal `disposal` that is to be in sight again, and of which the DMS may not show that yet."""

    disposal: int
    dms_id: str
    sha256: str


def begin(
    connection: Connection, number: int, dms_id: str, sha256: str, *, who: str, reason: str, at: datetime
) -> None:
    """Write down that this record is restored; the DMS is not told here. Raises BadDisposal where it has just changed, or
    where a later disposal is about it."""
    if disposals.named_later(connection, number, dms_id):
        raise BadDisposal(
            f"文件 {dms_id} 已另列入较新的处置：在该处置中恢复。A later disposal is about record {dms_id}: restore it there"
        )
    words = f"{who.strip()}：{reason.strip()}"
    if not disposals.move(connection, number, dms_id, RESTORABLE, "restoring", words, at):
        raise BadDisposal(f"文件 {dms_id} 刚有变动：请再看。Record {dms_id} has just changed: look again")
    told = {"sha256": sha256, "disposal": number, "reason": reason.strip()}
    _enter(connection, at, who, _BEGUN, dms_id, told)


def cut_off(connection: Connection) -> tuple[Restoration, ...]:
    """Those that were begun and not ended, in the order of disposals and ids."""
    item = disposal_item.c
    asked = select(item.disposal_id, item.dms_id, item.sha256).where(item.state == "restoring")
    return tuple(
        Restoration(*row) for row in connection.execute(asked.order_by(item.disposal_id, item.dms_id))
    )


def is_cut_off(connection: Connection, one: Restoration) -> bool:
    """Whether it is not ended still."""
    item = disposals.item(connection, one.disposal, one.dms_id)
    return item is not None and (item.state, item.sha256) == ("restoring", one.sha256)


@dataclass(frozen=True)
class Decided:
    """Who has decided on a restoration, and why."""

    who: str
    reason: str


def decided(connection: Connection, some: Iterable[Restoration]) -> dict[Restoration, Decided]:
    """Who has begun each of them: as the register has it, which is looked through once for all, the newest entries first.

    An item is restored once and no more: what is found does not change.
    """
    waiting = {(one.disposal, f"record/{one.dms_id}"): one for one in some}
    found: dict[Restoration, Decided] = {}
    if not waiting:
        return found
    asked = select(entries.c.subject, entries.c.actor, entries.c.payload).where(entries.c.action == _BEGUN)
    rows = connection.execute(asked.order_by(entries.c.seq.desc()), execution_options={"yield_per": 500})
    with rows:
        for row in rows:
            told = json.loads(row.payload)
            one = waiting.pop((told["disposal"], row.subject), None)
            if one is not None:
                found[one] = Decided(row.actor, told["reason"])
            if not waiting:
                break
    return found


def settle(connection: Connection, one: Restoration, by: Decided, *, at: datetime) -> bool:
    """The DMS shows what was decided: it is restored, in the name of who decided it; False where that was written before."""
    words = f"{by.who}：{by.reason}"
    if not disposals.move(connection, one.disposal, one.dms_id, ("restoring",), "restored", words, at):
        return False
    told = {"sha256": one.sha256, "disposal": one.disposal, "reason": by.reason}
    _enter(connection, at, by.who, "restored", one.dms_id, told)
    return True


def stop(connection: Connection, one: Restoration, by: Decided, why: str, *, at: datetime) -> None:
    """Other bytes lie under its id by now: nothing is done, and that is told."""
    if disposals.move(connection, one.disposal, one.dms_id, ("restoring",), "mismatch", why, at):
        told = {"sha256": one.sha256, "disposal": one.disposal, "why": why}
        _enter(connection, at, by.who, "restoration-refused", one.dms_id, told)


def _enter(
    connection: Connection, at: datetime, who: str, action: str, dms_id: str, told: dict[str, object]
) -> None:
    subject = f"record/{dms_id}"
    register.append(connection, at=at, actor=who.strip(), action=action, subject=subject, payload=told)
