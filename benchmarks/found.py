"""Whether a scan is found again by what is on it: in paperless-ngx' own web search, and by `dossier search`.

    PAPERLESS_URL=... PAPERLESS_TOKEN=... python -m benchmarks.found [--truth FILE] [--scans 60] [--each 20] [--workers 1]
        [--alone] [--quick] [--json FILE]

The token must be an administrator's: scans are filed by one call of `dossier file` under an account of its own, which goes at
the end with all that it made, and so do custom fields that were not there before. With `--alone` the scans are uploaded as
they are, for a server that reads them itself, and no `dossier search` is asked.

Looked for are customers' names, units as people type them (3栋2单元1201, 3-2-1201, 1201), numbers (whole, and their last five
digits) and words of two Chinese characters, drawn from the truth; only such as the truth has on one scan alone, so every
other hit is a false one.

**web**: title and content, as the box sends it (`text=`); **advanced**: the same as an advanced search (`query=`); both with the order
(newest day first) and page (50) that the web interface has by default. `best` is the same with the best hits first, which
people may choose for an advanced search only. **dossier**: what `dossier search` asks of the backend, all levels.
Where the server refuses a question with brackets (HTTP 400) it is asked once more without them, as people would; how
often is told as `again`.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import requests
from rich.console import Console
from rich.table import Table

from benchmarks.measure import truth
from benchmarks.measure.truth import Case
from benchmarks.paperless import NEEDED
from benchmarks.served import through
from benchmarks.served.looked_for import Looked, drawn
from benchmarks.served.server import Server
from plugins.backends import BACKENDS, Place
from plugins.settings import Settings
from plugins.wiring import open_rules
from retention.dms import Clearance, Query

_QUICK = (12, 5)
_PAGE = 50
_BRACKETS = re.compile(r"[（()）]")
Ask = Callable[[str], list[int]]


class Refused(Exception):
    """The server does not take what was typed."""


def main() -> None:
    """File, look, print, write."""
    told = _told()
    url, token = os.environ.get("PAPERLESS_URL", ""), os.environ.get("PAPERLESS_TOKEN", "")
    if not (url and token):
        sys.exit(NEEDED)
    cases = chosen([case for path in told.truth or truth.known() for case in truth.load(path)], told.scans)
    admin = Server(url, token)
    fields = {row["id"] for row in admin.rows("custom_fields")}
    account = admin.make_account()
    try:
        places = (_alone if told.alone else _filed)(cases, url, account.token, told.workers)
        ways = _ways(url, account.token, alone=told.alone)
        figures = measured(drawn(cases, told.each), places, ways)
    finally:
        admin.clear(account)
        for row in admin.rows("custom_fields"):
            if row["id"] not in fields:
                admin.ask("DELETE", f"custom_fields/{row['id']}/")
    figures |= {"scans": len(cases), "filed": len(places)}
    show(Console(width=None if Console().is_terminal else 160), figures)
    if told.json:
        told.json.write_text(json.dumps(figures, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


def _told() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.found",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument(
        "--truth", type=Path, action="append", help="a labelled set; may be given more than once"
    )
    parser.add_argument("--scans", type=int, default=60, help="so many one-page scans, spread over the sets")
    parser.add_argument("--each", type=int, default=20, help="so many searches of each sort")
    parser.add_argument("--workers", type=int, default=1, help="our reading processes")
    parser.add_argument("--alone", action="store_true", help="the server reads the scans itself")
    parser.add_argument(
        "--quick", action="store_true", help=f"{_QUICK[0]} scans, {_QUICK[1]} searches of a sort"
    )
    parser.add_argument("--json", type=Path, help="write the figures to this file")
    told = parser.parse_args()
    if told.quick:
        told.scans, told.each = _QUICK
    return told


def chosen(cases: list[Case], count: int) -> list[Case]:
    """So many of one page, spread over the set."""
    fit = [case for case in cases if case.pages == 1]
    return fit[:: max(1, len(fit) // max(1, count))][:count]


def _filed(cases: list[Case], url: str, token: str, workers: int) -> dict[int, int]:
    """The place of each case in the set, by the id of its document."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        told = through.settings(folder, url, token, workers, os.environ)
        through.prepare(folder, told)
        rows = through.file_all(folder, told, [case.path for case in cases])
    return {
        int(rows[case.path.name]["id"]): place
        for place, case in enumerate(cases)
        if "id" in rows[case.path.name]
    }


