"""A folder of labelled scans as cases: its CSV, the scans read as the product reads them, once."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from benchmarks.verdicts import kinds
from benchmarks.verdicts.case import NOTHING, Case
from classifiers.taxonomy import Taxonomy
from consumers.bounds import Bounds
from consumers.errors import Refused
from consumers.pool import ReadingPool
from consumers.reading import default_readers
from consumers.scan import scan_of, sha256_of
from consumers.transcript import Box, Code, Line, Page, Transcript, Word

ROOT = Path(__file__).parents[2]
SAMPLES = ROOT / "samples" / "truth.csv"
DEVSET = ROOT.parent / "shared" / "devset" / "labels.csv"


@dataclass(frozen=True)
class Row:
    """One labelled file: its path, category, kind as the set calls it, hardness and look."""

    path: Path
    category: str
    kind: str
    hard: bool
    look: str


def rows(truth: Path) -> Iterator[Row]:
    """The labelled files of a CSV; those without a category (bad files) are left out.

    Columns: file, category; kind, hard (1), degradation or look where there are any. Paths start at the CSV's
    folder, or at `scans` beside it.
    """
    with truth.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            path = truth.parent / row["file"]
            if not path.exists():
                path = truth.parent / "scans" / row["file"]
            if row["category"]:
                look = (row.get("degradation") or row.get("look") or "").split("+")[0].split(",")[0]
                yield Row(path, row["category"], row.get("kind") or "", row.get("hard") == "1", look)


def cases(wanted: list[Row], taxonomy: Taxonomy, cache: Path | None) -> list[Case]:
    """The files read; one that is refused has no text."""
    texts = _texts([row.path for row in wanted], cache)
    return [
        Case(
            name=row.path.name,
            document=row.path.stem,
            transcript=text,
            category=row.category,
            kinds=kinds.ids(row.kind, taxonomy),
            hard=row.hard,
            look=row.look,
        )
        for row, text in zip(wanted, texts, strict=True)
    ]


def _texts(paths: list[Path], cache: Path | None) -> list[Transcript]:
    kept = {path: _kept(path, cache) for path in paths}
    if todo := [path for path, text in kept.items() if text is None]:
        with ReadingPool(default_readers(), Bounds()) as pool:
            futures = {path: pool.read(scan_of(path, "benchmark")) for path in todo}
            for path, future in futures.items():
                try:
                    kept[path] = _keep(future.result(), cache)
                except Refused:
                    kept[path] = NOTHING
    return [text for text in kept.values() if text is not None]


def _kept(path: Path, cache: Path | None) -> Transcript | None:
    """The text from the cache: a file a scan, named by the scan's sha256."""
    if cache is None or not (file := cache / f"{sha256_of(path)}.json").exists():
        return None
    return transcript_of(json.loads(file.read_text("utf-8")))


def _keep(text: Transcript, cache: Path | None) -> Transcript:
    if cache is not None:
        cache.mkdir(parents=True, exist_ok=True)
        (cache / f"{text.sha256}.json").write_text(json.dumps(asdict(text), ensure_ascii=False), "utf-8")
    return text


def transcript_of(kept: dict[str, Any]) -> Transcript:
    """The Transcript that `dataclasses.asdict` made into plain values."""
    return Transcript(kept["sha256"], tuple(map(_page, kept["pages"])), kept["seconds"])


def _page(kept: dict[str, Any]) -> Page:
    lines, codes = tuple(map(_line, kept["lines"])), tuple(map(_code, kept.get("codes", ())))
    return Page(**kept | {"lines": lines, "doubtful": tuple(kept["doubtful"]), "codes": codes})


def _code(kept: dict[str, Any]) -> Code:
    return Code(**kept | {"box": Box(**kept["box"]) if kept["box"] else None})


def _line(kept: dict[str, Any]) -> Line:
    words = tuple(Word(**word | {"box": Box(**word["box"])}) for word in kept["words"])
    return Line(**kept | {"box": Box(**kept["box"]) if kept["box"] else None, "words": words})
