"""What a searchable PDF costs, and what programs read back from it.

    python -m benchmarks.searchable [--scans FOLDER] [--workers N] [--cache FOLDER] [--quick] [--json FILE]

The scans are read by OCR first (or their transcripts taken from the cache, where an earlier run of this program put them); that time is not
counted. CPU is that of the whole of `write_searchable`, in one process, the best of three; bytes are those of the PDF beyond the
file. A page is whole if a program gives back every character that can be seen, no more and no less, white space left out; in order if it
gives them in the order of the transcript. pdftotext is asked where poppler-utils are installed.
"""

from __future__ import annotations

import argparse
import json
import pickle
import shutil
import subprocess
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from statistics import mean
from typing import Any

import pdfplumber
import pypdfium2 as pdfium

from consumers.bounds import Bounds
from consumers.pool import ReadingPool, cores
from consumers.reading import default_readers
from consumers.scan import Scan, scan_of
from consumers.searchable import write_searchable
from consumers.searchable.alphabet import legible
from consumers.transcript import Transcript

ROOT = Path(__file__).parents[1]
_QUICK = 8
_TRIES = 3


@dataclass
class Tally:
    """What was counted of one program, or of one kind of file."""

    pages: int = 0
    whole: int = 0
    in_order: int = 0
    lines: int = 0
    whole_lines: int = 0
    wanted: int = 0
    back: int = 0
    cpu_ms: list[float] = field(default_factory=list)
    added: list[float] = field(default_factory=list)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.searchable", description=__doc__)
    parser.add_argument("--scans", type=Path, default=ROOT / "samples" / "scans", help="a folder of scans")
    parser.add_argument("--workers", type=int, default=cores(), help="processes that read")
    parser.add_argument(
        "--cache", type=Path, help="keep transcripts in this folder, and take them from there"
    )
    parser.add_argument("--quick", action="store_true", help=f"only {_QUICK} scans")
    parser.add_argument("--json", type=Path, help="write the figures to this file")
    told = parser.parse_args()
    files = sorted(path for path in told.scans.iterdir() if path.is_file())
    if told.quick:
        files = files[:: max(1, len(files) // _QUICK)]
    figures = measure(list(read(files, told.workers, told.cache)))
    print(json.dumps(figures, ensure_ascii=False, indent=2))
    if told.json:
        told.json.write_text(json.dumps(figures, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


def read(files: list[Path], workers: int, cache: Path | None) -> Iterator[tuple[Scan, Transcript]]:
    """Each file with what was read on it; born-digital ones, which get no layer, are left out."""
    scans = [scan_of(path, "benchmark") for path in files]
    kept = {scan.sha256: cache / f"{scan.sha256}.pickle" for scan in scans} if cache else {}
    missing = [scan for scan in scans if scan.sha256 not in kept or not kept[scan.sha256].exists()]
    found: dict[str, Transcript] = {}
    if missing:
        with ReadingPool(default_readers(), Bounds(), workers) as pool:
            futures = {scan.sha256: pool.read(scan) for scan in missing}
            found = {sha256: future.result() for sha256, future in futures.items()}
    for sha256, path in kept.items():
        if sha256 in found:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(pickle.dumps(found[sha256]))
        else:
            found[sha256] = pickle.loads(path.read_bytes())  # noqa: S301 - written by the line above
    for scan in scans:
        if any(page.source == "ocr" for page in found[scan.sha256].pages):
            yield scan, found[scan.sha256]


def measure(some: list[tuple[Scan, Transcript]]) -> dict[str, Any]:
    """Cost by kind of file, and what each program gives back."""
    kinds: dict[str, Tally] = {}
    programs = {name: Tally() for name, ask in _PROGRAMS.items() if ask is not None}
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "searchable.pdf"
        for scan, transcript in some:
            kind = kinds.setdefault(scan.path.suffix.lower().lstrip("."), Tally())
            pages = len(transcript.pages)
            kind.pages += pages
            kind.cpu_ms.append(min(_written(scan, transcript, target) for _ in range(_TRIES)) / pages)
            kind.added.append((target.stat().st_size - scan.size) / pages)
            for name, tally in programs.items():
                ask = _PROGRAMS[name]
                assert ask is not None
                _compare(tally, transcript, ask(target))
    return {
        "files": len(some),
        "cost": {name: _cost(tally) for name, tally in sorted(kinds.items())},
        "read_back": {name: _read_back(tally) for name, tally in programs.items()}
        | {name: "not installed" for name, ask in _PROGRAMS.items() if ask is None},
    }


def _written(scan: Scan, transcript: Transcript, target: Path) -> float:
    """Milliseconds of CPU."""
    began = time.process_time()
    write_searchable(scan, transcript, target)
    return 1000 * (time.process_time() - began)


def _compare(tally: Tally, transcript: Transcript, texts: list[str]) -> None:
    for page, text in zip(transcript.pages, texts, strict=True):
        if page.source != "ocr":
            continue
        wanted, got = _dense(legible(page.text)), _dense(text)
        common = (Counter(wanted) & Counter(got)).total()
        tally.pages += 1
        tally.wanted += len(wanted)
        tally.back += common
        tally.whole += common == len(wanted) == len(got)
        tally.in_order += wanted == got
        lines = [_dense(legible(line.text)) for line in page.lines]
        tally.lines += len(lines)
        tally.whole_lines += sum(line in got for line in lines)


def _dense(text: str) -> str:
    return "".join(text.split())


def _cost(tally: Tally) -> dict[str, Any]:
    return {
        "pages": tally.pages,
        "cpu_ms_a_page": round(mean(tally.cpu_ms), 1),
        "cpu_ms_a_page_worst_file": round(max(tally.cpu_ms), 1),
        "kilobytes_added_a_page": round(mean(tally.added) / 1000, 1),
    }


def _read_back(tally: Tally) -> dict[str, Any]:
    return {
        "pages": tally.pages,
        "characters_back": round(tally.back / max(1, tally.wanted), 6),
        "pages_whole": round(tally.whole / max(1, tally.pages), 4),
        "lines_whole": round(tally.whole_lines / max(1, tally.lines), 4),
        "pages_in_order": round(tally.in_order / max(1, tally.pages), 4),
    }


def _by_pdfium(path: Path) -> list[str]:
    with pdfium.PdfDocument(str(path)) as document:
        return [page.get_textpage().get_text_bounded() for page in document]


def _by_pdfplumber(path: Path) -> list[str]:
    with pdfplumber.open(path) as document:
        return [page.extract_text() for page in document.pages]


def _by_pdftotext(path: Path) -> list[str]:
    call = ["pdftotext", "-enc", "UTF-8", str(path), "-"]
    return subprocess.run(call, capture_output=True, check=True).stdout.decode().split("\f")[:-1]


_PROGRAMS: dict[str, Callable[[Path], list[str]] | None] = {
    "pypdfium2": _by_pdfium,
    "pdfplumber": _by_pdfplumber,
    "pdftotext": _by_pdftotext if shutil.which("pdftotext") else None,
}


if __name__ == "__main__":
    main()