def _alone(cases: list[Case], url: str, token: str, workers: int) -> dict[int, int]:
    del workers  # it is the server that reads
    server = Server(url, token)
    tasks = [server.upload(case.path) for case in cases]
    made = [server.wait(task) for task in tasks]
    return {document: place for place, document in enumerate(made) if document is not None}


def _ways(url: str, token: str, *, alone: bool) -> dict[str, Ask]:
    server = Server(url, token)
    shown = {"page_size": str(_PAGE), "truncate_content": "true", "include_selection_data": "true"}

    def box(name: str, ordering: str) -> Ask:
        def ask(typed: str) -> list[int]:
            wanted = {name: typed, "ordering": ordering, **shown}
            try:
                answer = server.ask("GET", "documents/", params=wanted)
            except requests.HTTPError as error:
                raise Refused(typed) from error
            return [int(row["id"]) for row in answer["results"]]

        return ask

    ways = {
        "web": box("text", "-created"),
        "advanced": box("query", "-created"),
        "best": box("query", "-score"),
    }
    if alone:
        return ways
    levels = open_rules(Settings()).ladder.names
    dms = BACKENDS["paperless"](Place(Path(), url, token, levels=tuple(levels)))
    eyes = Clearance(frozenset(levels))
    ways["dossier"] = lambda typed: [int(hit.record.dms_id) for hit in dms.search(Query(typed), eyes)]
    return ways


def measured(looked: list[Looked], places: dict[int, int], ways: dict[str, Ask]) -> dict[str, Any]:
    """For every sort and way: how many were looked for, found on the first page, found at the first place, and how many
    hits were false; and what was typed in vain, or found others by `dossier search` too (by their places in the set)."""
    table: dict[str, dict[str, dict[str, int]]] = {}
    missed: list[dict[str, Any]] = []
    for one in looked:
        for way, ask in ways.items():
            found, again = _asked(ask, one.typed)
            hits = [places.get(number) for number in found]
            rank = hits.index(one.wanted) + 1 if one.wanted in hits else 0
            row = table.setdefault(one.sort, {}).setdefault(
                way, dict.fromkeys(("looked", "found", "first", "false", "again"), 0)
            )
            row["looked"] += 1
            row["again"] += again
            row["found"] += rank > 0
            row["first"] += rank == 1
            row["false"] += sum(place != one.wanted for place in hits)
            others = [place for place in hits if place != one.wanted] if way == "dossier" else []
            if not rank or others:
                told = {"typed": one.typed, "wanted": one.wanted, "rank": rank, "others": others}
                missed.append({"sort": one.sort, "way": way, **told})
    return {"sorts": table, "missed": missed}


def _asked(ask: Ask, typed: str) -> tuple[list[int], bool]:
    """What is found, and whether it had to be asked for twice."""
    try:
        return ask(typed), False
    except Refused:
        try:
            return ask(_BRACKETS.sub("", typed)), True
        except Refused:
            return [], True


def show(screen: Console, figures: dict[str, Any]) -> None:
    """The figures as a person reads them."""
    title = f"{figures['filed']} of {figures['scans']} scans filed"
    grid = Table(
        "looked for",
        "way",
        "searches",
        "on the first page",
        "at the first place",
        "false hits each",
        "asked again",
        title=title,
    )
    for sort, ways in figures["sorts"].items():
        for way, row in ways.items():
            told = (
                row["looked"],
                row["found"],
                row["first"],
                round(row["false"] / row["looked"], 1),
                row["again"],
            )
            grid.add_row(sort, way, *map(str, told))
    screen.print(grid)
    for one in figures["missed"]:
        screen.print(
            f"{one['way']}: {one['typed']} is at place {one['rank'] or 'none'}, others {one['others']}",
            markup=False,
        )


if __name__ == "__main__":
    main()
