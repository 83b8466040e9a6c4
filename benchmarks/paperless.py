"""The same scans through paperless-ngx alone, read by its own OCR, and through us into it.

    PAPERLESS_URL=... PAPERLESS_TOKEN=... python -m benchmarks.paperless [--server-pid N|FILE ...] [--scans 12] [--truth FILE]
        [--megapixels 8] [--workers 1] [--quick] [--json FILE]

The token must be an administrator's: each side gets an account of its own, which goes at the end with all that it made, and so do
custom fields that were not there before. The server needs PAPERLESS_OCR_LANGUAGE=chi_sim+eng (or another that reads the scans), must have
nothing else to do, and is better not one that people work with.

**One at a time**: upright one-page scans in turns; the samples were scanned at 200 dpi, `--megapixels 8` takes pictures of A4 at 300 dpi
and more only, of which `--truth` must name a set. Alone: from the upload until the server says that the document is done (asked every half
second). Through us: from the moment at which the finished file lies in the inbox of a running `dossier watch`, until it says that the
document is filed and read back. The seconds for which a watcher waits whether a file still grows are left out.
**All at once**: the same scans uploaded together, and by one call of `dossier file`, the start of our program and of its engine included, `dossier init` not.

**With our plugin in the server**, installed without its OCR packages (docs/paperless.md), paperless alone still reads by its own parser,
and ours is asked for what we upload.

**CPU** is that of the server and of our program together. The server's processes can not be asked for by its API: name the web server
and the worker (celery) by `--server-pid`, each with its number or a file that holds it, or in PAPERLESS_SERVER_PIDS; their descendants
count too. They must run on this machine. Without them only our own CPU is told. Linux only.

**Accuracy**: which values (names, numbers, units, amounts) stand whole in the text that the server holds afterwards, by which its search
goes; through us it ends with the words that we add for searching.
Times mean something only as ratios, which stand at the end: how many times the server alone takes what both together take.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Any

from PIL import Image, UnidentifiedImageError
from rich.console import Console

from benchmarks.measure import quality, truth
from benchmarks.measure.truth import NUMBERS, Case
from benchmarks.served.server import Server
from benchmarks.served.spent import VARIABLE, UnknownProcess, named, ours
from benchmarks.served.turns import ALONE, THROUGH, Bench, Spent, Tally

_QUICK = 2
NEEDED = "set PAPERLESS_URL and PAPERLESS_TOKEN (an administrator's) of a server that may be measured"


def main() -> None:
    """Measure, print, write."""
    told = _told()
    url, token = os.environ.get("PAPERLESS_URL", ""), os.environ.get("PAPERLESS_TOKEN", "")
    if not (url and token):
        sys.exit(NEEDED)
    try:
        processes = named(told.server_pid, os.environ)
    except UnknownProcess as error:
        sys.exit(str(error))
    known = [case for path in told.truth or truth.known()[:1] for case in truth.load(path)]
    first, cases = chosen(known, told.scans, told.megapixels)
    admin = Server(url, token)
    fields = {row["id"] for row in admin.rows("custom_fields")}
    bench = Bench(admin, processes, told.workers, ours())
    try:
        figures = measured(bench, first, cases, quick=told.quick)
    finally:
        for row in admin.rows("custom_fields"):
            if row["id"] not in fields:
                admin.ask("DELETE", f"custom_fields/{row['id']}/")
    show(Console(width=None if Console().is_terminal else 160), figures)
    if told.json:
        told.json.write_text(json.dumps(figures, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


def _told() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.paperless",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument(
        "--server-pid",
        action="append",
        default=[],
        metavar="N|FILE",
        help=f"a process of the server; else {VARIABLE}",
    )
    parser.add_argument(
        "--truth", type=Path, action="append", help="a labelled set; may be given more than once"
    )
    parser.add_argument("--scans", type=int, default=12, help="so many scans, spread over the set")
    parser.add_argument(
        "--megapixels", type=float, default=0.0, help="only pictures of at least so many million pixels"
    )
    parser.add_argument("--workers", type=int, default=1, help="our reading processes")
    parser.add_argument("--quick", action="store_true", help=f"only {_QUICK} scans, one at a time")
    parser.add_argument("--json", type=Path, help="write the figures to this file")
    told = parser.parse_args()
    if told.quick:
        told.scans = _QUICK
    return told


def chosen(cases: list[Case], count: int, megapixels: float) -> tuple[Case, list[Case]]:
    """The scan that goes first and does not count, and those that do: upright ones of one page, spread over the set."""
    fit = [
        case for case in cases if case.pages == 1 and not case.turn and pixels(case.path) >= megapixels * 1e6
    ]
    if len(fit) < 2:
        sys.exit(
            "the truth holds no two such scans: upright, of one page, of that size; name another by --truth"
        )
    step = max(1, (len(fit) - 1) // count)
    return fit[0], fit[1::step][:count]


def pixels(path: Path) -> int:
    """How many pixels a picture has; 0 for a file that is none, as a PDF."""
    try:
        with Image.open(path) as picture:
            return picture.width * picture.height
    except UnidentifiedImageError:
        return 0


def measured(bench: Bench, first: Case, cases: list[Case], *, quick: bool) -> dict[str, Any]:
    """All figures."""
    ways: dict[str, Callable[[], dict[str, Tally]]] = {
        "one_at_a_time": lambda: bench.one_by_one(first, cases),
        "all_at_once": lambda: bench.all_at_once(cases),
    }
    found = {name: act() for name, act in ways.items() if name == "one_at_a_time" or not quick}
    return {
        "scans": len(cases),
        "workers": bench.workers,
        "text": {side: found_in(cases, tally) for side, tally in found["one_at_a_time"].items()},
        **{name: costs(sides, len(cases)) for name, sides in found.items()},
    }


def found_in(cases: list[Case], tally: Tally) -> dict[str, Any]:
    """The shares of all values and of the numbers that stand in a side's texts, and how many scans it did not take."""
    hits = [hit for case in cases for hit in quality.judge(case, tally.readings[case.path]).found]
    numbers = [whole for name, _, whole in hits if name in NUMBERS]
    return {
        "values": len(hits),
        "values_found": round(sum(whole for _, _, whole in hits) / max(1, len(hits)), 4),
        "numbers": len(numbers),
        "numbers_found": round(sum(numbers) / max(1, len(numbers)), 4),
        "not_taken": sum(bool(one.refused) for one in tally.readings.values()),
    }


