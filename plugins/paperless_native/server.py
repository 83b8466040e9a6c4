"""What is asked of the paperless-ngx in whose process we run; imported from it only when asked.

The places are those of v3.0.5. Its parsers are no classes that we know: they are held to what its own registry expects.
"""

from __future__ import annotations

import logging
import os
import tempfile
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any, Literal, cast
from zoneinfo import ZoneInfo

LOG = logging.getLogger("paperless.parsing.dossier")
"""Below paperless' own name for parsers, so that it gets into its log file."""

Mode = Literal["auto", "force", "redo", "off"]
Generation = Literal["auto", "always", "never"]


@dataclass(frozen=True)
class Wishes:
    """What its administrator has set: PAPERLESS_OCR_MODE, _ARCHIVE_FILE_GENERATION, and whether archives are PDF/A."""

    mode: Mode
    generation: Generation
    archival: bool


def wishes() -> Wishes:
    """The settings that hold now: what was set in the web interface goes before the environment."""
    from paperless.config import OcrConfig

    config = OcrConfig()
    return Wishes(
        cast(Mode, str(config.mode)),
        cast(Generation, str(config.archive_file_generation)),
        "pdfa" in str(config.output_type),
    )


def folder() -> Path:
    """A new folder of our own in its scratch folder."""
    from django.conf import settings

    settings.SCRATCH_DIR.mkdir(parents=True, exist_ok=True)
    return Path(tempfile.mkdtemp(prefix="paperless-dossier-", dir=settings.SCRATCH_DIR))


def waiting() -> Path:
    """Where readers wait for the next document: the same place for all of its processes."""
    from django.conf import settings

    return Path(settings.SCRATCH_DIR) / f"paperless-dossier-{os.geteuid()}"


def threads() -> int:
    """How many cores one document may use (PAPERLESS_THREADS_PER_WORKER)."""
    from django.conf import settings

    # It comes as a string where it was set, as a number where it was not.
    return max(1, int(settings.THREADS_PER_WORKER))


def seconds() -> float:
    """How long our reading may take: half of what the task has before it is killed (PAPERLESS_WORKER_TIMEOUT).

    The other half is left to paperless' own parser, should ours not come to an end.
    """
    from django.conf import settings

    return float(settings.CELERY_TASK_TIME_LIMIT) / 2


def next_parser(own: type, mime_type: str, path: Path) -> Any:
    """The parser that would have the file if ours were not installed; raises its ParseError where there is none."""
    from documents.parsers import ParseError
    from paperless.parsers.registry import get_parser_registry

    best: tuple[int, Any] | None = None
    for parser in get_parser_registry().all_parsers():
        if parser is own or mime_type not in parser.supported_mime_types():
            continue
        score = parser.score(mime_type, path.name, path)
        if score is not None and (best is None or score > best[0]):
            best = (score, parser)
    if best is None:
        raise ParseError(f"paperless-dossier could not read the file, and no other parser takes {mime_type}")
    return best[1]


def start_of(day: date) -> datetime:
    """The day's first moment where the server is (PAPERLESS_TIME_ZONE)."""
    from django.conf import settings

    return datetime(day.year, day.month, day.day, tzinfo=ZoneInfo(settings.TIME_ZONE))


def pdf_pages(path: Path) -> int | None:
    """How many pages a PDF has, as paperless counts them."""
    from paperless.parsers.utils import get_page_count_for_pdf

    return cast(int | None, get_page_count_for_pdf(path, log=LOG))


def pdf_metadata(path: Path) -> list[dict[str, str]]:
    """What a PDF says of itself, as paperless shows it."""
    from paperless.parsers.utils import extract_pdf_metadata

    return cast(list[dict[str, str]], extract_pdf_metadata(path, log=LOG))
