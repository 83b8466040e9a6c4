"""What a born-digital page costs, and how much of its text comes back in the order in which a person reads it.

    python -m benchmarks.born_digital [--truth JSONL] [--quick] [--json FILE]

The documents are drawn here, with fpdf2, most of them in an order of drawing that a person would never read in; where
Chromium or LibreOffice is installed, one page goes through it too, and the born-digital files of a labelled set (as for
benchmarks.reading) where there is one. Cost: milliseconds of CPU for one page, its file opened for it as a reading process
does. Order: the longest common subsequence of the true text and the read one over the true length (white space left
out), which falls with every character that is lost or stands elsewhere. Beside the product: what PDFium and pdfplumber
give back by themselves.
"""

from __future__ import annotations

import argparse
import csv
import json
import tempfile
import time
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from statistics import mean

import cv2
import pdfplumber
import pypdfium2 as pdfium
from rapidfuzz.distance import LCSseq

from benchmarks.born import drawn, printed
from benchmarks.born.paper import Paper
from consumers.bounds import Bounds
from consumers.media import PDF
from consumers.pages import open_scan
from consumers.readers.text_layer import TextLayerReader

DEVSET = Path(__file__).parents[2] / "shared" / "devset" / "documents.jsonl"
_TIMES = 5
_reader = TextLayerReader()


@dataclass(frozen=True)
class Row:
    """What one way of reading made of one paper."""

    paper: str
    way: str
    milliseconds: float
    in_order: float


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.born_digital", description=__doc__)
    parser.add_argument("--truth", type=Path, default=DEVSET, help="documents.jsonl of a labelled set")
    parser.add_argument(
        "--quick", action="store_true", help="each page once, nothing printed by other programs"
    )
    parser.add_argument("--json", type=Path, help="write the figures to this file")
    told = parser.parse_args()
    cv2.setNumThreads(1)
    with tempfile.TemporaryDirectory() as folder:
        papers = [*drawn.papers(Path(folder)), *labelled(told.truth)]
        if not told.quick:
            papers += printed.papers(Path(folder))
        rows = [row for paper in papers for row in measured(paper, 1 if told.quick else _TIMES)]
    _print(rows)
    if told.json:
        told.json.write_text(json.dumps(figures(rows), ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


def labelled(truth: Path) -> list[Paper]:
    """The born-digital files of a labelled set, where it is there."""
    if not truth.exists():
        return []
    texts = {row["id"]: row["text"] for row in map(json.loads, truth.read_text("utf-8").splitlines())}
    with (truth.parent / "labels.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["format"] == "pdf-text"]
    return [Paper(row["id"], truth.parent / "scans" / row["file"], texts[row["id"]]) for row in rows]


def measured(paper: Paper, times: int) -> list[Row]:
    """The paper, read in each way."""
    return [_measured(paper, way, read, times) for way, read in WAYS.items()]


def _measured(paper: Paper, way: str, read: Callable[[Path, int], str], times: int) -> Row:
    """The least of so many times: what else the machine does only ever adds to it."""
    text, spent = read(paper.path, paper.number), []
    for _ in range(times):
        began = time.process_time()
        read(paper.path, paper.number)
        spent.append(time.process_time() - began)
    return Row(paper.name, way, round(min(spent) * 1000, 1), round(in_order(paper.text, text), 4))


def product(path: Path, number: int) -> str:
    """The page as a reading process reads it; nothing where it was passed on to OCR."""
    with open_scan(path, PDF, Bounds()) as scan:
        page = _reader.read(scan.page(number))
    return "" if page is None else page.text


def bare_pdfium(path: Path, number: int) -> str:
    """The page as PDFium says it."""
    with pdfium.PdfDocument(path) as document:
        return str(document[number - 1].get_textpage().get_text_bounded())


def bare_pdfplumber(path: Path, number: int) -> str:
    """The page as pdfplumber says it."""
    with pdfplumber.open(path, pages=[number]) as document:
        return str(document.pages[0].extract_text())


WAYS: dict[str, Callable[[Path, int], str]] = {
    "product": product,
    "pdfium": bare_pdfium,
    "pdfplumber": bare_pdfplumber,
}


def in_order(truth: str, read: str) -> float:
    """The part (0.0 to 1.0) of the true characters that come back in the right order."""
    wanted, got = ("".join(unicodedata.normalize("NFKC", text).split()) for text in (truth, read))
    return LCSseq.similarity(wanted, got) / max(1, len(wanted))


def figures(rows: list[Row]) -> dict[str, object]:
    """The figures of each way and of each paper."""
    ways: dict[str, object] = {}
    for way in WAYS:
        some = [row for row in rows if row.way == way]
        ways[way] = {
            "ms_cpu_a_page_mean": round(mean(row.milliseconds for row in some), 1),
            "ms_cpu_a_page_most": max(row.milliseconds for row in some),
            "in_order_mean": round(mean(row.in_order for row in some), 4),
            "in_order_least": min(row.in_order for row in some),
            "papers": {row.paper: {"ms": row.milliseconds, "in_order": row.in_order} for row in some},
        }
    return ways


def _print(rows: list[Row]) -> None:
    print(f"{'':34}" + "".join(f"{way:>20}" for way in WAYS))
    print(f"{'paper':34}" + "      ms    in order" * len(WAYS))
    for paper in dict.fromkeys(row.paper for row in rows):
        some = [row for row in rows if row.paper == paper]
        print(f"{paper:34}" + "".join(f"{row.milliseconds:8.1f}{row.in_order:12.1%}" for row in some))
    for way, told in figures(rows).items():
        del told
        some = [row for row in rows if row.way == way]
        print(
            f"{way}: {mean(r.milliseconds for r in some):.1f} ms a page, {mean(r.in_order for r in some):.2%} in order"
        )


if __name__ == "__main__":
    main()
