"""Draws samples/scans, samples/bad, truth.csv and texts.jsonl anew: `python -m samples.draw [--out DIR]`."""

from __future__ import annotations

import argparse
import csv
import json
import logging
import tomllib
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from PIL import Image

from samples import borne, pack, paper, sheet, spoilt, wording
from samples.papers import Paper, papers

HERE = Path(__file__).parent
SEED = 20260105
COLUMNS = ("file", "category", "kind", "project_unit", "customer", "level_hint", "look", "date", "expect")


@dataclass(frozen=True)
class Shot:
    """How one file is made: a row of plan.toml."""

    file: str
    """The path below samples/."""
    paper: str = ""
    look: str = "clean"
    """A look of samples/paper.py, `born` (text layer), or `mixed` (text layer, last page scanned)."""
    dpi: int = 200
    skew: float = 0.0
    turn: int = 0
    """Degrees clockwise by which the file shows the page turned."""
    ink: str = "colour"
    """colour, grey, or palette (8 greys)."""
    quality: int = 62
    expect: str = "opens"
    of: str = ""
    """What a duplicate is a duplicate of."""


@cache
def plan() -> Mapping[str, Shot]:
    """All files by path; an unknown key in plan.toml is an error."""
    rows = tomllib.loads((HERE / "plan.toml").read_text("utf-8"))["shot"]
    return {shot.file: shot for shot in (Shot(**row) for row in rows)}


def pictures(shot: Shot) -> list[Image.Image]:
    """The shot's pages as the scanner saw them; the same in every run."""
    rng = np.random.default_rng([SEED, zlib.crc32(shot.file.encode())])
    pages = sheet.draw(papers()[shot.paper], shot.dpi, rng)
    look = "office" if shot.look == "mixed" else shot.look
    # Each page of a stack lies a little differently in the feeder.
    worn = [paper.wear(page, look, shot.skew + 0.15 * number, rng) for number, page in enumerate(pages)]
    return [_ink(page.rotate(-shot.turn, expand=True), shot.ink) for page in worn]


def make(shot: Shot, out: Path) -> None:
    """Writes the shot's file below `out`."""
    path = out / shot.file
    path.parent.mkdir(parents=True, exist_ok=True)
    match shot.expect, shot.look:
        case "empty", _:
            spoilt.empty(path)
        case "encrypted", _:
            spoilt.encrypted(path)
        case "not-a-pdf", _:
            spoilt.not_a_pdf(path)
        case "duplicate", _:
            spoilt.duplicate(path, out / shot.of)
        case "truncated", _:
            spoilt.truncated(path, pictures(shot)[0], shot.dpi, shot.quality)
        case _, "born":
            pack.save_born(papers()[shot.paper], [], path, shot.dpi, shot.quality)
        case _, "mixed":
            pack.save_born(papers()[shot.paper], pictures(shot)[-1:], path, shot.dpi, shot.quality)
        case _:
            pack.save(pictures(shot), path, shot.dpi, shot.quality)


def truth(shot: Shot) -> dict[str, str]:
    """The shot's row of truth.csv."""
    row = dict.fromkeys(COLUMNS, "") | {"file": shot.file, "look": _look(shot), "expect": shot.expect}
    if not shot.paper or shot.expect != "opens":
        return row
    document: Paper = papers()[shot.paper]
    return row | {
        "category": document.category,
        "kind": document.kind,
        "project_unit": document.home,
        "customer": " ".join(document.customers),
        "level_hint": document.level,
        "date": document.date,
    }


def write_truth(out: Path) -> None:
    """Writes truth.csv, one row a file of the plan."""
    with (out / "truth.csv").open("w", encoding="utf-8", newline="") as target:
        table = csv.DictWriter(target, COLUMNS, lineterminator="\n")
        table.writeheader()
        table.writerows(truth(shot) for shot in plan().values())


def write_texts(out: Path) -> None:
    """Writes texts.jsonl, one line a file that opens: its text in the order of reading, the pages parted by form feeds."""
    with (out / "texts.jsonl").open("w", encoding="utf-8") as target:
        for shot in plan().values():
            if not shot.paper or shot.expect != "opens":
                continue
            text = "\f".join(wording.pages(papers()[shot.paper]))
            row = {"id": shot.paper, "file": shot.file, "text": text, "fields": borne.borne(text)}
            target.write(json.dumps(row, ensure_ascii=False) + "\n")


def _look(shot: Shot) -> str:
    if shot.look == "born" or not shot.paper:
        return shot.look if shot.paper else ""
    words = [shot.look, f"{shot.dpi} dpi"]
    words += [f"skew {shot.skew:g}"] * bool(shot.skew) + [f"turned {shot.turn}"] * bool(shot.turn)
    return ", ".join([*words, "black and white" if shot.look == "fax" else shot.ink])


def _ink(page: Image.Image, ink: str) -> Image.Image:
    if page.mode == "1" or ink == "colour":
        return page
    grey = page.convert("L")
    if ink == "grey":
        return grey
    # Fixed steps, not the best shades: paper grain then falls into one shade, as scanners' drivers do it.
    steps = grey.point([min(255, level // 32 * 36) for level in range(256)])
    return steps.quantize(16, dither=Image.Dither.NONE)


def main() -> None:
    """Draws everything, or the files whose path contains `--only`."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument(
        "--out", type=Path, default=HERE, help="folder for scans/, bad/, truth.csv, texts.jsonl"
    )
    options.add_argument("--only", default="", help="draw only the files whose path contains this")
    chosen = options.parse_args()
    # fontTools warns of four spare bytes in the Arphic font, once a PDF.
    logging.getLogger("fontTools").setLevel(logging.ERROR)
    for shot in plan().values():
        if chosen.only in shot.file:
            make(shot, chosen.out)
            print(f"{(chosen.out / shot.file).stat().st_size:>8} {shot.file}")
    write_truth(chosen.out)
    write_texts(chosen.out)


if __name__ == "__main__":
    main()
