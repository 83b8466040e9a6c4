"""Setting a file aside: the file beside its note, and the state that says so."""

from __future__ import annotations

from pathlib import Path

from consumers import intake
from consumers.errors import Refused
from consumers.inbox.set_aside import Note, set_aside
from consumers.inbox.spool import Claim
from plugins.logs import log
from plugins.wiring import Archive


def refuse(archive: Archive, claim: Claim, sha256: str, refusal: Refused) -> Path:
    """Set the claimed file aside with its reason; gives back where it lies now. The claim is left to the caller.

    Raises LeaseLost where the file is somebody else's by now, and OSError where the folder can not be written to.
    """
    now = archive.clock()
    with archive.engine.begin() as connection:
        intake.insist(connection, claim.id)
    note = Note(
        name=claim.name,
        sha256=sha256,
        code=refusal.code,
        message_zh=refusal.zh,
        message_en=refusal.en,
        intake_id=claim.id,
        source=claim.source,
        since=intake.stamp(now),
    )
    place = set_aside(claim.path, archive.settings.set_aside_folder, note)
    with archive.engine.begin() as connection:
        intake.move(connection, claim.id, "quarantined", at=now, reason=f"{refusal.code}: {refusal.zh}")
    alarm = log().error if refusal.code == "state-secret" else log().warning
    alarm("set aside", intake=claim.id, sha256=sha256, code=refusal.code)
    return place


def worker_died(deaths: int) -> Refused:
    """The refusal of a file over which one worker after the other has died."""
    return Refused(
        "worker-died",
        f"处理它的程序先后 {deaths} 次中断，不再自动重试。请交信息部门查看日志后重新放入。",
        f"The program ended {deaths} times while it was in hand; it is not tried again by itself. Tell IT to look at "
        "the log, then drop it in again.",
    )
