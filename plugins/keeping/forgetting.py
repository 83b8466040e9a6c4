"""Forgetting a destroyed record: everything that we keep of it beside the register, the appraisal and its tombstone.

Principle that must never break: nothing is forgotten of a record that the DMS still has; only the outcome of a destruction
calls this, in its own transaction.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import sqlalchemy as sa

from consumers.intake import FINAL, filing_right, intake, intake_event
from plugins.archiving.rescans import paper, paper_key
from plugins.batches.divisions import division
from plugins.sweeping.tables import shown_label, swept
from plugins.teaching import corrections
from plugins.wiring import Archive
from retention.blocking import on_its_way
from retention.errors import DmsUnavailable
from retention.households.dossier_numbers import forget_numbers
from retention.keeping_tables import kept_rule, litigation
from retention.requests import people, restrictions
from retention.requests.request_tables import person_paper
from retention.schedule.kept_rules import forget as forget_rule
from retention.tables import dossier_number

GONE = "（已销毁）"
"""What stands in the list of what was taken in, where the file's name and what was told of it stood."""
_BY_ID = (litigation, paper, paper_key, swept, shown_label)
"""Tables whose rows about a record simply go."""


def forget(archive: Archive, connection: sa.Connection, dms_id: str, sha256: str) -> None:
    """Remove its rule, numbers, who is on it, corrections, litigation note, digests for finding it again, shown labels, how
    it was divided, the names and words in the intake table, and its bytes in the spool and among what was set aside as a
    duplicate of it; may be done again.

    The right to file its bytes goes too, and that they were on their way: the same paper, scanned again, is a new record. What a hold by query has found
    stays, and so does which number was stuck on the paper: ids and checksums, and no number is given out twice. Raises
    DmsUnavailable where a file can not be removed.
    """
    forget_rule(connection, dms_id)
    forget_numbers(connection, dms_id)
    corrections.forget(connection, dms_id, sha256)
    restrictions.forget(connection, dms_id, sha256)
    people.forget(connection, dms_id)
    on_its_way.forget(connection, sha256)
    for table in _BY_ID:
        connection.execute(table.delete().where(table.c.dms_id == dms_id))
    connection.execute(filing_right.delete().where(filing_right.c.sha256 == sha256))
    for intake_id in _taken_in(connection, sha256):
        connection.execute(division.delete().where(division.c.intake_id == intake_id))
        blank = {"name": GONE, "origin": "", "reason": ""}
        connection.execute(intake.update().where(intake.c.id == intake_id).values(**blank))
        told = intake_event.c.intake_id == intake_id
        connection.execute(intake_event.update().where(told).values(detail=""))
        for place in _files(archive, intake_id, sha256):
            _remove(place)


def left(archive: Archive, connection: sa.Connection, dms_id: str, sha256: str) -> tuple[str, ...]:
    """Where something is still kept of the record: names of tables, and paths."""
    by_id = (*_BY_ID, kept_rule, dossier_number, person_paper)
    found = [
        table.name
        for table in by_id
        if connection.execute(sa.select(table.c.dms_id).where(table.c.dms_id == dms_id)).first()
    ]
    if corrections.of_record(connection, dms_id, sha256):
        found.append("correction")
    for intake_id in _taken_in(connection, sha256):
        found += map(str, _files(archive, intake_id, sha256))
    return tuple(found)


def _taken_in(connection: sa.Connection, sha256: str) -> list[str]:
    """The ids under which these bytes were taken in, and came to an end."""
    those = (intake.c.sha256 == sha256) & intake.c.state.in_(FINAL)
    return list(connection.execute(sa.select(intake.c.id).where(those)).scalars())


def _files(archive: Archive, intake_id: str, sha256: str) -> Iterator[Path]:
    """Its folder in the spool; and where the same bytes were set aside, they and their note, the note last."""
    spooled = archive.settings.home / "spool" / intake_id
    if intake_id and spooled.is_dir():
        yield spooled
    for note in archive.settings.set_aside_folder.glob(f"{intake_id[:8]}-*.json"):
        try:
            told = json.loads(note.read_text("utf-8"))
        except (OSError, ValueError):
            # Not one of our notes, or gone meanwhile.
            continue
        if (told.get("intake_id"), told.get("sha256")) == (intake_id, sha256):
            yield from (one for one in (note.with_suffix(""), note) if one.exists())


def _remove(place: Path) -> None:
    try:
        if place.is_dir():
            shutil.rmtree(place)
        else:
            place.unlink(missing_ok=True)
    except OSError as error:
        raise DmsUnavailable(
            f"{error.filename}: {error.strerror}: what is left there of a destroyed record can not be removed; give the "
            "program the right to, then run it again"
        ) from error
