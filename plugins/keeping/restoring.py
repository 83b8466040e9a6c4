"""Restoring from quarantine: written down first, then shown by the DMS; what is cut off, the next command about disposals ends.

Principle that must never break: what was said to be in sight again is on no list of what is destroyed, from the moment that it
was written down.
"""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa

from plugins.households.merging import take_along
from plugins.keeping.disposal_place import place_of
from plugins.keeping.retaining import retain
from plugins.masking import mask_id_numbers
from plugins.wiring import Archive
from retention import register
from retention.disposing import disposals, restorations, stages
from retention.disposing.destroying import end_missing
from retention.disposing.disposal import Disposal
from retention.disposing.restorations import RESTORABLE, Decided, Restoration
from retention.errors import BadDisposal, DmsError, DmsUnavailable, NoSuchRecord
from retention.requests import restrictions

_OTHER_BYTES = "同号另有内容 other bytes under its id"


def restore(archive: Archive, number: int, ids: Sequence[str], *, by: str, reason: str) -> Disposal:
    """Put these records back in everybody's sight, where they are in quarantine still; what is restricted for a personal-data
    request stays out of sight. Those that an earlier try has begun with are done by this one.

    Raises BadDisposal, and DmsUnavailable where the DMS can not show it now: it stands, and the next command goes on.
    """
    if not (by.strip() and reason.strip()):
        raise BadDisposal(
            "恢复须写明经办人和理由（--by、--reason）。To restore, say who and why (--by, --reason)"
        )
    before = {(one.disposal, one.dms_id) for one in _cut_off(archive)}
    with archive.engine.begin() as connection:
        register.lock(connection)
        one = disposals.there(connection, number)
        known = {item.dms_id: item for item in one.in_state(*RESTORABLE)}
        wanted = [dms_id for dms_id in dict.fromkeys(ids) if (number, dms_id) not in before]
        foreign = [dms_id for dms_id in wanted if dms_id not in known]
        if foreign or not ids:
            raise BadDisposal(
                f"不在第{number}号处置的隔离中：{'、'.join(foreign) or '未写明文件'}；各件所在见 dossier disposal show {number}。Not in quarantine: "
                f"{', '.join(foreign) or 'none was named'}; disposal show {number} tells where each is"
            )
        for dms_id in wanted:
            sha256 = known[dms_id].sha256
            _refuse_gone(archive, dms_id, sha256)
            why, at = mask_id_numbers(reason), archive.clock()
            restorations.begin(connection, number, dms_id, sha256, who=by, reason=why, at=at)
    failed = finish(archive)
    asked = set(ids)
    ours = [why for one, why in failed if one.disposal == number and one.dms_id in asked]
    if ours:
        raise DmsUnavailable(
            f"{ours[0]}（恢复已登记，文档系统恢复后重做任一 disposal 命令即续 it stands, and any disposal command goes on with it)"
        )
    with archive.engine.begin() as connection:
        return disposals.there(connection, number)


def finish(archive: Archive) -> tuple[tuple[Restoration, str], ...]:
    """Let the DMS show what was decided and not shown yet: of new ones, and of those that a crash cut off. Gives back those
    that it could not, with the reason."""
    failed = []
    waiting = _cut_off(archive)
    with archive.engine.begin() as connection:
        decided = restorations.decided(connection, waiting)
    for one in waiting:
        try:
            _settle(archive, one, decided[one])
        except DmsError as error:
            failed.append((one, str(error)))
    for number in dict.fromkeys(one.disposal for one in waiting):
        with archive.engine.begin() as connection:
            stages.finish(connection, number, at=archive.clock())
    return tuple(failed)


def _cut_off(archive: Archive) -> tuple[Restoration, ...]:
    with archive.engine.begin() as connection:
        return restorations.cut_off(connection)


def _refuse_gone(archive: Archive, dms_id: str, sha256: str) -> None:
    if archive.dms.is_gone(dms_id, sha256):
        raise BadDisposal(
            f"文件 {dms_id} 已不在文档系统：见 disposal verify。Record {dms_id} is in the DMS no more: see disposal verify"
        )
    hidden = next(iter(archive.dms.quarantined(dms_id)), None)
    if hidden is not None and hidden.card.sha256 != sha256:
        raise BadDisposal(f"文件 {dms_id}：{_OTHER_BYTES}（见 disposal verify）。See disposal verify")


def _settle(archive: Archive, one: Restoration, by: Decided) -> None:
    with archive.engine.begin() as connection:
        register.lock(connection)
        if not restorations.is_cut_off(connection, one):
            return
        restricted = bool(restrictions.of_record(connection, one.dms_id))
        if not restricted and not _show(archive, connection, one, by):
            return
    if not restricted:
        # Holds by query, mergers and corrected schedules may have passed it by while it was out of sight.
        retain(archive, take_along(archive, archive.dms.record(one.dms_id)))
    with archive.engine.begin() as connection:
        register.lock(connection)
        restorations.settle(connection, one, by, at=archive.clock())


def _show(archive: Archive, connection: sa.Connection, one: Restoration, by: Decided) -> bool:
    """Let the DMS show it; False where there is nothing to show any more, which is written down."""
    dms = archive.dms
    hidden = next(iter(dms.quarantined(one.dms_id)), None)
    if hidden is not None and hidden.card.sha256 != one.sha256:
        restorations.stop(connection, one, by, _OTHER_BYTES, at=archive.clock())
        return False
    try:
        dms.restore(one.dms_id)
    except NoSuchRecord:
        if dms.is_gone(one.dms_id, one.sha256):
            end_missing(place_of(archive), connection, one.disposal, one.dms_id)
            return False
        # It lies in the DMS' trash: quarantine brings it back from there.
        dms.quarantine(one.dms_id, one.sha256)
        dms.restore(one.dms_id)
    return True
