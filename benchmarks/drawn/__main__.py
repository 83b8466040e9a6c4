"""Draws the set: `python -m benchmarks.drawn --out DIR [--count 100] [--seed 1]`."""

from __future__ import annotations

import argparse
import csv
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path

from benchmarks.drawn import deck


def main() -> None:
    """Draw, and say where it lies."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.drawn", description=__doc__)
    parser.add_argument(
        "--out", type=Path, required=True, help="folder for scans/, labels.csv, documents.jsonl"
    )
    parser.add_argument("--count", type=int, default=100, help="how many documents")
    parser.add_argument("--seed", type=int, default=1, help="another seed draws other documents")
    parser.add_argument("--workers", type=int, default=2, help="processes that draw")
    told = parser.parse_args()
    write(told.count, told.seed, told.out, told.workers)
    print(
        f"{told.count} documents in {told.out}; measure: python -m benchmarks.reading --truth {told.out}/documents.jsonl"
    )


def write(count: int, seed: int, out: Path, workers: int = 1) -> None:
    """The whole set into `out`."""
    (out / "scans").mkdir(parents=True, exist_ok=True)
    with (
        (out / "labels.csv").open("w", encoding="utf-8", newline="") as table,
        (out / "documents.jsonl").open("w", encoding="utf-8") as documents,
    ):
        rows = csv.DictWriter(table, deck.COLUMNS, lineterminator="\n")
        rows.writeheader()
        for drawn in _drawn(count, seed, out, workers):
            rows.writerow(drawn.label)
            documents.write(deck.as_line(drawn.document))


def _drawn(count: int, seed: int, out: Path, workers: int) -> Iterator[deck.Drawn]:
    one = partial(deck.draw_one, seed=seed, out=out)
    if workers == 1:
        yield from map(one, range(count))
        return
    with ProcessPoolExecutor(workers) as pool:
        yield from pool.map(one, range(count))


if __name__ == "__main__":
    main()
