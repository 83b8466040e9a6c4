"""Turned pages: every upright page of the truth laid down on each of its sides and on its head, and read."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from statistics import mean
from typing import Any

from PIL import Image

from benchmarks.measure.accuracy import cer, order_free
from benchmarks.measure.outcome import Reading
from benchmarks.measure.sides import Side
from benchmarks.measure.truth import Case
from consumers.bounds import Bounds
from consumers.media import media_type_of
from consumers.pages import open_scan

TURNS = (0, 90, 180, 270)
"""Degrees clockwise by which the file shows the page turned; 0 is what the others are compared with."""


def measure(cases: list[Case], side: Side, folder: Path, pages: int) -> dict[str, Any]:
    """How many of at least `pages` turned pages were set upright wrongly, and what turning costs in errors.

    Only upright scans of one page with text on it; the turned copies are written into `folder`.
    """
    upright = [case for case in cases if not case.turn and case.pages == 1 and case.text]
    wanted = upright[: -(-pages // 3)]
    copies = [(case, copy) for case in wanted for copy in lay(case, folder)]
    readings, _ = side.read([copy.path for _, copy in copies])
    return figures([copy for _, copy in copies], readings)


def lay(case: Case, folder: Path) -> list[Case]:
    """The case's page in all four directions, each a file in the folder."""
    with open_scan(case.path, media_type_of(case.path), Bounds()) as scan:
        picture = Image.fromarray(scan.page(1).picture())
    suffix = ".png" if case.look == "fax" else ".jpg"
    found = []
    for turn in TURNS:
        path = folder / f"{case.path.stem}-{turn}{suffix}"
        picture.rotate(-turn, expand=True).save(path, quality=92, dpi=(200, 200))
        found.append(replace(case, path=path, turn=turn))
    return found


def figures(copies: list[Case], readings: list[Reading]) -> dict[str, Any]:
    """For each direction: pages, those that were set upright wrongly, mean CER and order-free error."""
    read = list(zip(copies, readings, strict=True))
    by_turn: dict[str, Any] = {}
    for turn in TURNS:
        some = [(copy, reading) for copy, reading in read if copy.turn == turn]
        if some:
            by_turn[str(turn)] = {
                "pages": len(some),
                "wrongly_turned": sum(not upright(copy, reading) for copy, reading in some),
                "cer_mean": round(mean(cer(copy.text, reading.text) for copy, reading in some), 4),
                "order_free": round(mean(order_free(copy.text, reading.text) for copy, reading in some), 4),
            }
    lying = [(copy, reading) for copy, reading in read if copy.turn]
    return {
        "turned_pages": len(lying),
        "wrongly_turned": sum(not upright(copy, reading) for copy, reading in lying),
        "by_turn": by_turn,
        "which": [
            f"{copy.path.name}: turned by {reading.rotations}"
            for copy, reading in read
            if not upright(copy, reading)
        ],
    }


def upright(copy: Case, reading: Reading) -> bool:
    """Whether the product turned the page back by what it lay turned."""
    return set(reading.rotations) == {-copy.turn % 360}
