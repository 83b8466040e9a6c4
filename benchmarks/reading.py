"""How well and at what cost pages are read: the product beside the bare engine, on the same pages in one run.

    python -m benchmarks.reading [--truth FILE] [--reader tesseract] [--worst 10] [--turned] [--soak 500] [--quick]

The truth is samples/texts.jsonl, and ../shared/devset/documents.jsonl where there is one, or what `--truth` names: a
documents.jsonl (id, text, fields) beside labels.csv and a folder `scans`; `python -m benchmarks.drawn` draws such a set.
The bare engine is RapidOCR with the product's models and settings, its own order of lines, nothing prepared or turned.

CER is the Levenshtein distance over the true length (NFKC, white space gone, punctuation evened out, at most 1), the
order-free error 1 - F1 of the characters as a bag; both are means over scans. The sides take turns, a few scans at a time,
with their engines loaded beforehand: times mean something only as ratios. Linux only: memory and CPU come from /proc.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from rich.console import Console

from benchmarks.measure import processes, quality, soak, tables, truth, turned
from benchmarks.measure.outcome import Cost, Reading
from benchmarks.measure.sides import Side
from benchmarks.measure.truth import Case
from consumers.pool import cores

_QUICK = 8
_SLICE = 4
"""So many scans for each worker one side reads before the other has its turn."""
_WORKER_MB = 1800


def main() -> None:
    """Measure, print, write."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.reading",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument(
        "--truth", type=Path, action="append", help="a labelled set; may be given more than once"
    )
    parser.add_argument("--workers", type=int, default=cores(), help="processes on either side")
    parser.add_argument("--only", choices=("product", "bare", "tesseract"), help="measure one side alone")
    parser.add_argument(
        "--reader", choices=("tesseract",), action="append", default=[], help="measure this reader as well"
    )
    parser.add_argument(
        "--worst", type=int, default=0, metavar="N", help="list the N scans with the greatest CER"
    )
    parser.add_argument(
        "--turned", action="store_true", help="instead: turn 102 upright pages each way and read them"
    )
    parser.add_argument(
        "--soak", type=int, metavar="PAGES", help="instead: read so many pages with one worker"
    )
    parser.add_argument("--quick", action="store_true", help=f"only every so-manieth scan, {_QUICK} in all")
    parser.add_argument("--json", type=Path, help="write the figures to this file")
    told = parser.parse_args()
    sets = {path.parent.name: truth.load(path) for path in told.truth or truth.known()}
    if told.quick:
        sets = {name: cases[:: -(-len(cases) * len(sets) // _QUICK)] for name, cases in sets.items()}
    figures = _measured(told, sets)
    tables.show(Console(width=None if Console().is_terminal else 180), figures)
    if told.json:
        told.json.write_text(json.dumps(figures, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


def _measured(told: argparse.Namespace, sets: dict[str, list[Case]]) -> dict[str, Any]:
    every = [case for cases in sets.values() for case in cases]
    if told.soak:
        return {"soak": soak.measure(every, told.soak)}
    if told.turned:
        with tempfile.TemporaryDirectory() as folder, Side(told.only or "product", told.workers) as side:
            return {
                "turned": turned.measure(every, side, Path(folder), 3 * len(every) if told.quick else 102)
            }
    names = [told.only] if told.only else ["product", "bare", *told.reader]
    readings, speed = beside(names, every, told.workers)
    judged = {
        name: {side: [quality.judge(case, readings[side][case.path]) for case in cases] for side in names}
        for name, cases in sets.items()
    }
    return {
        "speed": speed,
        "quality": {
            name: {side: quality.figures(verdicts) for side, verdicts in sides.items()}
            for name, sides in judged.items()
        },
        "worst": {
            name: quality.worst(sides[names[0]], told.worst) for name, sides in judged.items() if told.worst
        },
    }


def beside(
    names: list[str], cases: list[Case], workers: int
) -> tuple[dict[str, dict[Path, Reading]], dict[str, Any]]:
    """What each side read, by path, and what it cost; the sides take turns where memory holds them all."""
    readings: dict[str, dict[Path, Reading]] = {name: {} for name in names}
    costs = dict.fromkeys(names, Cost())
    peaks: dict[str, float] = {}
    room = processes.available_mb() > _WORKER_MB * workers * len(names)
    for group in [names] if room else [[name] for name in names]:
        with ExitStack() as stack:
            sides = [stack.enter_context(Side(name, workers)) for name in group]
            for side in sides:
                side.warm_up(cases[0].path)
            for number, paths in enumerate(_slices([case.path for case in cases], _SLICE * workers)):
                # Who goes first changes, so that neither always finds the files in the system's cache.
                for side in sides if number % 2 == 0 else reversed(sides):
                    read, cost = side.read(paths)
                    readings[side.name] |= dict(zip(paths, read, strict=True))
                    costs[side.name] += cost
            peaks |= {side.name: side.memory.highest for side in sides}
    return readings, _speed(costs, peaks, workers)


def _speed(costs: dict[str, Cost], peaks: dict[str, float], workers: int) -> dict[str, Any]:
    sides = {
        name: {
            "pages": cost.pages,
            "cpu_seconds_a_page": round(cost.cpu / cost.pages, 2),
            "pages_a_minute": round(60 * cost.pages / cost.wall, 1),
            "peak_mb_of_a_worker": round(peaks[name]),
        }
        for name, cost in costs.items()
    }
    ratios = {}
    if "product" in costs and "bare" in costs:
        ours, bare = costs["product"], costs["bare"]
        ratios = {
            "cpu_ratio_bare_to_product": round(bare.cpu / ours.cpu, 3),
            "throughput_ratio_product_to_bare": round(bare.wall / ours.wall, 3),
        }
    return {"workers": workers, "sides": sides, "ratios": ratios}


def _slices(paths: list[Path], size: int) -> list[list[Path]]:
    return [paths[begin : begin + size] for begin in range(0, len(paths), size)]


if __name__ == "__main__":
    main()
