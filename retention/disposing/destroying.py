"""Destroying a record: the one function that does.

Principle that must never break: nothing is destroyed but what a manifest names that two witnesses have confirmed; whether
anything stands in the way is asked in the same transaction, under the register's lock, right before the act, and an
error means no; and what was done is written down only once the DMS was seen not to have it any more.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection

from retention import register
from retention.acts import stamp
from retention.appraising import appraisals
from retention.appraising.appraisal import Item
from retention.blocking.blocks import blocks
from retention.disposing import disposals, tombstones
from retention.disposing.disposal import UNDER_WAY, ItemState, fit
from retention.disposing.listed import Listed, foreign, insist, without_records
from retention.disposing.still_due import OF_DISPOSAL
from retention.disposing.tombstones import Tombstone
from retention.dms import Dms
from retention.errors import DmsRefused, DmsUnavailable, NoSuchRecord
from retention.record import Record

Forget = Callable[[Connection, str, str], None]
"""Removes what else is kept of a record, by DMS id and checksum, inside the caller's transaction; may be done again."""


_ELSEWHERE = "已不在隔离中，或内容不符 no longer in quarantine, or other bytes under its id"
_ANOTHER_VERSION = "隔离后版本有变动，监销人未见 its versions are not those that the witnesses have confirmed: restore it, and propose it anew"


@dataclass(frozen=True)
class Place:
    """Where it happens: our database, the DMS, the clock, the day, and what else is to be forgotten."""

    begin: Callable[[], AbstractContextManager[Connection]]
    dms: Dms
    clock: Callable[[], datetime]
    today: date
    forget: Forget


def destroy(place: Place, one: Listed, dms_id: str) -> ItemState:
    """Destroy this record that the manifest names, or write down why not; gives back where it stands then.

    Cut off at any point, doing it again leads to one outcome. Raises DmsUnavailable where the DMS can not do it now:
    nothing is written then, and another try helps; BadDisposal where the manifest does not name the record, or is not the one
    that the witnesses have confirmed. What it costs does not grow with the list.
    """
    named = one.named(dms_id)
    with place.begin() as connection:
        item = _item(connection, one, dms_id)
        state = _state(connection, one, dms_id, named.sha256)
    if state not in ("quarantined", "destroying"):
        return state
    record = _in_quarantine(place.dms, item)
    if record is None and state == "quarantined":
        return _not_found(place, one, item)
    if state == "quarantined":
        with place.begin() as connection:
            # From here on, a record that is gone was destroyed by us.
            disposals.move(connection, one.number, dms_id, ("quarantined",), "destroying", "", place.clock())
    with place.begin() as connection:
        register.lock(connection)
        insist(connection, one)
        now = _state(connection, one, dms_id, named.sha256)
        if now != "destroying":
            return now
        # Without its card nobody can ask: then an earlier run was cut off past the point of no return, and this one goes on;
        # or somebody has put the record back, which the DMS refuses to destroy.
        record = record or _out_of_the_trash(place.dms, item)
        if record is not None:
            standing = blocks(connection, record, place.today, OF_DISPOSAL)
            if standing:
                with contextlib.suppress(DmsRefused, NoSuchRecord):
                    # Cut off, it may lie in the DMS' trash by now: back from there, before that is emptied.
                    place.dms.quarantine(dms_id, item.sha256)
                told = "；".join(f"{each.code}：{each.reason_zh}" for each in standing)
                return _keep(place, connection, one, item, told)
            if _has_other_versions(place.dms, dms_id, named.versions):
                return _keep(place, connection, one, item, _ANOTHER_VERSION)
        try:
            place.dms.destroy(dms_id, item.sha256)
        except (DmsRefused, NoSuchRecord) as error:
            return _keep(place, connection, one, item, str(error))
        if not place.dms.is_gone(dms_id, item.sha256):
            raise DmsUnavailable(
                f"the DMS still holds record {dms_id} after it was told to destroy it: see its log, then run it again"
            )
        return _end(place, connection, one, item, "destroyed")


def end_missing(place: Place, connection: Connection, number: int, dms_id: str) -> ItemState:
    """Write down that somebody else had removed the record; nobody of ours has destroyed it."""
    one = without_records(connection, number)
    return _end(place, connection, one, _item(connection, one, dms_id), "missing")


