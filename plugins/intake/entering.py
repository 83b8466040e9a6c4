"""Entering a claimed file into the intake table: with whom, until when, and whose turn it then is."""

from __future__ import annotations

from datetime import datetime, timedelta

import sqlalchemy as sa

from consumers import intake, lease
from consumers.inbox.spool import Claim, Spool
from consumers.length import likely_pages
from consumers.scan import sha256_of
from plugins.intake.travelling import bring, drop
from plugins.logs import log
from plugins.wiring import Archive


def come_in(archive: Archive, spool: Spool, claim: Claim, owner: str) -> str:
    """Enter a claimed file; gives back its SHA-256, or nothing where it is not this owner's to go on with.

    The very file that a crash kept in the inbox after it was copied is dropped: it has a row. Raises OperationalError
    where our database can not be written to, and StoreAway where the store can not: then the file is in the spool alone.
    """
    sha256 = sha256_of(claim.path)
    # Before the row says so: whoever takes the row on another machine finds it there.
    bring(archive, claim, sha256)
    with archive.engine.begin() as connection:
        twin = intake.came_from(connection, claim.origin, sha256) if claim.origin else None
        if twin is None or twin.id == claim.id:
            mine = enter(connection, claim, sha256, archive, owner)
            log().info("taken in", intake=claim.id, sha256=sha256, size=claim.path.stat().st_size)
            return sha256 if mine else ""
    spool.drop(claim.id)
    drop(archive, claim.id, sha256)
    return ""


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
    )
    if new:
        lease.line_up(connection, claim.id, lease_end(archive), lease.turn_of(now, pages))
    if claim.part_of:
        intake.is_part(connection, claim.id, claim.part_of, claim.first_page, claim.last_page)
    if new or not owner:
        return new
    return lease.take_one(connection, owner, claim.id, lease_end(archive)) is not None


def lease_end(archive: Archive) -> datetime:
    """Until when a lease holds that is taken or renewed now."""
    return archive.clock() + timedelta(seconds=archive.settings.lease_seconds)
