"""Restorations: records on their way from quarantine back into everybody's sight, written down before the DMS is told.

What a crash cuts off is found here and finished; until then the record is on no list that witnesses confirm, and is not destroyed.
"""

from __future__ import annotations

import json
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


def settle(connection: Connection, one: Restoration, *, at: datetime) -> bool:
    """The DMS shows what was decided: it is restored, in the name of who decided it; False where that was written before."""
    said = _said(connection, one)
    words = f"{said.who}：{said.reason}"
    if not disposals.move(connection, one.disposal, one.dms_id, ("restoring",), "restored", words, at):
        return False
    told = {"sha256": one.sha256, "disposal": one.disposal, "reason": said.reason}
    _enter(connection, at, said.who, "restored", one.dms_id, told)
    return True


def stop(connection: Connection, one: Restoration, why: str, *, at: datetime) -> None:
    """Other bytes lie under its id by now: nothing is done, and that is told."""
    if disposals.move(connection, one.disposal, one.dms_id, ("restoring",), "mismatch", why, at):
        told = {"sha256": one.sha256, "disposal": one.disposal, "why": why}
        _enter(connection, at, _said(connection, one).who, "restoration-refused", one.dms_id, told)


@dataclass(frozen=True)
class _Said:
    who: str
    reason: str


def _said(connection: Connection, one: Restoration) -> _Said:
    """Who has begun it, and why: as the register has it, whose newest entries are looked at first."""
    about = (entries.c.subject == f"record/{one.dms_id}") & (entries.c.action == _BEGUN)
    asked = select(entries.c.actor, entries.c.payload).where(about).order_by(entries.c.seq.desc()).limit(1)
    row = connection.execute(asked).one()
    return _Said(row.actor, json.loads(row.payload)["reason"])


def _enter(
    connection: Connection, at: datetime, who: str, action: str, dms_id: str, told: dict[str, object]
) -> None:
    subject = f"record/{dms_id}"
    register.append(connection, at=at, actor=who.strip(), action=action, subject=subject, payload=told)
