"""A Fact: one value found on the paper, with the place that proves it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Fact:
    """One found value.

    `name` is one of the names of the `FINDERS` table, `value` is the normalised value, `page`
    counts from 1, `quote` is the text as it stands on the page, `confidence` is 0.0 to 1.0.
    `role` says whose or which it is where the paper says so (`buyer`, `seller`, `total`, ...).
    """

    name: str
    value: str
    page: int
    quote: str
    confidence: float
    role: str = ""
