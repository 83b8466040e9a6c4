"""Disposing of what was approved: quarantine, witnesses, destruction, verifying. What the CLI and the desk call.

Principle that must never break: destruction goes through `retention.disposing.destroying.destroy`, record by record, and a run stops
at the setting's greatest number of them.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from plugins.errors import BadWord
from plugins.keeping import forgetting, restoring
from plugins.keeping.appraising import today_of
from plugins.keeping.disposal_place import place_of
from plugins.keeping.holding import list_late
from plugins.keeping.publishing import publish
from plugins.wiring import Archive
from retention import register
from retention.blocking.blocks import blocks
from retention.disposing import disposals, stages, tombstones, witnesses
from retention.disposing.destroying import destroy, end_missing
from retention.disposing.disposal import Disposal, DisposalItem, ItemState
from retention.disposing.listed import listed
from retention.disposing.still_due import OF_DISPOSAL
from retention.disposing.witnesses import Witness
from retention.dms import Caution
from retention.errors import BadCredential, DmsError, DmsRefused, DmsUnavailable, NoSuchRecord
from retention.periods.period import Period
from retention.requests import restrictions

Told = Callable[[int, int], None]
_NOT_HIDDEN = (
    "不在隔离中：请查文档系统中何人放回或删除；仍在而要留用的用 disposal restore 登记 it is not in quarantine: see who has brought it back or "
    "removed it in the DMS; disposal restore enters what is there and stays"
)


@dataclass(frozen=True)
class Ran:
    """A disposal after a run; `failed` are the records that the DMS could not do now, with the reason, `left` how many wait
    because the run has reached its greatest number. `remains`: what the DMS keeps of what was destroyed, where only a person
    reaches."""

    disposal: Disposal
    failed: tuple[tuple[str, str], ...] = ()
    left: int = 0
    remains: tuple[Caution, ...] = ()


def start(archive: Archive, appraisal: int, *, by: str) -> Ran:
    """Put what that appraisal has decided to destroy into quarantine, or go on where a crash cut it off.

    What anything stands in the way of stays where it is. Raises BadDisposal.
    """
    list_late(archive)
    restoring.finish(archive)
    until = Period(months=archive.settings.quarantine_months).last_day(today_of(archive))
    with archive.engine.begin() as connection:
        one = stages.start(connection, appraisal, who=by, at=archive.clock(), until=until)
    failed = []
    for item in one.in_state("todo"):
        try:
            with archive.engine.begin() as connection:
                _quarantine(archive, connection, one, item)
        except DmsUnavailable as error:
            failed.append((item.dms_id, str(error)))
    return Ran(show(archive, one.id), tuple(failed))


def enrol(archive: Archive, name: str, passphrase: str, *, vouched_by: str) -> Witness:
    """Register a witness. Raises BadCredential, also where he is registered already (`plugins.keeping.renewing`)."""
    with archive.engine.begin() as connection:
        return witnesses.enrol(connection, name, passphrase, vouched_by=vouched_by, at=archive.clock())


def witness(archive: Archive, number: int, name: str, passphrase: str) -> Disposal:
    """The witness proves who he is and confirms the list as it is now. Raises BadCredential, BadDisposal."""
    with archive.engine.begin() as connection:
        right = witnesses.prove(connection, name, passphrase, at=archive.clock())
    if not right:
        raise BadCredential(f"{name} 的口令不对。The passphrase is not that of {name}")
    restoring.finish(archive)
    with archive.engine.begin() as connection:
        return stages.confirm(connection, number, name, at=archive.clock(), today=today_of(archive))


def execute(archive: Archive, number: int, *, by: str, told: Told | None = None) -> Ran:
    """Destroy what the witnesses have confirmed, or go on where it was cut off; `told` hears how many of how many are done.

    The manifest is in the register, and its head outside the database, before the first record goes. Raises BadDisposal.
    """
    list_late(archive)
    restoring.finish(archive)
    with archive.engine.begin() as connection:
        one = stages.begin(connection, number, who=by, at=archive.clock(), today=today_of(archive))
    publish(archive)
    waiting, named = one.in_state("quarantined", "destroying"), listed(one)
    now, failed = waiting[: archive.settings.max_disposals], []
    for count, item in enumerate(now, start=1):
        try:
            destroy(place_of(archive), named, item.dms_id)
        except DmsUnavailable as error:
            failed.append((item.dms_id, str(error)))
        if told is not None:
            told(count, len(now))
    one = show(archive, number)
    if one.in_state("destroyed") and not one.done_at:
        archive.dms.erase_traces()
    with archive.engine.begin() as connection:
        one = stages.finish(connection, number, at=archive.clock())
    return Ran(one, tuple(failed), len(waiting) - len(now), _remains(archive, one))


def verify(archive: Archive, number: int) -> tuple[tuple[str, str], ...]:
    """Each record of the disposal that does not stand where it should, with what is wrong; empty: all is as it says."""
    restoring.finish(archive)
    one, found = show(archive, number), []
    for item in one.items:
        with archive.engine.begin() as connection:
            if item.state in ("held", "restored", "kept", "mismatch") and disposals.named_later(
                connection, number, item.dms_id
            ):
                # It was proposed anew: that disposal answers for it now.
                continue
            faults = _faults(archive, connection, item.dms_id, item.sha256, item.state)
        found += [(item.dms_id, fault) for fault in faults]
    return tuple(found)


def show(archive: Archive, number: int) -> Disposal:
    """The disposal as it stands; raises BadWord where there is none with that number."""
    with archive.engine.begin() as connection:
        one = disposals.get(connection, number)
    if one is None:
        raise BadWord(
            f"没有处置 {number}：见 dossier disposal show。There is no disposal {number}; see disposal show"
        )
    return one


def _quarantine(archive: Archive, connection: sa.Connection, one: Disposal, item: DisposalItem) -> None:
    """Put one record into quarantine, or write down why not."""
    dms, dms_id, sha256 = archive.dms, item.dms_id, item.sha256
    register.lock(connection)
    hidden = next(iter(dms.quarantined(dms_id)), None)
    try:
        record = hidden or dms.record(dms_id)
    except NoSuchRecord:
        if not dms.is_gone(dms_id, sha256):
            _note(archive, connection, one, item, "mismatch", "不是归档文件 there, but no record")
            return
        end_missing(place_of(archive), connection, one.id, dms_id)
        return
    if record.card.sha256 != sha256:
        _note(archive, connection, one, item, "mismatch", "同号另有内容 other bytes under its id")
        return
    standing = blocks(connection, record, today_of(archive), OF_DISPOSAL)
    if standing:
        if hidden is not None and not restrictions.of_record(connection, dms_id):
            # A crash has cut it off right after the DMS had put it there.
            dms.restore(dms_id)
        why = "；".join(f"{each.code}：{each.reason_zh}" for each in standing)
        _note(archive, connection, one, item, "held", why)
        return
    try:
        dms.quarantine(dms_id, sha256)
    except (DmsRefused, NoSuchRecord) as error:
        _note(archive, connection, one, item, "mismatch", str(error))
        return
    versions = dms.versions(dms_id)
    disposals.note_versions(connection, one.id, dms_id, versions)
    _note(archive, connection, one, item, "quarantined", "", versions)


def _remains(archive: Archive, one: Disposal) -> tuple[Caution, ...]:
    if one.in_state("destroyed"):
        # What was done is done: a DMS that goes away now takes nothing of that back.
        with contextlib.suppress(DmsError):
            return archive.dms.remains()
    return ()


def _note(
    archive: Archive,
    connection: sa.Connection,
    one: Disposal,
    item: DisposalItem,
    state: ItemState,
    why: str,
    versions: Sequence[str] = (),
) -> None:
    at, dms_id = archive.clock(), item.dms_id
    if not disposals.move(connection, one.id, dms_id, ("todo",), state, why, at):
        return
    action = "quarantined" if state == "quarantined" else "quarantine-refused"
    told = {"sha256": item.sha256, "disposal": one.id, "state": state, "why": why}
    told |= {"versions": list(versions)} if versions else {}
    register.append(
        connection, at=at, actor=one.started_by, action=action, subject=f"record/{dms_id}", payload=told
    )


def _faults(
    archive: Archive, connection: sa.Connection, dms_id: str, sha256: str, state: ItemState
) -> list[str]:
    stones = [one for one in tombstones.of(connection, (dms_id,)) if one.sha256 == sha256]
    if state in ("destroyed", "missing"):
        faults = [] if stones else ["没有销毁记录 there is no tombstone"]
        if not archive.dms.is_gone(dms_id, sha256):
            faults.append("文档系统中仍有 the DMS still has it")
        left = forgetting.left(archive, connection, dms_id, sha256)
        return faults + [f"仍存 still kept: {place}" for place in left]
    faults = ["有销毁记录而未销毁 there is a tombstone of it"] if stones else []
    if state == "restoring":
        return [*faults, "恢复未完，请再试 its restoration was cut off: try again"]
    hidden = any(archive.dms.quarantined(dms_id))
    if state in ("quarantined", "kept") and not hidden:
        faults.append(_NOT_HIDDEN)
    if state in ("held", "restored") and hidden and not restrictions.of_record(connection, dms_id):
        faults.append("仍在隔离中 it is in quarantine")
    return faults
