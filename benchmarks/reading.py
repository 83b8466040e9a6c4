"""How well and at what cost pages are read: the product beside the bare engine, on the same pages in one run.

    python -m benchmarks.reading [--truth JSONL] [--workers N] [--quick] [--json FILE]

The truth is a JSONL with id, text and fields, beside labels.csv (file, id, degradation, format) and a folder `scans`; it is
../shared/devset unless another is named. Bare engine: RapidOCR with the product's settings, its own preparation, its own
order of lines, nothing turned. Errors are those of the whole text: CER (Levenshtein over the true length, NFKC, white space
gone, punctuation evened out, at most 1), and the order-free error (1 - F1 of the characters as a bag). Times mean
something only as ratios: both sides run one after the other on the same machine.
"""

from __future__ import annotations

import argparse
import csv
import json
import multiprocessing
import resource
import time
import unicodedata
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from statistics import mean, median
from typing import Any

import cv2
from pebble import ProcessPool
from rapidfuzz.distance import Levenshtein

from consumers.bounds import Bounds
from consumers.media import media_type_of
from consumers.pages import open_scan
from consumers.pool import ReadingPool, cores
from consumers.reading import default_readers
from consumers.scan import scan_of

ROOT = Path(__file__).parents[1]
DEVSET = ROOT.parent / "shared" / "devset" / "documents.jsonl"
_QUICK = 8
_NUMBERS = ("id_no", "contract_no", "case_no", "cert_no")
_EVEN = str.maketrans("，。：；（）“”‘’、·—【】〔〕", ",.:;()\"\"'',.-[]()")

_engine: Any = None


@dataclass(frozen=True)
class Case:
    """A scan with the text that it bears, the numbers that must be in it, and what it went through."""

    path: Path
    text: str
    numbers: tuple[str, ...]
    look: str
    turned: bool


