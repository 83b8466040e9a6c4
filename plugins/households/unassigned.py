"""Records whose household nobody knows yet 待归户: what each rests on, and which dossiers are proposed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from plugins.errors import BadWord
from plugins.teaching.correcting import Corrected, Wanted, correct
from plugins.wiring import Archive
from retention.dms import Clearance, Query
from retention.errors import DmsRefused, NoSuchRecord
from retention.households.dossiers import every_dossier
from retention.households.proposing import Proposal, proposals
from retention.record import Record

ALL = 1 << 31
"""More hits than there can be records."""


@dataclass(frozen=True)
class Unassigned:
    """A record without a dossier, or with a provisional one, and the dossiers that are proposed for it."""

    record: Record
    proposals: tuple[Proposal, ...]


@dataclass(frozen=True)
class Assigned:
    """The records that were assigned, and those that could not be, each with the reason."""

    done: tuple[Corrected, ...]
    failed: tuple[tuple[str, str], ...]


def unassigned(archive: Archive, eyes: Clearance) -> tuple[Unassigned, ...]:
    """Every record that waits to be assigned, the oldest first; what a paper that came later has brought is
    proposed too. Nothing above the clearance is shown or proposed."""
    hits = archive.dms.search(Query(unassigned=True, limit=ALL), eyes)
    records = sorted((hit.record for hit in hits), key=lambda one: (one.card.filed_on, int(one.dms_id)))
    with archive.engine.begin() as connection:
        open_to_them = {one.key for one in every_dossier(connection) if may_see(archive, {one.level}, eyes)}
    return tuple(Unassigned(record, _proposed(archive, record, open_to_them)) for record in records)


def may_see(archive: Archive, levels: set[str], eyes: Clearance) -> bool:
    """Whether these eyes may see what has these levels; what has none yet is for those who may see all."""
    known = levels - {""} or {archive.rules.ladder.names[-1]}
    return known <= eyes.levels


def _proposed(archive: Archive, record: Record, open_to_them: set[str]) -> tuple[Proposal, ...]:
    with archive.engine.begin() as connection:
        found = proposals(connection, record.card.facts, archive.pepper, known_as=record.card.dossier)
    return tuple(one for one in found if one.key in open_to_them)


def assign(
    archive: Archive, numbers: Sequence[str], key: str, by: str, reason: str, eyes: Clearance
) -> Assigned:
    """Put records into a dossier, one by one, each as a correction with who, when and why.

    A record that is not there, that is above the clearance, or that somebody else is changing is told and left; the
    others are assigned all the same. Raises BadWord for words that make no sense.
    """
    if not key.strip():
        raise BadWord(
            "--dossier: 不能为空，请写客户档案。it is empty; write the dossier's key, as 锦绣花园/3-2-1201"
        )
    done, failed = [], []
    for number in dict.fromkeys(numbers):
        try:
            seen = archive.dms.record(number).card.confidentiality in eyes.levels
            if seen:
                done.append(correct(archive, number, Wanted(dossier=key.strip()), by, reason))
            else:
                failed.append((number, f"没有文件 {number}。the DMS holds no document {number}"))
        except (NoSuchRecord, DmsRefused) as error:
            failed.append((number, str(error)))
    return Assigned(tuple(done), tuple(failed))
