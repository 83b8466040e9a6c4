"""Appraising: what is due becomes a batch, people decide in it, somebody else approves. What the CLI and the desk call.

Nothing here destroys anything.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from plugins.errors import BadWord
from plugins.keeping.falling_due import falling_due
from plugins.keeping.holding import list_late
from plugins.keeping.put_by import put_by
from plugins.keeping.retaining import by_hundreds, catch_up, retain
from plugins.masking import mask_id_numbers
from plugins.requests.sight import record_of
from plugins.wiring import Archive
from retention.appraising import appraisals, putting_up
from retention.appraising.appraisal import Agreement, Appraisal, Decision, Item, Side
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
    batch = show(archive, number)
    wanted = list(dict.fromkeys(ids)) or [one.dms_id for one in batch.items if one.decision is None]
    if not wanted:
        raise BadAppraisal(
            "已全部作出决定：改决定请写明文件。Every item is decided; name those to decide anew"
        )
    records = _records(archive, (one for one in batch.items if one.dms_id in wanted))
    with archive.engine.begin() as connection:
        in_the_way = _blocks(archive, connection, wanted, records) if decision == "destroy" else {}
        free = [one for one in wanted if not in_the_way.get(one)]
        if free:
            batch = appraisals.decide(
                connection,
                number,
                free,
                decision,
                until=until,
                who=by,
                at=archive.clock().astimezone(),
                reason=mask_id_numbers(reason),
            )
    return Decided(batch, tuple((one, those) for one, those in in_the_way.items() if those))


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
        doomed = [one for one in batch.items if one.decision == "destroy"]
        records = _records(archive, doomed)
        with archive.engine.begin() as connection:
            wanted = [one.dms_id for one in doomed]
            found = _blocks(archive, connection, wanted, records) if batch.open else {}
            held = [(one, those) for one, those in found.items() if those]
            if held:
                few = "；".join(f"{one}：{those[0].reason_zh}" for one, those in held[:5])
                raise BadAppraisal(
                    f"{len(held)} 件现有未了事项，须另作决定：{few}。{len(held)} items are blocked by now; decide them otherwise"
                )
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


def _records(archive: Archive, items: Iterable[Item]) -> dict[str, Record]:
    """The records that the DMS still holds under id and checksum, also those that are restricted."""
    found = {}
    for one in items:
        record = record_of(archive, one.dms_id)
        if record is not None and record.card.sha256 == one.sha256:
            found[one.dms_id] = record
    return found


def _blocks(
    archive: Archive, connection: sa.Connection, ids: Sequence[str], records: dict[str, Record]
) -> dict[str, tuple[Block, ...]]:
    """What stands in the way of destroying each of these items now."""
    found: dict[str, tuple[Block, ...]] = dict.fromkeys(ids, (GONE,))
    for some in by_hundreds(records[one] for one in ids if one in records):
        found |= blocks_of(connection, some, today_of(archive), OF_DISPOSAL)
    return found
