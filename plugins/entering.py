"""Entering a claimed file into the intake table: with whom, until when, and whose turn it then is."""

from __future__ import annotations

from datetime import datetime, timedelta

import sqlalchemy as sa

from consumers import intake, lease
from consumers.inbox.spool import Claim
from consumers.length import likely_pages
from plugins.wiring import Archive


def enter(connection: sa.Connection, claim: Claim, sha256: str, archive: Archive, owner: str) -> bool:
    """Enter it, with what it was cut out of, under a lease of its owner (empty: it waits for whoever takes it).

    False where it was entered before and is not this owner's.
    """
    now = archive.clock()
    pages = claim.last_page - claim.first_page + 1 if claim.part_of else likely_pages(claim.path)
    new = intake.register(
        connection,
        intake_id=claim.id,
        name=claim.name,
        source=claim.source,
        origin=claim.origin,
        owner=owner,
        sha256=sha256,
        at=now,
        lease_until=intake.stamp(lease_end(archive)) if owner else "",
        turn=lease.turn_of(now, pages),
    )
    if claim.part_of:
        intake.is_part(connection, claim.id, claim.part_of, claim.first_page, claim.last_page)
    if new or not owner:
        return new
    return lease.take(connection, owner, at=now, until=lease_end(archive), intake_id=claim.id) is not None


def lease_end(archive: Archive) -> datetime:
    """Until when a lease holds that is taken or renewed now."""
    return archive.clock() + timedelta(seconds=archive.settings.lease_seconds)
