"""A Check: one thing that was looked at, whether it is well, and what to do where it is not."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Check:
    """One thing looked at. `remedy` is empty where all is well; an `optional` one may fail."""

    name: str
    ok: bool
    detail: str
    remedy: str = ""
    optional: bool = False