@dataclass(frozen=True)
class Run:
    """What one side read, by path, and what it cost: seconds of wall clock and of CPU, peak MB a process."""

    texts: dict[Path, str]
    pages: int
    wall: float
    cpu: float
    peak_mb: float


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.reading", description=__doc__)
    parser.add_argument("--truth", type=Path, default=DEVSET, help="documents.jsonl of a labelled set")
    parser.add_argument("--workers", type=int, default=cores(), help="processes on either side")
    parser.add_argument("--quick", action="store_true", help=f"only {_QUICK} scans")
    parser.add_argument("--json", type=Path, help="write the figures to this file")
    told = parser.parse_args()
    if not told.truth.exists():
        parser.error(f"there is no {told.truth}; name a labelled set by --truth")
    wanted = cases(told.truth)
    if told.quick:
        wanted = wanted[:: max(1, len(wanted) // _QUICK)]
    figures = measure(wanted, told.workers)
    print(json.dumps(figures, ensure_ascii=False, indent=2))
    if told.json:
        told.json.write_text(json.dumps(figures, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


def cases(truth: Path) -> list[Case]:
    """The labelled scans; born-digital files are left out, the engine has nothing to do there."""
    documents = {row["id"]: row for row in map(json.loads, truth.read_text("utf-8").splitlines())}
    found = []
    with (truth.parent / "labels.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["format"] == "pdf-text":
                continue
            document = documents[row["id"]]
            numbers = tuple(n for name in _NUMBERS for n in document["fields"].get(name, ()))
            parts = row["degradation"].split("+")
            turned = any(part.startswith("rot") for part in parts)
            path = truth.parent / "scans" / row["file"]
            found.append(Case(path, document["text"], numbers, parts[0], turned))
    return found


def measure(wanted: list[Case], workers: int) -> dict[str, Any]:
    """Both sides on the same scans, and how they compare."""
    ours, bare = product(wanted, workers), bare_engine(wanted, workers)
    return {
        "scans": len(wanted),
        "pages": ours.pages,
        "workers": workers,
        "cpu_ratio_bare_to_product": round(bare.cpu / ours.cpu, 3),
        "throughput_ratio_product_to_bare": round(bare.wall / ours.wall, 3),
        "product": _quality(wanted, ours),
        "bare": _quality(wanted, bare),
    }


def product(wanted: list[Case], workers: int) -> Run:
    """The scans as `dossier read` reads them."""
    began, spent = time.perf_counter(), _children_cpu()
    with ReadingPool(default_readers(), Bounds(), workers) as pool:
        futures = {case.path: pool.read(scan_of(case.path, "benchmark")) for case in wanted}
        read = {path: future.result() for path, future in futures.items()}
    wall, cpu = time.perf_counter() - began, _children_cpu() - spent
    pages = sum(len(transcript.pages) for transcript in read.values())
    return Run({path: t.text for path, t in read.items()}, pages, wall, cpu, _children_peak())


def bare_engine(wanted: list[Case], workers: int) -> Run:
    """The scans as the engine reads them when nobody prepares anything."""
    began, spent = time.perf_counter(), _children_cpu()
    with ProcessPool(max_workers=workers, context=multiprocessing.get_context("spawn")) as pool:
        futures = {case.path: pool.schedule(_bare, args=[case.path]) for case in wanted}
        texts = {path: future.result() for path, future in futures.items()}
    wall, cpu = time.perf_counter() - began, _children_cpu() - spent
    return Run({p: "\f".join(t) for p, t in texts.items()}, sum(map(len, texts.values())), wall, cpu, 0.0)


def _bare(path: Path) -> list[str]:
    global _engine  # noqa: PLW0603 - one engine a process
    if _engine is None:
        from rapidocr import EngineType, RapidOCR

        cv2.setNumThreads(1)
        names = ("Det", "Cls", "Rec")
        _engine = RapidOCR(
            params={f"{name}.engine_type": EngineType.OPENVINO for name in names}
            | {"EngineConfig.openvino.inference_num_threads": 1, "Global.log_level": "error"}
        )
    with open_scan(path, media_type_of(path), Bounds()) as scan:
        found = [_engine(scan.page(number).picture()) for number in range(1, scan.count + 1)]
    return ["\n".join(page.txts or ()) for page in found]


def _quality(wanted: list[Case], run: Run) -> dict[str, Any]:
    upright = [case for case in wanted if not case.turned]
    turned = [case for case in wanted if case.turned]
    looks = sorted({case.look for case in upright})
    return {
        "cpu_seconds_a_page": round(run.cpu / run.pages, 2),
        "pages_a_minute": round(60 * run.pages / run.wall, 1),
        "peak_mb_of_a_process": round(run.peak_mb),
        "upright": _errors(upright, run),
        "turned": _errors(turned, run),
        "by_look": {look: _errors([case for case in upright if case.look == look], run) for look in looks},
    }


def _errors(some: list[Case], run: Run) -> dict[str, float]:
    if not some:
        return {}
    rates = [cer(case.text, run.texts[case.path]) for case in some]
    numbers = [(number, run.texts[case.path]) for case in some for number in case.numbers]
    return {
        "scans": len(some),
        "cer_mean": round(mean(rates), 4),
        "cer_median": round(median(rates), 4),
        "order_free": round(mean(order_free(case.text, run.texts[case.path]) for case in some), 4),
        "numbers_found": round(_share(numbers, lambda pair: even(pair[0]) in even(pair[1])), 4),
    }


def even(text: str) -> str:
    """The text as errors are counted on it: NFKC, no white space, one kind of each punctuation mark."""
    return "".join(unicodedata.normalize("NFKC", text).translate(_EVEN).split())


def cer(truth: str, read: str) -> float:
    """Levenshtein distance over the true length, at most 1."""
    wanted = even(truth)
    return min(1.0, Levenshtein.distance(wanted, even(read)) / max(1, len(wanted)))


def order_free(truth: str, read: str) -> float:
    """1 - F1 of the two texts as bags of characters."""
    wanted, got = Counter(even(truth)), Counter(even(read))
    common = (wanted & got).total()
    return 1 - 2 * common / max(1, wanted.total() + got.total())


def _share(some: list[tuple[str, str]], holds: Callable[[tuple[str, str]], bool]) -> float:
    return sum(map(holds, some)) / len(some) if some else 1.0


def _children_cpu() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _children_peak() -> float:
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024


if __name__ == "__main__":
    main()
