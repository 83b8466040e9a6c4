"""An Outcome: how a file's way ended, or that it waits."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from consumers.errors import Refused
from retention.record import Record


@dataclass(frozen=True)
class Outcome:
    """How a file's way ended: filed (with its record), or set aside (with the reason and the place).

    `waiting` means neither yet: the DMS is out of reach, and the file stays in the spool for later.
    `taken_from` is the path that was told to `take`, None for what was taken up after a crash. `part_of` is the
    intake id of the file that this one was cut out of, with its pages; a part whose bytes are filed already is refused
    (`duplicate`) and has no place: they are where they were.
    """

    intake_id: str
    name: str
    record: Record | None = None
    refused: Refused | None = None
    place: Path | None = None
    waiting: str = ""
    taken_from: Path | None = None
    part_of: str = ""
    first_page: int = 0
    last_page: int = 0
