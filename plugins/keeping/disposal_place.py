"""Where this archive's disposals happen: its database, its DMS, its clock, and what else is forgotten of a record."""

from __future__ import annotations

from plugins.keeping import forgetting
from plugins.keeping.appraising import today_of
from plugins.wiring import Archive
from retention.disposing.destroying import Place


def place_of(archive: Archive) -> Place:
    """The place, on the day that it is now."""
    return Place(
        archive.engine.begin,
        archive.dms,
        archive.clock,
        today_of(archive),
        lambda connection, dms_id, sha256: forgetting.forget(archive, connection, dms_id, sha256),
    )
