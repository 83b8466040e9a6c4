"""Appraising: what is due becomes a batch, people decide in it, somebody else approves. What the CLI and the desk call.

Nothing here destroys anything.
"""

from __future__ import annotations

import contextlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa

from plugins.errors import BadWord
from plugins.keeping.falling_due import falling_due
from plugins.keeping.holding import list_late
from plugins.keeping.put_by import put_by
from plugins.keeping.retaining import by_hundreds, catch_up, retain
from plugins.masking import mask_id_numbers
from plugins.wiring import Archive
from retention.appraising import appraisals, putting_up
from retention.appraising.appraisal import Agreement, Appraisal, Decision, Side
from retention.blocking.block import Block
from retention.blocking.blocks import blocks_of
from retention.disposing.still_due import OF_DISPOSAL
from retention.errors import BadAppraisal, DmsUnavailable, NoSuchRecord
from retention.record import Record
from retention.reviewing.seldom import collecting_seldom


@dataclass(frozen=True)
class Decided:
    """The batch after a decision; `refused` are the items in whose way something stands, with what that is."""

    batch: Appraisal
    refused: tuple[tuple[str, tuple[Block, ...]], ...] = ()


GONE = Block("not-known", "文件已不在文档系统中", "the DMS does not hold that record any more")
"""What stands in the way of deciding on a record that is not there."""


def today_of(archive: Archive) -> date:
    """The day by the archive's clock, where it stands."""
    return archive.clock().astimezone().date()


def propose(archive: Archive, by: str, category: str = "", most: int = 0) -> Appraisal | None:
    """`put_up` what is due, and give the batch back with its items: for one that people look through at once."""
    found = put_up(archive, by, category, most)
    return show(archive, found.id) if found else None


def put_up(archive: Archive, by: str, category: str = "", most: int = 0) -> putting_up.Proposed | None:
    """A batch of everything that is due today and in no other batch, however much that is; None where nothing is.

    With `category` only what is in it, with `most` no more than so many, the longest due first. What is blocked comes
    along, with its blocks: people see it, and can't decide to destroy it. Raises BadAppraisal without a name.
    """
    if not by.strip():
        raise BadAppraisal("未写明提出人（--by）。Say who proposes it (--by)")
    catch_up(archive)
    list_late(archive)
    day, schedule = today_of(archive), archive.rules.schedule
    with collecting_seldom(), put_by(archive.settings.home) as gathered:
        for some in falling_due(archive, day, category, longest_first=bool(most)):
            gathered.put(some[: most - gathered.count] if most else some)
            if most and gathered.count >= most:
                break
        with archive.engine.begin() as connection:
            return putting_up.write_down(
                connection,
                gathered.rows(),
                schedule=schedule.sha256,
                as_of=day,
                who=by,
                at=archive.clock(),
            )


def decide(
    archive: Archive,
    number: int,
    ids: Sequence[str],
    decision: Decision,
    *,
    by: str,
    reason: str,
    until: date | None = None,
) -> Decided:
    """Decide these items; without `ids` all that are not decided yet.

    An item that anything stands in the way of destroying is not decided so, and told. Raises BadAppraisal.
    """
    list_late(archive)
    sums = {one.dms_id: one.sha256 for one in show(archive, number).items if ids or one.decision is None}
    wanted = list(dict.fromkeys(ids)) or list(sums)
    if ids:
        with archive.engine.begin() as connection:
            appraisals.refuse_foreign(connection, number, wanted)
    if not wanted:
        raise BadAppraisal(
            "已全部作出决定：改决定请写明文件。Every item is decided; name those to decide anew"
        )
    told: dict[str, Any] = {"until": until, "who": by, "reason": mask_id_numbers(reason)}
    refused: list[tuple[str, tuple[Block, ...]]] = []
    # Some hundred at a time, each in a transaction of its own: a batch may be long, and others want to write too.
    for some in by_hundreds(wanted):
        records = _records(archive, some, sums) if decision == "destroy" else ()
        with archive.engine.begin() as connection:
            blocked = _blocked(archive, connection, some, records) if decision == "destroy" else {}
            refused += blocked.items()
            if free := [one for one in some if one not in blocked]:
                at = archive.clock().astimezone()
                appraisals.decide_some(connection, number, free, decision, at=at, **told)
    return Decided(show(archive, number), tuple(refused))


