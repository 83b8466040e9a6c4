"""Soak: one worker reads on and on, and its memory is looked at on the way."""

from __future__ import annotations

import itertools
from typing import Any

import numpy as np

from benchmarks.measure.sides import Side
from benchmarks.measure.truth import Case

_EVERY = 50
"""So many pages lie between two looks."""


def measure(cases: list[Case], pages: int) -> dict[str, Any]:
    """MB in memory after every 50 pages, the highest ever, the slope in MB for 100 pages, and how many files were refused."""
    going_round = itertools.cycle(cases)
    looks: list[dict[str, float]] = []
    with Side("product", 1) as side:
        read = refused = 0
        while read < pages:
            chunk = list(_worth(going_round, min(_EVERY, pages - read)))
            readings, cost = side.read([case.path for case in chunk])
            read += cost.pages
            refused += sum(bool(reading.refused) for reading in readings)
            looks.append({"pages": read, **side.memory.look(), "peak_mb": round(side.memory.highest)})
    return {
        "pages": read,
        "refused": refused,
        "peak_mb": looks[-1]["peak_mb"],
        "mb_for_100_pages": slope(looks),
        "looks": looks,
    }


def slope(looks: list[dict[str, float]]) -> float | None:
    """By how many MB the memory grows in 100 pages, by least squares; None of a single look."""
    if len(looks) < 2:
        return None
    pages, sizes = np.array([(look["pages"], look["mb"]) for look in looks], dtype=np.float64).T
    return round(float(np.polyfit(pages, sizes, 1)[0]) * 100, 1)


def _worth(cases: itertools.cycle[Case], pages: int) -> list[Case]:
    """The next cases, worth that many pages or a few more."""
    found: list[Case] = []
    while sum(case.pages for case in found) < pages:
        found.append(next(cases))
    return found
