"""Restricting a record, and lifting that: out of everybody's sight in the DMS but the archive's, by what quarantine uses.

Principle that must never break: what is decided stands in our database before the DMS is touched; a crash leaves what the next
command finishes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from plugins.households.merging import take_along
from plugins.keeping.retaining import retain
from plugins.masking import mask_id_numbers
from plugins.wiring import Archive
from retention import register
from retention.disposing import disposals
from retention.errors import BadRequest, DmsError, DmsRefused, NoSuchRecord
from retention.requests import requests, restrictions
from retention.requests.request import ENDS_IN_DELETION
from retention.requests.restrictions import Restriction


@dataclass(frozen=True)
class Settled:
    """Which records the DMS shows as was decided now, and which it could not, with the reason."""

    done: tuple[str, ...]
    failed: tuple[tuple[str, str], ...] = ()


def restrict(archive: Archive, number: int, ids: Sequence[str], *, by: str, reason: str) -> Settled:
    """Restrict these records of a request for deletion. Raises BadRequest.

    Records that a person has not confirmed, and such as hold data of others, are named one by one with a reason: that is
    for the caller to see to.
    """
    with archive.engine.begin() as connection:
        one = requests.there(connection, number)
        if one.kind not in ENDS_IN_DELETION:
            raise BadRequest(
                f"第{number}号申请不是删除或撤回同意：不限制处理。Request {number} asks for no deletion: nothing is restricted"
            )
        known = {item.dms_id: item for item in one.confirmed}
        foreign = [dms_id for dms_id in ids if dms_id not in known]
        if foreign:
            raise BadRequest(
                f"未确认是其本人的文件：{'、'.join(foreign)}（先 requests confirm）。Not confirmed: {', '.join(foreign)}"
            )
        for dms_id in ids:
            restrictions.place(
                connection,
                number,
                dms_id,
                known[dms_id].sha256,
                reason=mask_id_numbers(reason),
                who=by,
                at=archive.clock(),
            )
    settled = finish(archive)
    return Settled(tuple(one for one in ids if one not in dict(settled.failed)), settled.failed)


def lift(archive: Archive, number: int, ids: Sequence[str], *, by: str, reason: str) -> Settled:
    """Restrict these records no more for this request. One that another request restricts, or that is in quarantine to be
    destroyed, stays out of sight. Raises BadRequest."""
    if not ids:
        raise BadRequest("未写明文件（--record）。Name the records (--record)")
    with archive.engine.begin() as connection:
        for dms_id in ids:
            why, at = mask_id_numbers(reason), archive.clock()
            restrictions.begin_lifting(connection, number, dms_id, reason=why, who=by, at=at)
    settled = finish(archive)
    return Settled(tuple(one for one in ids if one not in dict(settled.failed)), settled.failed)


def finish(archive: Archive) -> Settled:
    """Let the DMS show what was decided and not shown yet: of new ones, and of those that a crash cut off."""
    with archive.engine.begin() as connection:
        waiting = restrictions.cut_off(connection)
    done, failed = [], []
    for one in waiting:
        try:
            _settle(archive, one)
        except DmsError as error:
            failed.append((one.dms_id, str(error)))
        else:
            done.append(one.dms_id)
    return Settled(tuple(done), tuple(failed))


def _settle(archive: Archive, one: Restriction) -> None:
    if one.state == "restricting":
        with archive.engine.begin() as connection:
            register.lock(connection)
            if _stands(connection, one):
                _hide(archive, connection, one)
        return
    shown = False
    with archive.engine.begin() as connection:
        register.lock(connection)
        if _stands(connection, one):
            shown = _show(archive, connection, one)
    if shown:
        # Holds by query, mergers and corrected schedules may have passed it by while it was out of sight.
        retain(archive, take_along(archive, archive.dms.record(one.dms_id)))
    with archive.engine.begin() as connection:
        restrictions.settle(connection, one)


def _stands(connection: sa.Connection, one: Restriction) -> bool:
    return one in restrictions.cut_off(connection)


def _hide(archive: Archive, connection: sa.Connection, one: Restriction) -> None:
    try:
        archive.dms.quarantine(one.dms_id, one.sha256)
    except NoSuchRecord:
        if not archive.dms.is_gone(one.dms_id, one.sha256):
            raise
        restrictions.forget(connection, one.dms_id, one.sha256)
        return
    restrictions.settle(connection, one)


def _show(archive: Archive, connection: sa.Connection, one: Restriction) -> bool:
    """Put it back into sight unless something else hides it; whether it was."""
    if restrictions.of_record(connection, one.dms_id) or disposals.hidden(connection, (one.dms_id,)):
        return False
    hidden = next(iter(archive.dms.quarantined(one.dms_id)), None)
    if hidden is not None and hidden.card.sha256 != one.sha256:
        raise DmsRefused(f"document {one.dms_id} holds other bytes than were restricted")
    if hidden is not None:
        archive.dms.restore(one.dms_id)
        return True
    return not archive.dms.is_gone(one.dms_id, one.sha256)
