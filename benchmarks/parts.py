"""How often a mixed file is cut in the right places: precision and recall of cuts, and what is torn.

    python -m benchmarks.parts [--quick] [--json FILE]

Measures on three sorts of files: `joined`, papers of the corpus of two to five kinds one behind the other in
random order, each on one to four pages, some with separator sheets or back sides between them; `single`, one
paper on several pages, in which no cut is right; and `exam` and `second`, the multi-page papers of benchmarks/exam.
"""

from __future__ import annotations

import argparse
import json
import re
import time
import tomllib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random

from benchmarks.verdicts import exam as exams
from classifiers.corpus import writing
from classifiers.corpus.invented import fill
from classifiers.corpus.sheets import scanned
from classifiers.parts import divide
from classifiers.taxonomy import Taxonomy, load
from consumers.transcript import Line, Page, Transcript

_FILES, _QUICK = 400, 80
_LEAST_LINES = 11
_NUMBERED = re.compile(r"第.{0,3}页|共.{0,3}页|^\s*\d+\s*/\s*\d+\s*$|[Pp]age|页码|^\W*\d+\W*$| P\d")
_NUMBERS = ("第{number}页 共{total}页", "{number}/{total}", "- {number} -", "第 {number} 页")
_SHEETS = ("分隔页", "—— 隔页 ——", "PATCH T", "件号：{number}", "文件分隔页\n条码 {number}")


@dataclass(frozen=True)
class Case:
    """A file, and the pages on which its documents begin (page 1 left out)."""

    name: str
    transcript: Transcript
    starts: frozenset[int]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.parts", description=__doc__)
    parser.add_argument("--quick", action="store_true", help=f"{_QUICK} files of a sort instead of {_FILES}")
    parser.add_argument("--json", type=Path, help="write the figures to this file")
    told = parser.parse_args()
    many = _QUICK if told.quick else _FILES
    taxonomy = load()
    texts = writing.load()
    sorts = {
        "joined": [joined(texts, seed) for seed in range(many)],
        "single": [single(texts, seed) for seed in range(many)],
        "exam": exam(exams.TEXTS),
        "second": exam(exams.SECOND),
    }
    figures = {name: measure(cases, taxonomy) for name, cases in sorts.items()}
    for name, found in figures.items():
        print(f"{name}: {json.dumps(found, ensure_ascii=False)}")
    if told.json:
        told.json.write_text(json.dumps(figures, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


def joined(texts: tuple[writing.Text, ...], seed: int) -> Case:
    """A mixed file: some papers one behind the other."""
    rng = Random(f"joined/{seed}")  # noqa: S311  drawing is seeded on purpose
    starts: list[int] = []
    pages: list[Page] = []
    batch = rng.random() < 0.2
    for text in rng.sample(texts, rng.randint(2, 5)):
        if batch and pages:
            starts.append(len(pages) + 1)
            sheet = rng.choice(_SHEETS).format(number=rng.randint(10000, 99999999)).split("\n")
            pages.append(Page(0, tuple(map(Line, sheet)), "ocr", "benchmark"))
        starts.append(len(pages) + 1)
        pages += paper(text, rng)
        if rng.random() < 0.1:
            pages.append(Page(0, (), "blank", "benchmark"))
    return Case(f"joined-{seed}", _bound(pages), frozenset(starts) - {1})


def single(texts: tuple[writing.Text, ...], seed: int) -> Case:
    """One paper on several pages; long ones first, as they are the ones that a wrong cut tears."""
    rng = Random(f"single/{seed}")  # noqa: S311  the same
    long = sorted(texts, key=lambda text: -len(text.lines))[: len(texts) // 2]
    return Case(f"single-{seed}", _bound(paper(rng.choice(long), rng, most=6)), frozenset())


def paper(text: writing.Text, rng: Random, most: int = 4) -> list[Page]:
    """One text as a scan, on one to `most` pages as its length allows."""
    scan = scanned(text, str(rng.random()))
    # The numbers that the noise printed belong to other page breaks than those made here.
    lines = [line for page in scan.pages for line in page.lines if not _NUMBERED.search(line.text)]
    count = min(rng.randint(1, most), max(1, len(lines) // _LEAST_LINES))
    share = -(-len(lines) // count)
    sheets = [lines[start : start + share] for start in range(0, max(1, len(lines)), share or 1)]
    style = rng.choice((*_NUMBERS, "", "", "", ""))
    return [
        Page(0, (*sheet, *_footer(style, number, len(sheets))), "ocr", "benchmark")
        for number, sheet in enumerate(sheets, 1)
    ]


def _footer(style: str, number: int, total: int) -> tuple[Line, ...]:
    return (Line(style.format(number=number, total=total)),) if style else ()


def exam(path: Path) -> list[Case]:
    """An exam's papers of several pages."""
    found = []
    for row in tomllib.loads(path.read_text(encoding="utf-8"))["text"]:
        if "pages" in row:
            rng = Random(row["id"])  # noqa: S311  the same
            bodies = "\f".join(body.strip("\n") for body in row["pages"])
            filled = "\n".join(fill(tuple(bodies.split("\n")), rng)).split("\f")
            pages = [Page(0, tuple(map(Line, body.split("\n"))), "ocr", "exam") for body in filled]
            starts = frozenset(part["first"] for part in row.get("parts", ())) - {1}
            found.append(Case(row["id"], _bound(pages), starts))
    return found


def measure(cases: Iterable[Case], taxonomy: Taxonomy) -> dict[str, object]:
    """Precision and recall of cuts, files whose parts are all right, torn ones, milliseconds a page."""
    counts: Counter[str] = Counter()
    began = time.process_time()
    for case in cases:
        division = divide(case.transcript, taxonomy)
        cuts = {one.first for one in division.ranges} - {1}
        counts["files"] += 1
        counts["pages"] += len(case.transcript.pages)
        counts["cuts"] += len(cuts)
        counts["true"] += len(case.starts)
        counts["right"] += len(cuts & case.starts)
        counts["whole"] += cuts == case.starts
        counts["torn"] += bool(cuts - case.starts)
        counts["noticed"] += bool(cuts) and bool(case.starts)
        counts["mixed"] += bool(case.starts)
        counts["doubted"] += bool(division.doubts)
    spent = time.process_time() - began
    return {
        "files": counts["files"],
        "cuts": counts["true"],
        "precision": _share(counts["right"], counts["cuts"]),
        "recall": _share(counts["right"], counts["true"]),
        "files_all_right": _share(counts["whole"], counts["files"]),
        "files_torn": counts["torn"],
        "mixed_files_noticed": _share(counts["noticed"], counts["mixed"]),
        "files_with_doubts": counts["doubted"],
        "ms_a_page": round(1000 * spent / max(1, counts["pages"]), 2),
    }


def _share(some: int, of: int) -> float | None:
    return round(some / of, 4) if of else None


def _bound(pages: list[Page]) -> Transcript:
    return Transcript("0" * 64, tuple(replace(page, number=number) for number, page in enumerate(pages, 1)))


if __name__ == "__main__":
    main()
