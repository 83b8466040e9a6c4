"""Files that travel by a store (`plugins.stores`): brought there before the row says so, fetched by whoever works on them,
removed when the row has come to its end.

Without a store none of this does anything: the spool is then the same folder for all.
"""

from __future__ import annotations

import errno
from pathlib import Path

from consumers import intake
from consumers.inbox import text_beside
from consumers.inbox.spool import Claim, Spool
from consumers.scan import sha256_of
from plugins.errors import StoreAway
from plugins.logs import log
from plugins.wiring import Archive

TROUBLE = "存储中的文件"
"""How the reason begins of a file that waits because the store does not have it whole: who has it still brings it again."""
_TEXT = "text.json"


def bring(archive: Archive, claim: Claim, sha256: str) -> None:
    """Put a claimed file into the store; raises StoreAway."""
    if archive.store is not None:
        archive.store.put(claim.id, sha256, claim.path)


def bring_text(archive: Archive, claim: Claim, sha256: str) -> None:
    """Put the text that is kept beside it into the store as well, for who files it elsewhere; raises StoreAway."""
    if archive.store is not None:
        archive.store.put(claim.id, sha256, text_beside.place(claim), _TEXT)


def fetched(archive: Archive, spool: Spool, row: intake.Intake) -> Claim | None:
    """The row's file, brought from the store into this spool, with its text where there is one.

    None where files do not travel. Raises StoreAway, also where the store has not these bytes.
    """
    store = archive.store
    if store is None:
        return None

    def fetch(target: Path) -> bool:
        if not store.fetch(row.id, row.sha256, target):
            raise StoreAway(errno.EIO, f"{TROUBLE}不在了。It is not in the store", row.id)
        if sha256_of(target) != row.sha256:
            raise StoreAway(errno.EIO, f"{TROUBLE}内容已变。Other bytes are in the store", row.id)
        return True

    claim = spool.bring_in(claim_of(archive, spool, row), fetch)
    store.fetch(row.id, row.sha256, text_beside.place(claim), _TEXT)
    return claim


def bring_again(archive: Archive, claim: Claim, row: intake.Intake) -> None:
    """Put it into the store once more where it waits for that; only where this spool has these very bytes."""
    if archive.store is None or not row.reason.startswith(TROUBLE) or sha256_of(claim.path) != row.sha256:
        return
    try:
        archive.store.put(claim.id, row.sha256, claim.path)
    except OSError as error:
        log().warning("the store does not take it", intake=claim.id, reason=str(error))
    else:
        log().warning("brought into the store again", intake=claim.id)


def is_there(archive: Archive, row: intake.Intake) -> bool:
    """Whether the store has the row's file, or does not answer: then nobody may say that it is lost."""
    try:
        return archive.store is not None and archive.store.holds(row.id, row.sha256)
    except OSError:
        return True


def drop(archive: Archive, intake_id: str, sha256: str) -> None:
    """Remove from the store what has come to its end; what can not be removed now is swept later."""
    if archive.store is None:
        return
    try:
        archive.store.drop(intake_id, sha256)
    except OSError as error:
        log().warning("is left in the store for now", intake=intake_id, reason=str(error))


def claim_of(archive: Archive, spool: Spool, row: intake.Intake) -> Claim:
    """What the file's claim says, told by the table."""
    whole = None
    if row.part_of:
        with archive.engine.begin() as connection:
            whole = intake.get(connection, row.part_of)
    return Claim(
        id=row.id,
        path=spool.folder / row.id,
        name=row.name,
        source=row.source,
        origin=row.origin,
        owner=spool.owner,
        part_of=row.part_of,
        whole=whole.sha256 if whole else "",
        first_page=row.first_page,
        last_page=row.last_page,
    )
