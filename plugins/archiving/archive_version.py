"""The archive version of a document on its way into the DMS: its searchable PDF, made in a reading process."""

from __future__ import annotations

from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path
from typing import TYPE_CHECKING

from consumers.errors import Refused
from consumers.pool import ReadingPool
from consumers.scan import Scan
from consumers.transcript import Transcript
from plugins.intake.putting_off import is_lack_of_storage
from plugins.logs import log
from plugins.wiring import Archive

if TYPE_CHECKING:
    from consumers.searchable import Searchable


def place_of(scan: Scan) -> Path:
    """Where it is written: beside the spool's copy of the file, with which it goes."""
    return scan.path.with_name("archive.pdf")


def begin(
    archive: Archive, pool: ReadingPool, scan: Scan, transcript: Transcript
) -> Future[Searchable] | None:
    """Have it made; None where the settings want none, or the DMS would not keep it."""
    how = archive.settings.archive_pdf
    if how == "off" or not archive.dms.keeps_archives:
        return None
    return pool.searchable(scan, transcript, place_of(scan), archival=how == "pdfa")


def may_come(written: Future[Searchable]) -> bool:
    """Whether it was not made for a reason that may pass: the reading process died (somebody killed it; a full disk makes the
    library abort), or the disk did not do as it was asked."""
    error = written.exception()
    if isinstance(error, Refused):
        return error.code == "reader-died"
    return isinstance(error, BrokenProcessPool) or is_lack_of_storage(error)


def end(intake_id: str, scan: Scan, written: Future[Searchable]) -> Path | None:
    """The file, or None where it could not be made: what was read is worth more than a PDF of it."""
    try:
        notes = written.result().notes
    except Refused as refusal:
        # An office file has no pages: that is no news.
        tell = log().info if refusal.code == "no-pages" else log().warning
        tell("no archive version", intake=intake_id, reason=refusal.en)
        return None
    except Exception as error:  # noqa: BLE001 - the door of one file: nothing of its PDF may stop its filing
        log().error("no archive version", intake=intake_id, exc_info=error)
        return None
    if notes:
        log().info("archive version", intake=intake_id, notes=notes)
    return place_of(scan)
