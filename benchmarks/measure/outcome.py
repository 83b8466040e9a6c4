"""Outcome: what a side made of a file, and what that cost."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Reading:
    """What came out of one file: its text, the turn of each page, the doubts; `refused` says why nothing did."""

    text: str
    rotations: tuple[int, ...] = ()
    doubtful: tuple[str, ...] = ()
    refused: str = ""


@dataclass(frozen=True)
class Cost:
    """Seconds of wall clock and of CPU for that many pages."""

    pages: int = 0
    wall: float = 0.0
    cpu: float = 0.0

    def __add__(self, other: Cost) -> Cost:
        return Cost(self.pages + other.pages, self.wall + other.wall, self.cpu + other.cpu)
