"""Makes the model of the shipped taxonomy anew: `python -m classifiers.model.train`.

    python -m classifiers.model.train [--texts DIR] [--taxonomy FILE] [--out FILE] [--date YYYY-MM-DD]

Prints the figures found on makers that were left out. The same corpus, seed and date give the same bytes.
"""

from __future__ import annotations

import argparse
from datetime import UTC, datetime
from pathlib import Path

from threadpoolctl import threadpool_limits

from classifiers import taxonomy
from classifiers.corpus import writing
from classifiers.model import learnt
from classifiers.model.learning import SCANS, learn


def main() -> None:
    """Learn, print, write."""
    parser = argparse.ArgumentParser(prog="python -m classifiers.model.train", description=__doc__)
    parser.add_argument("--texts", type=Path, default=writing.SHIPPED, help="the folder of the corpus' texts")
    parser.add_argument("--taxonomy", type=Path, default=taxonomy.SHIPPED, help="the table of kinds")
    parser.add_argument("--out", type=Path, default=learnt.SHIPPED, help="the file to write")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--scans", type=int, default=SCANS, help="scans of each text")
    # The one door here that reads the clock, as commands do; a model learnt twice is compared with --date.
    parser.add_argument("--date", default=f"{datetime.now(UTC):%Y-%m-%d}", help="the day that the file bears")
    told = parser.parse_args()
    texts, kinds = writing.load(told.texts), taxonomy.load(told.taxonomy)
    # More threads would add up in another order, and the last digits with them.
    with threadpool_limits(1):
        model = learn(texts, kinds, date=told.date, seed=told.seed, scans=told.scans)
    model.save(told.out)
    for name, value in model.about.figures.items():
        print(f"{name:24}{value:8.4f}")
    print(f"{len(model.linear.vocabulary)} n-grams, {told.out.stat().st_size / 1e6:.2f} MB: {told.out}")


if __name__ == "__main__":
    main()
