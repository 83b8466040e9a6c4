"""What the doctor says of the store, where files travel by one: does it keep what it is given, and what lies in it."""

from __future__ import annotations

import hashlib
import tempfile
import uuid
from pathlib import Path

from consumers import intake
from plugins.errors import StoreAway
from plugins.lookout.check import Check
from plugins.stores import everything
from plugins.wiring import Archive


def store_checks(archive: Archive) -> list[Check]:
    """One check of the store, one of what lies in it; none where there is no store. Leaves nothing behind."""
    if archive.store is None:
        return []
    try:
        _try(archive)
        open_ones = ended = unknown = 0
        for one in everything(archive.store):
            with archive.engine.begin() as connection:
                row = intake.get(connection, one.intake_id)
            unknown += row is None
            ended += row is not None and row.state in intake.FINAL
            open_ones += row is not None and row.state not in intake.FINAL
    except StoreAway as error:
        return [Check("store", False, str(error.strerror), "see the message")]
    detail = f"{open_ones} on their way, {ended} of files that have come to their end, {unknown} that no row speaks of"
    remedy = (
        "watch and worker sweep them: the first after 10 minutes, the others after a day"
        if ended or unknown
        else ""
    )
    return [
        Check("store", True, f"{archive.settings.store} keeps what it is given"),
        Check("store strays", not (ended or unknown), detail, remedy, optional=True),
    ]


def _try(archive: Archive) -> None:
    """Put something there, read it back, take it away."""
    assert archive.store is not None
    content = uuid.uuid4().bytes
    name, sha256 = uuid.uuid4().hex, hashlib.sha256(content).hexdigest()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "tried")
        path.write_bytes(content)
        archive.store.put(name, sha256, path)
    archive.store.drop(name, sha256)
