"""Forgetting a destroyed record: everything that we keep of it beside the register, the appraisal and its tombstone.

Principle that must never break: nothing is forgotten of a record that the DMS still has; only the outcome of a destruction
calls this, in its own transaction.
"""

from __future__ import annotations

import contextlib
import shutil
from collections.abc import Iterator
from pathlib import Path

import sqlalchemy as sa

from consumers.intake import FINAL, filing_right, intake, intake_event
from plugins.archiving.rescans import paper, paper_key
from plugins.sweeping.tables import shown_label, swept
from plugins.teaching import corrections
from plugins.wiring import Archive
from retention.households.dossier_numbers import forget_numbers
from retention.keeping_tables import litigation
from retention.schedule.kept_rules import forget as forget_rule

GONE = "（已销毁）"
"""What stands in the list of what was taken in, where the file's name and what was told of it stood."""


def forget(archive: Archive, connection: sa.Connection, dms_id: str, sha256: str) -> None:
    """Remove its rule, numbers, corrections, litigation note, digests for finding it again, shown labels, the
    names and words in the intake table, and what of it is left in the spool; may be done again.

    The right to file its bytes goes too: the same paper, scanned again, is a new record. What a hold by query has found
    stays, and so does which number was stuck on the paper: ids and checksums, and no number is given out twice.
    """
    forget_rule(connection, dms_id)
    forget_numbers(connection, dms_id)
    corrections.forget(connection, dms_id, sha256)
    for table in (litigation, paper, paper_key, swept, shown_label):
        connection.execute(table.delete().where(table.c.dms_id == dms_id))
    connection.execute(filing_right.delete().where(filing_right.c.sha256 == sha256))
    those = (intake.c.sha256 == sha256) & intake.c.state.in_(FINAL)
    for intake_id in connection.execute(sa.select(intake.c.id).where(those)).scalars().all():
        blank = {"name": GONE, "origin": "", "reason": ""}
        connection.execute(intake.update().where(intake.c.id == intake_id).values(**blank))
        told = intake_event.c.intake_id == intake_id
        connection.execute(intake_event.update().where(told).values(detail=""))
        for place in _spooled(archive, intake_id):
            shutil.rmtree(place)


def left(archive: Archive, connection: sa.Connection, dms_id: str, sha256: str) -> tuple[str, ...]:
    """Where something is still kept of the record: names of tables, and paths in the spool."""
    by_id = (litigation, paper, paper_key, swept, shown_label)
    found = [
        table.name
        for table in by_id
        if connection.execute(sa.select(table.c.dms_id).where(table.c.dms_id == dms_id)).first()
    ]
    if corrections.of_record(connection, dms_id, sha256):
        found.append("correction")
    ids = sa.select(intake.c.id).where((intake.c.sha256 == sha256) & intake.c.state.in_(FINAL))
    for intake_id in connection.execute(ids).scalars().all():
        found += map(str, _spooled(archive, intake_id))
    return tuple(found)


def _spooled(archive: Archive, intake_id: str) -> Iterator[Path]:
    with contextlib.suppress(FileNotFoundError):
        place = archive.settings.home / "spool" / intake_id
        if intake_id and place.is_dir():
            yield place