def costs(sides: dict[str, Tally], pages: int) -> dict[str, Any]:
    """Seconds a page for either side, and the ratios of their sums."""
    figures: dict[str, Any] = {side: _a_page(tally.costs, pages) for side, tally in sides.items()}
    wall, cpu = (
        {side: sum(_of(one, name) for one in tally.costs) for side, tally in sides.items()}
        for name in ("wall", "cpu")
    )
    known = all(one.server is not None for tally in sides.values() for one in tally.costs)
    figures["ratios"] = {
        "wall_alone_to_us": round(wall[ALONE] / wall[THROUGH], 2),
        "cpu_alone_to_us": round(cpu[ALONE] / cpu[THROUGH], 2) if known else None,
    }
    return figures


def _of(one: Spent, name: str) -> float:
    return one.wall if name == "wall" else (one.server or 0.0) + one.ours


def _a_page(spent: list[Spent], pages: int) -> dict[str, Any]:
    walls = sorted(one.wall for one in spent)
    known = all(one.server is not None for one in spent)
    told: dict[str, Any] = {
        "wall_seconds_a_page": round(sum(walls) / pages, 2),
        "cpu_seconds_a_page": round(sum(_of(one, "cpu") for one in spent) / pages, 2) if known else None,
        "of_these_the_servers": round(sum(one.server or 0 for one in spent) / pages, 2) if known else None,
        "of_these_ours": round(sum(one.ours for one in spent) / pages, 2),
    }
    if len(spent) == pages:
        told |= {"wall_median": round(median(walls), 2), "wall_longest": round(walls[-1], 2)}
    return told


def show(screen: Console, figures: dict[str, Any]) -> None:
    """The figures as a person reads them."""
    for way in ("one_at_a_time", "all_at_once"):
        for side, row in figures.get(way, {}).items():
            told = ", ".join(f"{name.replace('_', ' ')} {_shown(value)}" for name, value in row.items())
            screen.print(f"{way.replace('_', ' ')}: [bold]{side.replace('_', ' ')}[/]: {told}")
    for side, row in figures["text"].items():
        screen.print(
            f"text: [bold]{side.replace('_', ' ')}[/]: {row['values_found']:.1%} of {row['values']} values, "
            f"{row['numbers_found']:.1%} of {row['numbers']} numbers; not taken {row['not_taken']} of {figures['scans']}"
        )


def _shown(value: float | None) -> str:
    return "unknown (--server-pid)" if value is None else str(value)


if __name__ == "__main__":
    main()
