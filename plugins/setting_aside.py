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
    """Set the claimed file aside with its reason; gives back where it lies now. The claim is left to the caller."""
    now = archive.clock()
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
    alarm("set aside", intake=claim.id, name=claim.name, code=refusal.code, reason=refusal.en)
    return place
