"""How many values of a paper the finders find, and how many of theirs are wrong, by the name of the fact.

    python -m benchmarks.facts [--only SOURCE] [--read FILE [--truth FILE]] [--wrong NAME] [--quick] [--json FILE]

Sources: `exam` and `second` (papers of other makers, benchmarks/exam), `corpus` (the texts that the model learns from, with
the slots' values as truth), `broken` (the same, re-broken into narrow lines), `samples`, and where they lie beside
the project `devset` (true texts) and `scans` (pages as they were read, from `--read`: the JSON Lines of
`dossier read --json` over the devset or the set of `--truth`). Precision is given for the names that a truth
lists completely; on scans a value is false that neither the truth lists nor the true text holds.
"""

from __future__ import annotations

import argparse
import json
import re
import time
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

from benchmarks.measure.values import plain
from benchmarks.verdicts import exam
from classifiers.corpus.invented import SLOTS, fill
from classifiers.corpus.scan_noise import Row, lay_out
from classifiers.corpus.writing import load
from classifiers.facts import FINDERS
from consumers.transcript import Line, Page

ROOT = Path(__file__).parents[1]
SAMPLES = ROOT / "samples/texts.jsonl"
DEVSET = ROOT.parent / "shared/devset/documents.jsonl"
NUMBERS = ("id_number", "case_no", "contract_no", "certificate_no")
"""What the acceptance asks: recall 95 %, precision 99 %."""

COMPLETE = {
    "exam": (*NUMBERS, "uscc", "property_unit_no", "filing_no"),
    "second": (*NUMBERS, "uscc", "property_unit_no", "filing_no"),
    "corpus": ("id_number", "uscc"),
    "broken": ("id_number", "uscc"),
    "devset": ("id_number",),
    "scans": NUMBERS,
    "samples": ("id_number", "certificate_no"),
}
"""Of which names a source lists every value that stands on its papers."""

FIELDS = {
    "names": "person_name",
    "id_no": "id_number",
    "phones": "phone",
    "companies": "company_name",
    "project": "project",
    "amounts": "amount",
    "dates": "document_date",
    "unit": "unit",
    "contract_no": "contract_no",
    "cert_no": "certificate_no",
    "case_no": "case_no",
}
"""What the sets of scans call the facts."""

SLOT_NAMES = {
    **dict.fromkeys(("id", "id2", "id3"), "id_number"),
    **dict.fromkeys(("phone", "phone2"), "phone"),
    **dict.fromkeys(("certificate_no", "old_certificate_no"), "certificate_no"),
    **{name: name for name in ("unit", "contract_no", "filing_no", "case_no", "uscc")},
    **dict.fromkeys(("buyer", "buyer2", "seller", "owner", "plaintiff", "defendant", "agent"), "person_name"),
    **dict.fromkeys(("company", "court"), "company_name"),
    **dict.fromkeys(("date", "date2", "date3", "date_words"), "document_date"),
    "amount_words": "amount",
    "project": "project",
    "area": "area",
}
"""What the slots of the corpus are."""

_NO_VALUE = re.compile(r"\*|^GF-\d{4}-\d{4}$")
"""What fills a slot and must not be found: a masked number, the number of a model form."""

_QUICK = 40


@dataclass(frozen=True)
class Paper:
    """A paper's pages and the values that stand on it, by the name of the fact.

    `true_pages` are those of a scan: what the finders find there too is no misreading.
    """

    id: str
    pages: tuple[str, ...]
    values: dict[str, tuple[str, ...]]
    true_pages: tuple[str, ...] = ()