def _item(connection: Connection, one: Listed, dms_id: str) -> Item:
    item = appraisals.item(connection, one.appraisal, dms_id)
    if item is None:
        raise foreign(one.number, dms_id)
    return item


def _state(connection: Connection, one: Listed, dms_id: str, sha256: str) -> ItemState:
    """Where the item stands; raises BadDisposal where it is about other bytes than the manifest names."""
    item = disposals.item(connection, one.number, dms_id)
    if item is None or item.sha256 != sha256:
        raise foreign(one.number, dms_id)
    return item.state


def _in_quarantine(dms: Dms, item: Item) -> Record | None:
    """The record as the DMS has it in quarantine; None where it has not, or has other bytes under that id."""
    found = next(iter(dms.quarantined(item.dms_id)), None)
    return found if found is not None and found.card.sha256 == item.sha256 else None


def _out_of_the_trash(dms: Dms, item: Item) -> Record | None:
    """The record in quarantine again, where an earlier run was cut off when it lay in the DMS' trash; None where it is not
    to be had, or everybody sees it."""
    try:
        dms.record(item.dms_id)
    except NoSuchRecord:
        with contextlib.suppress(NoSuchRecord, DmsRefused):
            dms.quarantine(item.dms_id, item.sha256)
            return _in_quarantine(dms, item)
    return None


def _has_other_versions(dms: Dms, dms_id: str, confirmed: tuple[str, ...]) -> bool:
    """Whether somebody has changed the record's versions since the witnesses have confirmed them; not, where it is gone."""
    with contextlib.suppress(NoSuchRecord):
        return dms.versions(dms_id) != confirmed
    return False


def _not_found(place: Place, one: Listed, item: Item) -> ItemState:
    """What is not where it was put, before anything of ours has touched it."""
    with place.begin() as connection:
        register.lock(connection)
        now = _state(connection, one, item.dms_id, item.sha256)
        if now != "quarantined":
            return now
        if place.dms.is_gone(item.dms_id, item.sha256):
            return _end(place, connection, one, item, "missing")
        return _keep(place, connection, one, item, _ELSEWHERE)


def _keep(place: Place, connection: Connection, one: Listed, item: Item, why: str) -> ItemState:
    at = place.clock()
    disposals.move(connection, one.number, item.dms_id, ("quarantined", "destroying"), "kept", why, at)
    told = {"sha256": item.sha256, "disposal": one.number, "why": why}
    subject = f"record/{item.dms_id}"
    register.append(
        connection, at=at, actor=one.begun_by, action="destruction-refused", subject=subject, payload=told
    )
    return "kept"


def _end(place: Place, connection: Connection, one: Listed, item: Item, outcome: ItemState) -> ItemState:
    """The outcome, in one transaction: tombstone, register, state; and what else is kept of the record goes."""
    at, batch = place.clock(), appraisals.head(connection, one.appraisal)
    stands = disposals.item(connection, one.number, item.dms_id)
    if batch is None or stands is None:
        raise foreign(one.number, item.dms_id)
    present = disposals.confirmations(connection, one.number, one.sha256) if one.sha256 else ()
    names = fit(present, batch)
    executed_by = one.begun_by or one.started_by
    stone = Tombstone(
        dms_id=item.dms_id,
        sha256=item.sha256,
        title=item.title,
        dossier=item.dossier,
        category=item.category,
        kind=item.kind,
        pages=item.pages,
        rule=item.rule,
        cutoff_on=item.cutoff_on,
        retain_until=item.retain_until,
        appraisal_id=batch.id,
        disposal_id=one.number,
        proposed_by=batch.proposed_by,
        approved_by=batch.approved_by,
        witnesses="、".join(names),
        executed_by=executed_by,
        outcome=outcome,
        at=stamp(at),
    )
    disposals.move(connection, one.number, item.dms_id, UNDER_WAY, outcome, "", at)
    tombstones.set_up(connection, stone)
    told = {name: str(value) if isinstance(value, date) else value for name, value in vars(stone).items()}
    told |= {"manifest": one.sha256, "witnesses": list(names)}
    told |= {"versions": list(stands.versions)} if stands.versions else {}
    action = "destroyed" if outcome == "destroyed" else "found-missing"
    subject = f"record/{item.dms_id}"
    register.append(connection, at=at, actor=executed_by, action=action, subject=subject, payload=told)
    place.forget(connection, item.dms_id, item.sha256)
    return outcome
