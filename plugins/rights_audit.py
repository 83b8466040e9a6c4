"""Comparing the rights in the DMS with the levels, with an entry in the register for whatever was mended."""

from __future__ import annotations

from collections.abc import Iterator

from plugins.archiving.filing import ACTOR
from plugins.wiring import Archive
from retention import register
from retention.dms import RightsFault


def audit_rights(archive: Archive, *, repair: bool) -> Iterator[RightsFault]:
    """Every fault, as `retention.dms.Dms.audit_rights` finds it."""
    for fault in archive.dms.audit_rights(repair=repair):
        if fault.repaired:
            with archive.engine.begin() as connection:
                register.append(
                    connection,
                    at=archive.clock(),
                    actor=ACTOR,
                    action="rights-repaired",
                    subject=f"record/{fault.dms_id}",
                    payload={"confidentiality": fault.level, "fault": fault.fault, "detail": fault.detail},
                )
        yield fault