@dataclass
class Tally:
    """What became of one name: `missed` and `false` as (paper, value)."""

    wanted: int = 0
    given: int = 0
    missed: list[tuple[str, str]] = field(default_factory=list)
    false: list[tuple[str, str]] = field(default_factory=list)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.facts", description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--only", action="append", choices=sorted(COMPLETE), help="only this source")
    parser.add_argument("--read", type=Path, help="what `dossier read --json` said of the scans")
    parser.add_argument(
        "--truth", type=Path, default=DEVSET, help="the documents.jsonl of the scans in --read (the devset's)"
    )
    parser.add_argument("--wrong", help="print every missed and false value of this name")
    parser.add_argument("--quick", action="store_true", help=f"{_QUICK} papers of each source")
    parser.add_argument("--json", type=Path, help="write the figures to this file")
    told = parser.parse_args()
    figures = {}
    for source, papers in _sources(told.read, told.truth).items():
        if told.only and source not in told.only:
            continue
        wanted = list(papers())
        wanted = wanted[:: max(1, len(wanted) // _QUICK)] if told.quick else wanted
        if wanted:
            figures[source] = _measure(source, wanted, told.wrong or "")
    if told.json:
        told.json.write_text(json.dumps(figures, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


def _sources(read: Path | None, documents: Path = DEVSET) -> dict[str, Callable[[], Iterator[Paper]]]:
    found: dict[str, Callable[[], Iterator[Paper]]] = {
        "exam": lambda: _exam(exam.TEXTS),
        "second": lambda: _exam(exam.SECOND),
        "corpus": lambda: _corpus(broken=False),
        "broken": lambda: _corpus(broken=True),
        "samples": lambda: _documents(SAMPLES),
    }
    if DEVSET.exists():
        found["devset"] = lambda: _documents(DEVSET)
    if documents.exists() and read is not None:
        found["scans"] = lambda: _scans(read, documents)
    return found


def _exam(path: Path) -> Iterator[Paper]:
    """The papers that list their facts."""
    for row in tomllib.loads(path.read_text(encoding="utf-8"))["text"]:
        if "facts" in row:
            pages = tuple(row.get("pages") or (row["lines"],))
            yield Paper(row["id"], pages, {name: tuple(values) for name, values in row["facts"].items()})


def _corpus(*, broken: bool) -> Iterator[Paper]:
    """The corpus's texts filled in; what stands in a slot is the truth. A masked number is no value."""
    slots = sorted(SLOTS)
    for text in load():
        seed = f"facts/{text.source}"
        values = dict(
            zip(slots, fill(tuple(f"{{{slot}}}" for slot in slots), Random(seed)), strict=True)  # noqa: S311  drawing is seeded on purpose
        )
        lines = fill(text.lines, Random(seed))  # noqa: S311  the same
        rows = lay_out(lines, Random(seed)) if broken else [Row(line) for line in lines]  # noqa: S311  the same
        written = "\n".join(text.lines)
        truth: dict[str, list[str]] = {}
        for slot, name in SLOT_NAMES.items():
            if f"{{{slot}}}" in written and not _NO_VALUE.search(values[slot]):
                truth.setdefault(name, []).append(values[slot])
        page = "\n".join(row.text for row in rows)
        yield Paper(text.source, (page,), {name: tuple(dict.fromkeys(told)) for name, told in truth.items()})


def _documents(path: Path) -> Iterator[Paper]:
    """The true texts of a set of scans."""
    for row in _rows(path):
        yield Paper(row["id"], tuple(row["text"].split("\f")), _fields(row["fields"]))


def _scans(read: Path, documents: Path) -> Iterator[Paper]:
    """The pages of the scans as they were read."""
    truths = {row["id"]: row for row in _rows(documents)}
    for row in _rows(read):
        truth = truths.get(Path(row["file"]).stem)
        if truth and "pages" in row:
            pages = tuple(page["text"] for page in row["pages"])
            yield Paper(row["file"], pages, _fields(truth["fields"]), tuple(truth["text"].split("\f")))


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as file:
        for line in file:
            yield json.loads(line)


def _fields(fields: dict[str, Any]) -> dict[str, tuple[str, ...]]:
    return {
        FIELDS[name]: (values,) if isinstance(values, str) else tuple(values)
        for name, values in fields.items()
        if name in FIELDS
    }


def _measure(source: str, papers: list[Paper], shown: str) -> dict[str, object]:
    tallies = {name: Tally() for name in FINDERS}
    pages = 0
    seconds = dict.fromkeys(FINDERS, 0.0)
    for paper in papers:
        pages += len(paper.pages)
        for name, finder in FINDERS.items():
            began = time.perf_counter()
            facts = [fact for page in _pages(paper.pages) for fact in finder(page)]
            seconds[name] += time.perf_counter() - began
            found = {plain(name, fact.value): fact.value for fact in facts}
            also = {plain(name, fact.value) for page in _pages(paper.true_pages) for fact in finder(page)}
            _count(tallies[name], paper, name, found, also)
    figures = {
        name: _figures(tally, name in COMPLETE[source])
        for name, tally in tallies.items()
        if tally.wanted or tally.given
    }
    cost = 1000 * sum(seconds.values()) / pages
    _print(
        source,
        len(papers),
        pages,
        figures,
        cost,
        {name: 1000 * spent / pages for name, spent in seconds.items()},
    )
    for name in [shown] if shown in tallies else tallies if shown == "all" else []:
        for what, values in (("missed", tallies[name].missed), ("false", tallies[name].false)):
            for paper_id, value in values:
                print(f"    {what:7}{name:16}{paper_id:28}{value}")
    return {"papers": len(papers), "pages": pages, "milliseconds_a_page": round(cost, 2), "names": figures}


def _pages(texts: tuple[str, ...]) -> Iterator[Page]:
    for number, text in enumerate(texts, 1):
        yield Page(number, tuple(Line(line) for line in text.strip("\n").split("\n")), "ocr", "benchmark")


def _count(tally: Tally, paper: Paper, name: str, found: dict[str, str], also: set[str]) -> None:
    wanted = {plain(name, value): value for value in paper.values.get(name, ())}
    tally.wanted += len(wanted)
    tally.given += len(found)
    tally.missed += [(paper.id, value) for key, value in wanted.items() if key not in found]
    tally.false += [(paper.id, value) for key, value in found.items() if key not in also.union(wanted)]


def _figures(tally: Tally, complete: bool) -> dict[str, object]:
    """Recall, and precision where the truth is complete."""
    figures: dict[str, object] = {"wanted": tally.wanted, "given": tally.given}
    figures["recall"] = round(1 - len(tally.missed) / tally.wanted, 4) if tally.wanted else None
    figures["precision"] = round(1 - len(tally.false) / tally.given, 4) if complete and tally.given else None
    return figures


def _print(
    source: str,
    papers: int,
    pages: int,
    figures: dict[str, dict[str, object]],
    cost: float,
    costs: dict[str, float],
) -> None:
    print(f"\n{source}: {papers} papers, {pages} pages, {cost:.2f} ms a page for all finders")
    print(f"  {'fact':18}{'wanted':>7}{'given':>7}{'recall':>9}{'precision':>11}{'ms':>8}")
    for name, found in figures.items():
        recall, precision = (
            "-" if found[key] is None else f"{float(str(found[key])):.1%}" for key in ("recall", "precision")
        )
        print(
            f"  {name:18}{found['wanted']:>7}{found['given']:>7}{recall:>9}{precision:>11}{costs[name]:>8.2f}"
        )


if __name__ == "__main__":
    main()
