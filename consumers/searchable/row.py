"""A line of an invisible text layer, and what it is made of."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Run:
    """Characters side by side, all white space or none: its left edge and its width in points."""

    text: str
    left: float
    width: float


@dataclass(frozen=True)
class Row:
    """One line: its upper edge and its type size, in points from the top of the upright page."""

    top: float
    size: float
    runs: tuple[Run, ...]
