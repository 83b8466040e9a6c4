"""How often the label is right: categories over a labelled folder of scans, by category, hardness, degradation.

    python -m benchmarks.labels [--truth CSV] [--quick] [--json FILE]

Reads and labels every file as `dossier classify` does. The truth is a CSV with the columns file and
category (hard, degradation: optional), beside a folder `scans`, or with paths from its own folder. Without
--truth it takes the project's samples, and ../shared/devset where that is present.
"""

from __future__ import annotations

import argparse
import csv
import json
import resource
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from consumers.bounds import Bounds
from consumers.errors import Refused
from consumers.pool import ReadingPool
from consumers.reading import default_readers
from consumers.scan import scan_of
from plugins.filing import judge
from plugins.settings import Settings
from plugins.wiring import open_rules

ROOT = Path(__file__).parents[1]
_QUICK = 12


@dataclass(frozen=True)
class Case:
    """One labelled file."""

    path: Path
    category: str
    hard: bool
    look: str


@dataclass(frozen=True)
class Answer:
    """What the product said of it."""

    case: Case
    category: str
    confidence: float
    needs_review: bool


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.labels", description=__doc__)
    parser.add_argument("--truth", type=Path, action="append", help="a CSV of labelled files")
    parser.add_argument("--quick", action="store_true", help=f"only every so-manieth, {_QUICK} files in all")
    parser.add_argument("--json", type=Path, help="write the figures to this file")
    told = parser.parse_args()
    truths = told.truth or [
        path
        for path in (ROOT / "samples/truth.csv", ROOT.parent / "shared/devset/labels.csv")
        if path.exists()
    ]
    figures = {str(truth.parent.name): _measure(truth, quick=told.quick) for truth in truths}
    for name, found in figures.items():
        _print(name, found)
    if told.json:
        told.json.write_text(json.dumps(figures, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


def cases(truth: Path) -> Iterator[Case]:
    """The labelled files of a truth; those without a category (bad files) are left out."""
    with truth.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            path = truth.parent / row["file"]
            if not path.exists():
                path = truth.parent / "scans" / row["file"]
            if row["category"]:
                look = (row.get("degradation") or row.get("look") or "").split("+")[0].split(",")[0]
                yield Case(path, row["category"], row.get("hard") == "1", look)


def _measure(truth: Path, *, quick: bool) -> dict[str, object]:
    wanted = list(cases(truth))
    if quick:
        wanted = wanted[:: max(1, len(wanted) // _QUICK)]
    began = time.perf_counter()
    answers = list(_label(wanted))
    wall = time.perf_counter() - began
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    sure = [answer for answer in answers if not answer.needs_review]
    return {
        "files": len(answers),
        "right": sum(map(_right, answers)) / len(answers),
        "filed_without_review": len(sure) / len(answers),
        "right_of_those": sum(map(_right, sure)) / max(1, len(sure)),
        "by_category": _share(answers, lambda answer: answer.case.category),
        "by_hardness": _share(answers, lambda answer: "hard" if answer.case.hard else "plain"),
        "by_look": _share(answers, lambda answer: answer.case.look),
        "wrong": {
            str(answer.case.path.name): f"{answer.case.category} taken for {answer.category}"
            for answer in answers
            if not _right(answer)
        },
        "cpu_seconds_so_far": round(children.ru_utime + children.ru_stime, 1),
        "wall_seconds": round(wall, 1),
    }


def _label(wanted: list[Case]) -> Iterator[Answer]:
    settings = Settings()
    rules = open_rules(settings)
    with ReadingPool(default_readers(), Bounds()) as pool:
        futures = [(case, pool.read(scan_of(case.path, "benchmark"))) for case in wanted]
        for case, future in futures:
            try:
                verdict = judge(future.result(), rules, settings.sure, b"")
            except Refused as refusal:
                yield Answer(case, f"refused ({refusal.code})", 0.0, True)
                continue
            labels = verdict.labels
            yield Answer(case, labels.category, labels.confidence, labels.needs_review)


def _right(answer: Answer) -> bool:
    return answer.category == answer.case.category


def _share(answers: list[Answer], key: object) -> dict[str, str]:
    assert callable(key)
    every = Counter(key(answer) for answer in answers)
    right = Counter(key(answer) for answer in answers if _right(answer))
    return {name: f"{right[name]}/{every[name]}" for name in sorted(every)}


def _print(name: str, found: dict[str, object]) -> None:
    print(f"\n{name}: {found['files']} files")
    for figure in ("right", "filed_without_review", "right_of_those"):
        print(f"  {figure.replace('_', ' '):24}{float(str(found[figure])):7.1%}")
    for figure in ("by_category", "by_hardness", "by_look", "wrong"):
        print(f"  {figure.replace('_', ' ')}: {found[figure]}")
    print(f"  wall {found['wall_seconds']} s, CPU of children so far {found['cpu_seconds_so_far']} s")


if __name__ == "__main__":
    main()
