"""Setting a refused file aside, beside a note that says in one sentence what is wrong with it."""

from __future__ import annotations

import errno
import json
import os
import re
import shutil
from dataclasses import asdict, dataclass
from pathlib import Path

_MOST_NAME_BYTES = 180


@dataclass(frozen=True)
class Note:
    """What is written beside a file that was set aside. `since` is UTC, ISO 8601."""

    name: str
    sha256: str
    code: str
    message_zh: str
    message_en: str
    intake_id: str
    source: str
    since: str


def set_aside(content: Path, folder: Path, note: Note) -> Path:
    """Move a file into the set-aside folder and give back where it lies now.

    The note is written first, so that no file ever lies there without one. The place follows from
    the note, so that doing it again after a crash ends at the same place.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    place = place_of(folder, note)
    text = json.dumps(asdict(note), ensure_ascii=False, indent=2) + "\n"
    unfinished = place.with_name(place.name + ".json.part")
    # A name with bytes that are no UTF-8 reaches us as lone surrogates; the note keeps them legible.
    with unfinished.open("w", encoding="utf-8", errors="backslashreplace") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    os.replace(unfinished, place.with_name(place.name + ".json"))
    try:
        os.replace(content, place)
    except OSError as error:
        if error.errno != errno.EXDEV:
            raise
        _move_across(content, place)
    return place


def place_of(folder: Path, note: Note) -> Path:
    """Where the file of that note lies: its id's first eight characters, then its own name."""
    return folder / f"{note.intake_id[:8]}-{_tame(note.name)}"


def _move_across(content: Path, place: Path) -> None:
    unfinished = place.with_name(place.name + ".part")
    with content.open("rb") as reading, unfinished.open("wb") as writing:
        shutil.copyfileobj(reading, writing, 1 << 20)
        writing.flush()
        os.fsync(writing.fileno())
    os.replace(unfinished, place)
    content.unlink()


def _tame(name: str) -> str:
    """The name without separators and control characters, short enough for every file system."""
    name = re.sub(r"[/\\\x00-\x1f\x7f]", "_", name)
    stem, dot, ending = name.rpartition(".")
    if not dot:
        stem, ending = name, ""
    while len(os.fsencode(stem)) > _MOST_NAME_BYTES:
        stem = stem[:-1]
    return f"{stem}{dot}{ending[:12]}"
