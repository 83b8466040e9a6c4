"""How surely a paper that is scanned again is known, and another paper of the same form is not taken for it.

    python -m benchmarks.rescans [--quick] [--json FILE] [--scans FOLDER]

`forms`: every text of the corpus filled in twice, by different people on different days: two papers. `filled`: the same
one read twice with a few characters misread: one paper. `scans`: first pages of the samples (or of FOLDER), each scanned
again four ways and read with RapidOCR: one paper; and each against every other: two.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path
from random import Random

import cv2
import numpy as np

import samples
from classifiers import facts
from classifiers.corpus import writing
from classifiers.corpus.invented import fill
from classifiers.corpus.lookalikes import mistaken
from classifiers.likeness import Values, likeness
from consumers.bounds import Bounds
from consumers.errors import Refused
from consumers.media import SUFFIXES, media_type_of
from consumers.pages import open_scan
from consumers.pictures import Picture
from consumers.preparing.skew import straightened
from consumers.reading import read_page
from consumers.transcript import Line, Page, Transcript

_FILES, _QUICK = 24, 3
_MISREAD = 0.004
"""Of the characters: what two readings of one drawn scan differ in."""


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.rescans", description=__doc__)
    parser.add_argument("--quick", action="store_true", help=f"{_QUICK} scans instead of {_FILES}")
    parser.add_argument("--json", type=Path, help="write the figures to this file")
    parser.add_argument("--scans", type=Path, default=Path(samples.__file__).parent / "scans")
    told = parser.parse_args()
    figures = {**on_texts(), **on_scans(told.scans, _QUICK if told.quick else _FILES)}
    for name, found in figures.items():
        print(f"{name}: {json.dumps(found)}")
    if told.json:
        told.json.write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")


def on_texts() -> dict[str, dict[str, int]]:
    """How many of two fillings, and of one that was read twice, are called one paper."""
    texts, pairs, forms, filled = writing.load(), 0, 0, 0
    for text in texts:
        rng = Random(text.source)  # noqa: S311  drawing is seeded on purpose
        one, other = ("\n".join(fill(text.lines, rng)) for _ in range(2))
        # Where nothing was filled in, they are one.
        pairs += one != other
        forms += one != other and same(one, other)
        filled += same(_misread(one, rng), _misread(one, rng))
    return {
        "forms": {"papers": pairs, "called_one": forms},
        "filled": {"papers": len(texts), "called_one": filled},
    }


def on_scans(folder: Path, many: int) -> dict[str, dict[str, int]]:
    """The same of scans that were scanned again, and of different scans."""
    read: list[tuple[str, list[str]]] = []
    with tempfile.TemporaryDirectory() as scratch:
        for path in sorted(one for one in folder.iterdir() if one.suffix.lower() in SUFFIXES):
            if len(read) == many:
                break
            try:
                with open_scan(path, media_type_of(path), Bounds()) as scan:
                    picture = scan.page(1).picture()
            except (Refused, AssertionError):
                continue  # an office file has no picture
            first, *again = [_read(one, Path(scratch)) for one in (picture, *scanned_again(picture))]
            read.append((first, again))
    found = sum(same(first, text) for first, again in read for text in again)
    confused = sum(same(one[0], other[0]) for one, other in combinations(read, 2))
    return {
        "scans": {"papers": sum(len(again) for _, again in read), "called_one": found},
        "other_scans": {"papers": len(read) * (len(read) - 1) // 2, "called_one": confused},
    }


def scanned_again(picture: Picture) -> Iterator[Picture]:
    """The page turned by a degree; coarser and askew; packed harder; as a shaded, noisy photocopy."""
    yield straightened(picture, 1.0)
    coarse = cv2.resize(picture, None, fx=0.75, fy=0.75, interpolation=cv2.INTER_AREA)
    yield straightened(np.asarray(coarse, dtype=np.uint8), -0.7)
    _, packed = cv2.imencode(".jpg", picture, [cv2.IMWRITE_JPEG_QUALITY, 30])
    yield np.asarray(cv2.imdecode(packed, cv2.IMREAD_COLOR), dtype=np.uint8)
    grains = np.random.default_rng(5).normal(0, 12, picture.shape)
    shade = np.linspace(0, 30, picture.shape[1])[None, :, None]
    pale = 255 - (255 - cv2.GaussianBlur(picture, (0, 0), 0.9).astype(np.float32)) * 0.85 + grains - shade
    dark = np.where(pale < 150, pale * 0.5, pale * 1.15)
    yield straightened(np.clip(dark, 0, 255).astype(np.uint8), 0.5)


def same(ours: str, theirs: str) -> bool:
    """Whether two texts are called one paper."""
    return likeness(ours, theirs, _values(ours), _values(theirs)).same_paper


def _values(text: str) -> Values:
    found: dict[str, set[str]] = {}
    for fact in facts.find(_transcript(text)):
        found.setdefault(fact.name, set()).add(fact.value)
    return {name: frozenset(values) for name, values in found.items()}


def _transcript(text: str) -> Transcript:
    return Transcript("0" * 64, (Page(1, tuple(map(Line, text.splitlines())), "ocr", "benchmark"),))


def _misread(text: str, rng: Random) -> str:
    return "".join(mistaken(sign, rng) if rng.random() < _MISREAD else sign for sign in text)


def _read(picture: Picture, scratch: Path) -> str:
    path = scratch / "page.png"
    cv2.imwrite(str(path), picture)
    return read_page(path, "image/png", 1, ("rapid",), Bounds())[1].text


if __name__ == "__main__":
    main()
