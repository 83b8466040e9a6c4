"""How often the labels are right and how far their sureness can be trusted, beside what users have today.

    python -m benchmarks.labels [--set exam] [--truth CSV] [--cache DIR] [--picture FILE] [--json FILE] [--quick]

Sets: `exam` (benchmarks/exam: texts by makers that nobody fitted to, each as written and as several scans), `second` (the
same by another hand), `samples` and `devset` (scans; ../shared/devset where there is one), `held-out` (makers of the
corpus, by sides that learnt from the others; the product's model is learnt anew, which takes minutes), and any folder
that `--truth` names: a CSV with file, category (and kind, hard, degradation) beside the files or a folder `scans`.
Scans are read once where `--cache` keeps their texts; empty it after a change to reading.

Sides: the product; its rules without the model; paperless-ngx' automatic matching, rebuilt, after the corpus and after the
devset; a linear model on characters after the devset; keywords. Where a side would be asked what it has learnt, others of five parts teach it.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from rich.console import Console

from benchmarks.verdicts import corpus, exam, folder, picture, speed, tables
from benchmarks.verdicts.case import Case, Judged
from benchmarks.verdicts.figures import error_ratio, figures
from benchmarks.verdicts.product import Product
from benchmarks.verdicts.sides import Sides
from classifiers.model import learnt
from classifiers.taxonomy import Taxonomy

_NOTES = {
    "exam": "texts of other makers; seen by nobody who writes rules or corpus",
    "second": "texts of other makers by another hand; single texts were looked at by nobody",
    "samples": "scans that the rules' writers have seen",
    "devset": "scans that the rules' writers have seen",
    "held-out": "makers of the corpus; no side has learnt from them, the rules' writers may have seen them",
}
_SCANS, _LESSONS = 3, 4
_QUICK_PAPERS, _QUICK_FILES, _QUICK_HELD = 4, 6, 3
_PAGES = 200


def main() -> None:
    """Measure, print, draw, write."""
    told = _parser().parse_args()
    product = Product(learnt.load(told.model) if told.model else None)
    sets = _sets(told, product.rules.taxonomy)
    sides = Sides(product, 1 if told.quick else _LESSONS, [] if told.quick else sets.get("devset", []))
    found = {name: _measured(name, cases, sides, told) for name, cases in sets.items()}
    tables.show(Console(width=None if Console().is_terminal else 200), {"sets": found})
    if told.picture:
        picture.draw({name: measured["sides"] for name, measured in found.items()}, told.picture)
    if told.json:
        told.json.write_text(
            json.dumps({"sets": found}, ensure_ascii=False, indent=2) + "\n", encoding="utf-8"
        )


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.labels",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument(
        "--set", choices=tuple(_NOTES), action="append", help="measure this set; may be given more than once"
    )
    parser.add_argument("--truth", type=Path, action="append", default=[], help="a CSV of labelled files")
    parser.add_argument(
        "--cache", type=Path, metavar="DIR", help="keep the texts of scans here, and take them from here"
    )
    parser.add_argument(
        "--model", type=Path, metavar="FILE", help="the product's model, instead of the shipped one"
    )
    parser.add_argument("--only", action="store_true", help="measure the product alone")
    parser.add_argument("--picture", type=Path, metavar="FILE", help="draw coverage against precision (.png)")
    parser.add_argument(
        "--quick",
        action="store_true",
        help=f"every {_QUICK_PAPERS}th paper, {_QUICK_FILES} files, in a minute",
    )
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures to this file")
    return parser


def _sets(told: argparse.Namespace, taxonomy: Taxonomy) -> dict[str, list[Case]]:
    """The sets that are asked for; without a word: the exam and the folders that there are."""
    truths = {"samples": folder.SAMPLES, "devset": folder.DEVSET}
    known = [name for name in truths if truths[name].exists()][: 1 if told.quick else None]
    names = told.set or ([] if told.truth else ["exam", *known])
    wanted = {name: truths[name] for name in names if name in truths}
    wanted |= {str(path.resolve().parent.name): path for path in told.truth}
    made: dict[str, Callable[[], list[Case]]] = {
        "exam": lambda: _papers(exam.TEXTS, told),
        "second": lambda: _papers(exam.SECOND, told),
        "held-out": lambda: corpus.cases(
            corpus.parted()[1][:: _QUICK_HELD if told.quick else 1],
            taxonomy,
            1 if told.quick else _SCANS,
            "held-out",
        ),
    }
    sets = {name: made[name]() for name in names if name in made}
    return sets | {name: _read(path, taxonomy, told) for name, path in wanted.items()}


def _papers(path: Path, told: argparse.Namespace) -> list[Case]:
    every, scans = (_QUICK_PAPERS, 1) if told.quick else (1, _SCANS)
    return list(exam.cases(scans, path, every))


def _read(truth: Path, taxonomy: Taxonomy, told: argparse.Namespace) -> list[Case]:
    rows = list(folder.rows(truth))
    if told.quick:
        rows = rows[:: -(-len(rows) // _QUICK_FILES)]
    return folder.cases(rows, taxonomy, told.cache)


def _measured(name: str, cases: list[Case], sides: Sides, told: argparse.Namespace) -> dict[str, Any]:
    judged: dict[str, Judged] = sides.judged(name, cases, only_product=told.only)
    found = {side: figures(answers) for side, answers in judged.items()}
    return {
        "note": _NOTES.get(name, "a set of your own"),
        "sides": found,
        "our_errors_to_theirs": {
            side: error_ratio(found["product"], theirs) for side, theirs in found.items() if side != "product"
        },
        "cpu": speed.measure(
            sides.product,
            [case.transcript for case in cases],
            _PAGES // 2 if told.quick else _PAGES,
            1 if told.quick else 3,
        ),
    }


if __name__ == "__main__":
    main()
