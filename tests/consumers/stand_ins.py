"""What children do in tests instead of reading: named by module, so that a spawned child finds it."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from pathlib import Path

from consumers import reading_process
from consumers.bounds import Bounds
from consumers.pages import open_scan
from consumers.readers.text_layer import TextLayerReader
from consumers.transcript import Line, Page

Answer = tuple[int, Page, float]
NOTE = "note"
"""The file beside the scan into which a stand-in writes what happened, a line each."""


def page(number: int) -> Page:
    """A page that says its number."""
    return Page(number, (Line(str(number)),), "text-layer", "stand-in")


def note(path: Path, words: str) -> None:
    """Add a line to the note beside the scan."""
    with path.with_name(NOTE).open("a", encoding="ascii") as notes:
        notes.write(words + "\n")


def dear(path: Path, media_type: str, number: int, names: tuple[str, ...], bounds: Bounds) -> Answer:
    """Eight pages, each of which says that it took four seconds; files named `good` have one that took none."""
    note(path, f"{path.stem} {number}")
    return (1, page(number), 0.0) if path.stem == "good" else (8, page(number), 4.0)


def endless(path: Path, media_type: str, number: int, names: tuple[str, ...], bounds: Bounds) -> Answer:
    """Never comes to an end, except for files named `good`."""
    while path.stem != "good":
        time.sleep(0.1)
    return 1, page(number), 0.0


def deaf(path: Path, media_type: str, number: int, names: tuple[str, ...], bounds: Bounds) -> Answer:
    """As `endless`, and does not listen when it is asked to end, as a library in a loop of its own."""
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    return endless(path, media_type, number, names, bounds)


def with_a_program(
    path: Path, media_type: str, number: int, names: tuple[str, ...], bounds: Bounds
) -> Answer:
    """Starts a program that takes a minute, tells its number in the note, and waits for it."""
    program = subprocess.Popen(["sleep", "60"])
    note(path, str(program.pid))
    program.wait()
    return 1, page(number), 0.0


def waiting_for_its_end(
    path: Path, media_type: str, number: int, names: tuple[str, ...], bounds: Bounds
) -> Answer:
    """Tells the number of its process in the note and waits to be killed, but for files named `good`. A file that somebody
    has marked as read waits no longer."""
    note(path, f"{path.stem} {os.getpid()}")
    while path.stem != "good" and not path.with_name("marked").exists():
        time.sleep(0.02)
    return 1, page(number), 0.0


def crashing(path: Path, media_type: str, number: int, names: tuple[str, ...], bounds: Bounds) -> Answer:
    """Dies as a C library does that reads where nothing is, except for files named `good`."""
    note(path, path.stem)
    if path.stem != "good":
        os.kill(os.getpid(), signal.SIGSEGV)
    return 1, page(number), 0.0


def drawing(path: Path, media_type: str, number: int, names: tuple[str, ...], bounds: Bounds) -> Answer:
    """Draws the page, as OCR would want it, and reads its text layer."""
    with reading_process.fit_to_travel(), open_scan(path, media_type, bounds) as scan:
        source = scan.page(number)
        source.picture()
        return scan.count, TextLayerReader().read(source) or page(number), 0.0
