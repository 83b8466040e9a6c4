"""Putting a file back that was set aside: it goes the whole way once more, as if it had just come."""

from __future__ import annotations

import os
import shutil

from consumers import intake, lease, whereabouts
from consumers.inbox.owner import Owner
from consumers.inbox.spool import Spool
from consumers.length import likely_pages
from consumers.scan import sha256_of
from plugins.errors import BadWord
from plugins.intake import aside, travelling
from plugins.intake.entering import lease_end
from plugins.wiring import Archive


def put_back(archive: Archive, row: intake.Intake, by: str) -> None:
    """Put it back; a watcher or worker takes it from there. Raises BadWord where that can not be, OSError where a disk fails:
    then it is set aside as it was.
    """
    if row.state != "quarantined":
        raise BadWord(
            f"{row.id[:8]} 不在搁置状态（{row.state}），不能重试。It is not set aside ({row.state}); only what is can be put back"
        )
    with aside.alone(archive):
        found = aside.lying(archive, row.id)
        if found is None or not found.place.is_file():
            raise BadWord(
                f"{row.id[:8]} 的文件不在 {archive.settings.set_aside_folder}，请把原件重新放入扫描文件夹。"
                "Its file is not in the set-aside folder of this machine; drop the scan into the inbox again"
            )
        if sha256_of(found.place) != row.sha256:
            raise BadWord(
                f"{found.place} 的内容已变，请作为新文件放入扫描文件夹。The file was changed since; drop it into the inbox as a new one"
            )
        with Owner(archive.settings.home / "run") as owner:
            _move(archive, row, found, owner, by)


def _move(archive: Archive, row: intake.Intake, found: aside.Aside, owner: Owner, by: str) -> None:
    now, spool = archive.clock(), Spool(archive.settings.home / "spool", owner.id)
    turn = lease.turn_of(now, likely_pages(found.place))
    os.replace(found.place, found.moving)
    with archive.engine.begin() as connection:
        until = lease_end(archive)
        if not whereabouts.put_back(connection, row, owner.id, until, at=now, actor=by, turn=turn):
            os.replace(found.moving, found.place)
            raise BadWord(f"{row.id[:8]} 刚被他人处理。Somebody else has just seen to it")
    try:
        claim = spool.bring_in(
            travelling.claim_of(archive, spool, row), lambda target: shutil.copyfile(found.moving, target)
        )
        travelling.bring(archive, claim, row.sha256)
        spool.disown(claim)
    except OSError:
        with archive.engine.begin() as connection:
            intake.move(connection, row.id, "quarantined", at=archive.clock(), reason=row.reason, actor=by)
        spool.drop(row.id)
        os.replace(found.moving, found.place)
        raise
    found.moving.unlink()
    found.note.unlink()
    with archive.engine.begin() as connection:
        lease.give_back(connection, owner.id, [row.id])