def opine(
    archive: Archive, number: int, side: Side, opinion: Agreement, *, by: str, department: str, words: str
) -> Appraisal:
    """What one side says of the decisions. Raises BadAppraisal."""
    with archive.engine.begin() as connection:
        return appraisals.opine(
            connection,
            number,
            side,
            opinion,
            who=by,
            department=department,
            words=mask_id_numbers(words),
            at=archive.clock(),
        )


def approve(archive: Archive, number: int, *, by: str, note: str = "") -> Appraisal:
    """Approve it, unless anything stands in the way of destroying what is to be destroyed. Raises BadAppraisal.

    Then extensions are shown in the DMS; once more where a crash cut that off and the same person approves again.
    """
    list_late(archive)
    batch = show(archive, number)
    if not (batch.approved_at and by.strip() == batch.approved_by):
        doomed = {one.dms_id: one.sha256 for one in batch.items if one.decision == "destroy" and batch.open}
        del batch  # it may be long, and is read anew below
        held: list[tuple[str, tuple[Block, ...]]] = []
        for some in by_hundreds(doomed):
            records = _records(archive, some, doomed)
            # What comes between the first of these transactions and the last is asked when it goes into quarantine.
            with archive.engine.begin() as connection:
                held += _blocked(archive, connection, some, records).items()
        if held:
            few = "；".join(f"{one}：{those[0].reason_zh}" for one, those in held[:5])
            raise BadAppraisal(
                f"{len(held)} 件现有未了事项，须另作决定：{few}。{len(held)} items are blocked by now; decide them otherwise"
            )
        with archive.engine.begin() as connection:
            batch = appraisals.approve(
                connection, number, who=by, at=archive.clock(), note=mask_id_numbers(note)
            )
    for one in batch.items:
        if one.decision == "extend":
            with contextlib.suppress(NoSuchRecord, DmsUnavailable):
                retain(archive, archive.dms.record(one.dms_id))
    return batch


def withdraw(archive: Archive, number: int, *, by: str, reason: str) -> Appraisal:
    """Take an open batch back. Raises BadAppraisal."""
    with archive.engine.begin() as connection:
        return appraisals.withdraw(
            connection, number, who=by, at=archive.clock(), reason=mask_id_numbers(reason)
        )


def show(archive: Archive, number: int) -> Appraisal:
    """The batch as it stands; raises BadWord where there is none with that number."""
    with archive.engine.begin() as connection:
        batch = appraisals.get(connection, number)
    if batch is None:
        raise BadWord(
            f"没有鉴定批次 {number}：见 dossier appraisal list。There is no appraisal {number}; see the list"
        )
    return batch


def _blocked(
    archive: Archive, connection: sa.Connection, ids: Sequence[str], records: Sequence[Record]
) -> dict[str, tuple[Block, ...]]:
    """What stands in the way of destroying those of some hundred items now in whose way something stands; `records` are
    those of them that are there."""
    known = blocks_of(connection, records, today_of(archive), OF_DISPOSAL) if records else {}
    found = {one: known.get(one, (GONE,)) for one in ids}
    return {one: those for one, those in found.items() if those}


def _records(archive: Archive, ids: Sequence[str], sums: Mapping[str, str]) -> list[Record]:
    """Those of some hundred that the DMS still holds under id and under the checksum of what was proposed, also those that
    are restricted."""
    seen = list(archive.dms.records(*ids))
    there = {one.dms_id for one in seen}
    if hidden := [one for one in ids if one not in there]:
        seen += archive.dms.quarantined(*hidden)
    return [one for one in seen if sums[one.dms_id] == one.card.sha256]
