"""Discarding a file that was set aside: a person says why, it is told in the table and in the register, then its bytes go.

Principle that must never break: nothing that is a record is deleted here. The DMS is only asked. What is deleted is a file that
was refused and lies in the set-aside folder; its name, checksum, reason, and who discarded it and why are kept.
"""

from __future__ import annotations

import os

import sqlalchemy as sa

from consumers import intake, whereabouts
from plugins.errors import BadWord
from plugins.intake import aside
from plugins.logs import log
from plugins.masking import mask_id_numbers
from plugins.wiring import Archive
from retention import register
from retention.blocking import on_its_way
from retention.blocking.blocks import blocks

_HOLDING = ("on-hold", "open-debt", "personal-data-restricted", "open-litigation", "not-known")
_MARKED = "state-secret:"


def discard(archive: Archive, row: intake.Intake, *, by: str, reason: str) -> None:
    """Discard it. Raises BadWord where that must not be, and DmsUnavailable where the DMS can not be asked.

    A second copy of a record on which a hold lies is not thrown away either: whoever ordered the hold may want to see it.
    The file of a paper with the mark of a state secret is taken out by the officer in charge; only then is its row closed.
    """
    if not by.strip() or not reason.strip():
        raise BadWord("--by, --reason: 废弃须写明经办人和理由。To discard a file, say who and why")
    if row.state != "quarantined":
        raise BadWord(
            f"{row.id[:8]} 不在搁置状态（{row.state}），不能废弃。It is not set aside ({row.state}); only what is can be discarded"
        )
    with aside.alone(archive):
        found = aside.lying(archive, row.id)
        there = found is not None and found.place.exists()
        if there and row.reason.startswith(_MARKED):
            raise BadWord(
                f"{row.id[:8]} 带有国家秘密标志：请先由保密人员取走文件，再登记废弃。It bears the mark of a state secret; the officer in "
                "charge of secrets takes the file out first"
            )
        held = archive.dms.find(row.sha256)
        if found is not None and there:
            os.replace(found.place, found.moving)
        try:
            _write(archive, row, held, by=by.strip(), reason=reason.strip())
        except Exception:  # whatever it was, the file goes back to where people look for it
            if found is not None and there:
                os.replace(found.moving, found.place)
            raise
        if found is not None:
            aside.keep_note(archive, found, by.strip(), reason.strip(), intake.stamp(archive.clock()))
    log().warning("discarded", intake=row.id, sha256=row.sha256)


def _write(archive: Archive, row: intake.Intake, held: str | None, *, by: str, reason: str) -> None:
    now = archive.clock()
    with archive.engine.begin() as connection:
        if held is not None:
            _insist_on_no_hold(archive, connection, row, held)
        else:
            on_its_way.forget(connection, row.sha256)
        if not whereabouts.discard(connection, row, at=now, actor=by, reason=f"discarded: {reason}"):
            raise BadWord(f"{row.id[:8]} 刚被他人处理。Somebody else has just seen to it")
        register.append(
            connection,
            at=now,
            actor=by,
            action="discarded",
            subject=f"intake/{row.id}",
            payload={
                "sha256": row.sha256,
                "code": row.reason.partition(":")[0],
                "reason": mask_id_numbers(reason),
                "record": held or "",
            },
        )


def _insist_on_no_hold(archive: Archive, connection: sa.Connection, row: intake.Intake, held: str) -> None:
    record = archive.dms.record(held)
    for block in blocks(connection, record, archive.clock().date()):
        if block.code in _HOLDING:
            raise BadWord(
                f"{row.id[:8]} 与档案 {held} 内容相同，该档案{block.reason_zh}，不得废弃。The same bytes are record {held}, which is "
                f"{block.reason_en}; the copy stays too"
            )
