"""The program that reads one file for paperless-ngx: `python -m plugins.paperless_native.program`.

It ends with 0 and leaves `reading.json` in the folder it was given, with 3 where the file can not be read and the reason
stands there, with anything else where it was ended or something unforeseen happened. It imports nothing of paperless.
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import sys
from dataclasses import dataclass, replace
from pathlib import Path
from types import FrameType

from consumers import reading_process
from consumers.bounds import Bounds
from consumers.errors import Refused
from consumers.pool import ReadingPool
from consumers.scan import Scan, scan_of
from consumers.transcript import Page, Transcript
from plugins import settings
from plugins.paperless_native import thumbnail
from plugins.paperless_native.calling import ARCHIVE, REFUSED, RESULT, THUMBNAIL
from plugins.rereading.readers_asked_for import bounds_of, readers_of

_MANY = 4
"""Fewer pages are read in this process: others would only load everything once more."""


@dataclass(frozen=True)
class Job:
    """What is wanted. `archive`: `no`, `yes`, or `recognised` (if a page was read from its picture)."""

    file: Path
    folder: Path
    archive: str
    archival: bool
    recognise: bool
    workers: int
    seconds: float
    only_thumbnail: bool


def main(words: list[str]) -> int:
    """Read the file; the exit code."""
    job = _job(words)
    # Whoever asked may have been killed meanwhile: nobody would end this process then.
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    told = settings.load(os.environ, job.folder, dms="local")
    bounds = bounds_of(told)
    bounds = replace(bounds, file_seconds=max(1, min(bounds.file_seconds, int(job.seconds))))
    try:
        result = _result(job, _readers(told, job), bounds, told.workers)
    except Refused as refusal:
        _write(job, {"refused": [refusal.code, refusal.zh, refusal.en]})
        return REFUSED
    _write(job, result)
    return 0


def _job(words: list[str]) -> Job:
    parser = argparse.ArgumentParser(prog="plugins.paperless_native.program")
    parser.add_argument("file", type=Path)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--archive", choices=("no", "yes", "recognised"), default="no")
    parser.add_argument("--archival", action="store_true")
    parser.add_argument("--recognise", action="store_true", help="read the picture, whatever text there is")
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--seconds", type=float, default=900.0)
    parser.add_argument("--only-thumbnail", action="store_true")
    return Job(**vars(parser.parse_args(words)))


def _readers(told: settings.Settings, job: Job) -> tuple[str, ...]:
    names = readers_of(told)
    return tuple(name for name in names if not (job.recognise and name == "text-layer")) or names


def _result(job: Job, readers: tuple[str, ...], bounds: Bounds, most: int) -> dict[str, object]:
    scan = scan_of(job.file, "paperless-ngx")
    bounds.check_bytes(scan.size)
    if job.only_thumbnail:
        _alone(bounds)
        return {"thumbnail": _thumbnail(job, bounds)}
    workers = min(job.workers, most or job.workers)
    if workers > 1 and reading_process.count(scan.path, scan.media_type, bounds) >= _MANY:
        signal.signal(signal.SIGTERM, _leave)
        signal.alarm(int(job.seconds) + 1)
        with ReadingPool(readers, bounds, workers) as pool:
            transcript = pool.read(scan).result()
    else:
        _alone(bounds)
        transcript = _read(scan, readers, bounds)
    archive, notes = _archive(job, scan, transcript, bounds)
    return {
        "pages": [_page(page) for page in transcript.pages],
        "seconds": transcript.seconds,
        "archive": archive,
        "notes": notes,
        "thumbnail": _thumbnail(job, bounds),
    }


def _alone(bounds: Bounds) -> None:
    """Keep this process, which reads by itself, within the limits of a reading process."""
    reading_process.begin(bounds.memory_mb)


def _read(scan: Scan, readers: tuple[str, ...], bounds: Bounds) -> Transcript:
    """Page after page in this process."""
    pages: list[Page] = []
    spent, count, characters = 0.0, 1, 0
    while len(pages) < count:
        signal.setitimer(signal.ITIMER_REAL, bounds.time_for_page(spent))
        count, page, seconds = reading_process.read(
            scan.path, scan.media_type, len(pages) + 1, readers, bounds
        )
        pages.append(page)
        spent += seconds
        characters += len(page.text)
        bounds.check_characters(characters)
    signal.setitimer(signal.ITIMER_REAL, max(1.0, bounds.file_seconds - spent))
    return Transcript(scan.sha256, tuple(pages), round(spent, 3))


def _archive(job: Job, scan: Scan, transcript: Transcript, bounds: Bounds) -> tuple[bool, list[str]]:
    """Whether a searchable PDF was made, and what is to be known about it."""
    recognised = any(page.source == "ocr" for page in transcript.pages)
    if job.archive == "no" or (job.archive == "recognised" and not recognised):
        return False, []
    from consumers.searchable import write_searchable

    try:
        with reading_process.fit_to_travel():
            done = write_searchable(
                scan, transcript, job.folder / ARCHIVE, archival=job.archival, bounds=bounds
            )
    except Refused as refusal:
        # What was read is worth more than a PDF of it, and half a PDF nothing.
        (job.folder / ARCHIVE).unlink(missing_ok=True)
        return False, [f"no archive version: {refusal.en}"]
    return True, list(done.notes)


def _thumbnail(job: Job, bounds: Bounds) -> bool:
    """Whether a thumbnail was drawn, of the archive version where there is one: there the page stands upright."""
    made = job.folder / ARCHIVE
    source = made if not job.only_thumbnail and made.is_file() else job.file
    try:
        with reading_process.fit_to_travel():
            thumbnail.draw(source, job.folder / THUMBNAIL, bounds)
    except Refused:
        return False
    return True


def _page(page: Page) -> dict[str, object]:
    return {
        "text": page.text,
        "source": page.source,
        "reader": page.reader,
        "doubtful": list(page.doubtful),
    }


def _write(job: Job, result: dict[str, object]) -> None:
    (job.folder / RESULT).write_text(json.dumps(result), encoding="ascii")


def _leave(number: int, frame: FrameType | None) -> None:
    """End by an exception, so that the reading processes are stopped on the way out."""
    del number, frame
    raise SystemExit(1)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
