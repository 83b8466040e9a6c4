"""Merging one dossier into another: every record shows the new one, and whatever a crash cuts off is finished by
doing it again.

The intent is written first (`retention.households.merging`), then every record is moved in the DMS and noted, one by one, then
the end is written. Nothing is removed: the merged dossier stays known, and stands for the other.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from dataclasses import dataclass

from plugins.errors import BadWord
from plugins.households.rehousing import rehoused
from plugins.masking import mask_id_numbers
from plugins.teaching import corrections
from plugins.teaching.corrections import Correction, stamp
from plugins.wiring import Archive
from retention.errors import BadMerge, DmsRefused, DmsUnavailable, NoSuchRecord
from retention.households import merging
from retention.households.dossier import DossierChoice
from retention.households.dossiers import known_dossier
from retention.households.merging import End, Merge
from retention.households.settling import enter
from retention.record import Record

_TRIES = 3


@dataclass(frozen=True)
class Merged:
    """What was done in this run: the records that were moved, and those that could not be, with the reason."""

    merge: Merge
    moved: tuple[str, ...]
    failed: tuple[tuple[str, str], ...]


def merge(
    archive: Archive,
    source: str,
    target: str,
    by: str,
    reason: str,
    told: Callable[[int, int], None] | None = None,
) -> Merged:
    """Do it, or finish what was begun; `told` hears how many of how many records are done.

    Who has begun it stays the one who decided. Raises BadWord for words that make no sense.
    """
    for option, said in (("--by", by), ("--reason", reason)):
        if not said.strip():
            raise BadWord(
                f"{option}: it is empty; write {'the name of who decides' if option == '--by' else 'why'}"
            )
    try:
        with archive.engine.begin() as connection:
            one = merging.begin(
                connection, source, target, by.strip(), mask_id_numbers(reason), archive.clock()
            )
    except BadMerge as error:
        raise BadWord(str(error)) from error
    # One look, before anything is moved: moving a record takes it out of what is looked for.
    found = [record for record in archive.dms.records() if record.card.dossier == source]
    with archive.engine.begin() as connection:
        merging.list_records(connection, one, found, archive.clock())
        waiting = merging.to_move(connection, one)
    moved, failed = [], []
    for count, (dms_id, sha256) in enumerate(waiting, start=1):
        try:
            if _move(archive, one, dms_id, sha256) == "moved":
                moved.append(dms_id)
        except DmsRefused as error:
            failed.append((dms_id, str(error)))
        if told is not None:
            told(count, len(waiting))
    with archive.engine.begin() as connection:
        merging.finish(connection, one, archive.rules.ladder.higher, archive.clock())
        ended = merging.merge_of(connection, source)
    assert ended is not None
    return Merged(ended, tuple(moved), tuple(failed))


def take_along(archive: Archive, record: Record) -> Record:
    """The record, taken to where its dossier was merged into while it was on its way; else as it is."""
    key = record.card.dossier
    with archive.engine.begin() as connection:
        home = known_dossier(connection, key) if key else None
    if home is None or home.key == key:
        return record
    try:
        return _relabelled(archive, record, key, home)
    except DmsRefused as error:
        raise DmsUnavailable(f"{error} (it will be tried again)") from error


def _move(archive: Archive, one: Merge, dms_id: str, sha256: str) -> End:
    with archive.engine.begin() as connection:
        home = known_dossier(connection, one.target)
    assert home is not None
    end: End = "gone"
    record: Record | None = None
    with contextlib.suppress(NoSuchRecord):
        record = archive.dms.record(dms_id)
    if record is not None and record.card.sha256 == sha256:
        record = _relabelled(archive, record, one.source, home)
        end = "moved" if record.card.dossier == home.key else "left"
    with archive.engine.begin() as connection:
        if merging.end_record(connection, one, dms_id, end) and end == "moved" and record is not None:
            at = stamp(archive.clock())
            row = Correction(dms_id, sha256, "dossier", one.source, home.key, one.who, at, one.reason)
            corrections.keep(connection, row)
            enter(connection, record, archive.rules.ladder.higher)
    return end


def _relabelled(archive: Archive, record: Record, source: str, home: DossierChoice) -> Record:
    """The record in the new dossier, unless somebody has moved it elsewhere; tried again where somebody changes
    something else at the same moment. Raises DmsRefused, NoSuchRecord."""
    for last in (*[False] * (_TRIES - 1), True):
        if record.card.dossier != source:
            return record
        card = rehoused(record.card, home, f"档案 {source} 已并入 {home.key}")
        try:
            archive.dms.relabel(record, card)
        except DmsRefused:
            if last:
                raise
            record = archive.dms.record(record.dms_id)
        else:
            return Record(record.dms_id, card)
    return record
