"""Having a file read by `program`: a process of its own, with time and secrets kept from it.

A worker of paperless-ngx may have no children by `multiprocessing`, must not be ended by a bad scan, and may
lack what reading needs: the program can belong to another environment of Python.
"""

from __future__ import annotations

import json
import os
import re
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from plugins.paperless_native import fresh, waiting
from plugins.paperless_native.reading_python import environment, lack, python

WAIT = "DOSSIER_NATIVE_WAIT"
RESULT, ARCHIVE, THUMBNAIL = "reading.json", "archive.pdf", "thumbnail.webp"
"""What the program leaves in its folder."""
REFUSED = 3
"""Its exit code where the file can not be read, and the reason stands in the answer."""
_WAIT = 300
_MOST_SAID = 300

_UNSTORABLE = re.compile(r"[\x00\ud800-\udfff]")
"""What PostgreSQL or UTF-8 would not take."""


class ReadingFailed(Exception):
    """We can not read this file here; the message says why, and another parser should try."""


@dataclass(frozen=True)
class Order:
    """What is wanted of one file. `folder` takes what is made; `seconds` is all the time there is.

    `archive`: a searchable PDF, `no`, `yes`, or `recognised` (if a page was read from its picture); `archival`: as PDF/A
    where it can be. `recognise`: pages are read from their pictures, whatever text they bring along.
    """

    file: Path
    folder: Path
    archive: Literal["no", "yes", "recognised"] = "no"
    archival: bool = False
    recognise: bool = False
    workers: int = 1
    seconds: float = 900.0
    waiting: Path | None = None
    """Where readers wait between documents; None: every document gets one of its own."""


@dataclass(frozen=True)
class Reading:
    """What was read: pages joined by form feeds, their number, the files that were made, who read, and what is doubtful."""

    text: str
    pages: int
    reader: str
    seconds: float
    archive: Path | None
    thumbnail: Path | None
    doubtful: tuple[str, ...]
    notes: tuple[str, ...]


def read(order: Order) -> Reading:
    """The file, read; raises ReadingFailed."""
    words = ["--archive", order.archive, "--workers", str(order.workers), "--seconds", str(order.seconds)]
    words += ["--archival"] * order.archival + ["--recognise"] * order.recognise
    answer = _answer(order, words)
    pages = answer["pages"]
    return Reading(
        text=storable("\f".join(page["text"].replace("\f", "\n") for page in pages)),
        pages=len(pages),
        reader="+".join(dict.fromkeys(page["reader"] for page in pages)),
        seconds=answer["seconds"],
        archive=order.folder / ARCHIVE if answer["archive"] else None,
        thumbnail=order.folder / THUMBNAIL if answer["thumbnail"] else None,
        doubtful=tuple(
            f"page {number}: {why}" for number, page in enumerate(pages, 1) for why in page["doubtful"]
        ),
        notes=tuple(answer["notes"]),
    )


def storable(text: str) -> str:
    """The text without what a server's database would not take."""
    return _UNSTORABLE.sub("", text)


def thumbnail(order: Order) -> Path:
    """The little picture alone; raises ReadingFailed."""
    answer = _answer(order, ["--only-thumbnail", "--seconds", str(order.seconds)])
    if not answer["thumbnail"]:
        raise ReadingFailed("the first page can not be drawn")
    return order.folder / THUMBNAIL


def _answer(order: Order, words: list[str]) -> dict[str, Any]:
    program = python()
    why = lack(program)
    if why is not None:
        raise ReadingFailed(why)
    words = [*words, str(order.file.absolute()), str(order.folder)]
    told = environment(os.environ, same=program == sys.executable)
    began = time.monotonic()
    ended = _kept(order, words, program, told)
    if ended is None:
        # What a reader that has gone was given of the time is spent.
        left = max(1.0, order.seconds - (time.monotonic() - began))
        ended = _fresh(order, words, program, told, left)
    code, said = ended
    if code not in (0, REFUSED):
        raise ReadingFailed(f"the reading failed: {said[:_MOST_SAID] or 'nothing said'}")
    return _result(order, code)


def _kept(order: Order, words: list[str], program: str, told: dict[str, str]) -> tuple[int, str] | None:
    """How it ended with a reader that waits; None where there is none to be had."""
    seconds = os.environ.get(WAIT) or str(_WAIT)
    if order.waiting is None or not seconds.isdecimal() or int(seconds) == 0:
        return None
    try:
        return waiting.ask(waiting.Keeping(order.waiting, int(seconds), program, told), words, order.seconds)
    except waiting.NoReader:
        return None
    except waiting.TooSlow as error:
        raise ReadingFailed(str(error)) from error


def _fresh(
    order: Order, words: list[str], program: str, told: dict[str, str], seconds: float
) -> tuple[int, str]:
    try:
        return fresh.run(program, words, order.folder, told, seconds)
    except fresh.Ended as error:
        raise ReadingFailed(str(error)) from error


def _result(order: Order, code: int) -> dict[str, Any]:
    try:
        answer: dict[str, Any] = json.loads((order.folder / RESULT).read_text(encoding="ascii"))
    except (OSError, ValueError) as error:
        raise ReadingFailed(f"the reading left no answer: {error}") from error
    if code == REFUSED:
        refused, _, en = answer["refused"]
        raise ReadingFailed(f"{refused}: {en}")
    return answer
