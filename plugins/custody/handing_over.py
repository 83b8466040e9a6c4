"""Handing over: which records a list names, both sides' confirmation, and the mark on what has left the archive."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Iterator
from dataclasses import replace

from plugins.errors import BadWord
from plugins.keeping.appraising import today_of
from plugins.keeping.holding import list_late
from plugins.keeping.retaining import by_hundreds
from plugins.masking import mask_id_numbers
from plugins.wiring import Archive
from retention.blocking.blocks import blocks_of
from retention.custody import hand_overs
from retention.custody.hand_over import HandOver, HandOverSide, HandOverSort, item_of
from retention.errors import BadHandOver, DmsRefused, NoSuchRecord
from retention.households.lineage import lineage
from retention.record import Record

IN_THE_WAY: dict[HandOverSort, frozenset[str]] = {
    "department": frozenset(("on-loan", "not-known")),
    "transfer": frozenset(
        (
            "on-hold",
            "open-debt",
            "open-litigation",
            "personal-data-restricted",
            "on-loan",
            "parts-kept",
            "not-known",
        )
    ),
}
"""Which blocks keep a paper from being given away: a department may give what is held, the archive not."""


def propose_transfer(archive: Archive, *, receiver: str, department: str, by: str) -> HandOver:
    """A list of everything that appraisals have decided to transfer and that is on no list. Raises BadHandOver."""
    with archive.engine.begin() as connection:
        wanted = dict(hand_overs.to_transfer(connection))
    records = [one for one in _records(archive, wanted) if one.card.sha256 == wanted[one.dms_id]]
    return _propose(archive, "transfer", records, department=department, receiver=receiver, by=by)


def propose(
    archive: Archive,
    *,
    department: str,
    receiver: str,
    by: str,
    records: Iterable[str] = (),
    dossiers: Iterable[str] = (),
    category: str = "",
) -> HandOver:
    """A list of what a department gives to the archive: these records, and all of these dossiers, of that category if one is
    told. Raises BadHandOver, and BadWord for records that there are not."""
    wanted = list(dict.fromkeys(records))
    found = list(_records(archive, wanted))
    missing = sorted(set(wanted) - {one.dms_id for one in found})
    if missing:
        raise BadWord(f"没有文件 {'、'.join(missing)}。There is no record {', '.join(missing)}")
    keys = set(dossiers)
    if keys or (category and not wanted):
        found += [one for one in _of_dossiers(archive, keys) if one.dms_id not in wanted]
    found = [one for one in found if category in ("", one.card.category)]
    return _propose(archive, "department", found, department=department, receiver=receiver, by=by)


def confirm(archive: Archive, number: int, side: HandOverSide, *, by: str) -> HandOver:
    """This side confirms; what stands in the way by now, or is no more, is told and nothing is confirmed. Raises BadHandOver."""
    list_late(archive)
    one = show(archive, number)
    if one.open:
        sums = {item.dms_id: item.sha256 for item in one.items}
        records = list(_records(archive, sums))
        there = {record.dms_id for record in records if record.card.sha256 == sums[record.dms_id]}
        gone = sorted(set(sums) - there)
        if gone:
            raise BadHandOver(
                f"清单所列文件已不在或不可见：{'、'.join(gone[:5])}（撤回后重列）。No longer there, or out of sight: "
                f"{', '.join(gone[:5])}; withdraw the list and make a new one"
            )
        _refuse_blocked(archive, one.sort, records)
    with archive.engine.begin() as connection:
        hand_overs.confirm(connection, number, side, who=by, at=archive.clock(), today=today_of(archive))
    show_late(archive)
    return show(archive, number)


def withdraw(archive: Archive, number: int, *, by: str, reason: str) -> HandOver:
    """Take an open list back. Raises BadHandOver."""
    with archive.engine.begin() as connection:
        why = mask_id_numbers(reason)
        return hand_overs.withdraw(connection, number, who=by, at=archive.clock(), reason=why)


def show(archive: Archive, number: int) -> HandOver:
    """The hand-over as it stands; raises BadHandOver where there is none with that number."""
    with archive.engine.begin() as connection:
        return hand_overs.there(connection, number)


def show_late(archive: Archive) -> int:
    """Mark in the DMS what was transferred and is not marked yet: new ones, and those that a crash cut off; how many.

    What is out of sight, or was changed by somebody at the same moment, is marked another time.
    """
    with archive.engine.begin() as connection:
        waiting = hand_overs.to_show(connection)
    count = 0
    for dms_id, sha256, number in waiting:
        with contextlib.suppress(NoSuchRecord, DmsRefused):
            one = show(archive, number)
            record = archive.dms.record(dms_id)
            marked = f"{one.done_on} {one.receiver}"
            if record.card.sha256 == sha256 and record.card.handed_over != marked:
                archive.dms.relabel(record, replace(record.card, handed_over=marked))
            with archive.engine.begin() as connection:
                hand_overs.mark_shown(connection, number, dms_id, archive.clock())
            count += 1
    return count


def _propose(
    archive: Archive,
    sort: HandOverSort,
    records: list[Record],
    *,
    department: str,
    receiver: str,
    by: str,
) -> HandOver:
    list_late(archive)
    _refuse_blocked(archive, sort, records)
    items = [
        replace(item_of(one, mask_id_numbers(one.card.title)), dossier=mask_id_numbers(one.card.dossier))
        for one in records
    ]
    with archive.engine.begin() as connection:
        return hand_overs.propose(
            connection,
            sort,
            items,
            department=department,
            receiver=receiver,
            who=by,
            at=archive.clock(),
        )


def _refuse_blocked(archive: Archive, sort: HandOverSort, records: list[Record]) -> None:
    found = []
    for some in by_hundreds(records):
        with archive.engine.begin() as connection:
            standing = blocks_of(connection, some, today_of(archive))
        found += [
            f"{dms_id}：{each.reason_zh} {each.reason_en}"
            for dms_id, those in standing.items()
            for each in those
            if each.code in IN_THE_WAY[sort]
        ]
    if found:
        raise BadHandOver(
            f"{len(found)} 件不能移交：{'；'.join(found[:5])}。{len(found)} can not be handed over: settle these first, or "
            "leave them out"
        )


def _records(archive: Archive, ids: Iterable[str]) -> Iterator[Record]:
    wanted = list(ids)
    for start in range(0, len(wanted), 500):
        yield from archive.dms.records(*wanted[start : start + 500])


def _of_dossiers(archive: Archive, keys: set[str]) -> Iterator[Record]:
    """The records of these dossiers, or all."""
    with archive.engine.begin() as connection:
        family = lineage(connection)
    homes = {family.home(key) for key in keys}
    for record in archive.dms.records():
        if not keys or (record.card.dossier and family.home(record.card.dossier) in homes):
            yield record
