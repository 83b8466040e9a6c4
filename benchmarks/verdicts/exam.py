"""The exam as cases: its texts filled in, as written and as scans of several qualities would give them."""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from benchmarks.verdicts.case import Case
from classifiers.corpus.sheets import clean, scanned
from classifiers.corpus.writing import Text
from consumers.transcript import Page, Transcript

TEXTS = Path(__file__).parents[1] / "exam" / "texts.toml"
SECOND = TEXTS.with_name("second.toml")
"""Written by another hand, for when the first has been used up."""
_GRADES = (
    (0.02, "scan, up to 2 % hurt"),
    (0.08, "scan, up to 8 % hurt"),
    (1.0, "scan, more hurt or cut short"),
)


def cases(scans: int, path: Path = TEXTS, every: int = 1) -> Iterator[Case]:
    """Every paper (or every so-manieth) as written, and `scans` times spoilt; the same on every machine."""
    for row in tomllib.loads(path.read_text("utf-8"))["text"][::every]:
        written = _transcript(row, "exam", spoilt=False)
        yield _case(row, written, "as written", "as written")
        for scan in range(scans):
            spoilt = _transcript(row, f"exam/{scan}", spoilt=True)
            yield _case(
                row, spoilt, _look(_transcript(row, f"exam/{scan}", spoilt=False), spoilt), f"scan {scan}"
            )


def hurt(written: str, read: str) -> float:
    """The share of characters lost or wrong, their order left aside: 1 - F1 of the two as bags."""
    true, found = Counter("".join(written.split())), Counter("".join(read.split()))
    return 1 - 2 * (true & found).total() / max(1, true.total() + found.total())


def _case(row: dict[str, Any], transcript: Transcript, look: str, scan: str) -> Case:
    return Case(
        name=f"{row['id']}, {scan}",
        document=row["id"],
        transcript=transcript,
        category=row["category"],
        kinds=frozenset([row["kind"]]),
        hard=row["hard"],
        look=look,
    )


def _look(written: Transcript, spoilt: Transcript) -> str:
    share = hurt(written.text, spoilt.text)
    return next(look for most, look in _GRADES if share <= most)


def _transcript(row: dict[str, Any], seed: str, *, spoilt: bool) -> Transcript:
    """All pages of a paper. One seed fills the slots of all of them alike."""
    pages: list[Page] = []
    for text in row.get("pages") or [row["lines"]]:
        lines = tuple(text.strip("\n").split("\n"))
        one = Text(row["kind"], row["maker"], row["hard"], lines, row["id"])
        pages += (scanned if spoilt else clean)(one, seed).pages
    return Transcript("0" * 64, tuple(replace(page, number=number) for number, page in enumerate(pages, 1)))
