"""Deck: which paper is drawn in which look, one document after another from a seed."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image

from benchmarks.drawn import glass, sheets
from benchmarks.drawn.invented import Invention
from samples import pack

_DPI = 200
_SUFFIXES = {"jpg": ".jpg", "png": ".png", "tif": ".tif", "pdf-image": ".pdf"}
_SPREAD_EVERY, _BLANK_EVERY, _BACK_EVERY, _TURNED_EVERY = 9, 47, 12, 8
COLUMNS = ("file", "id", "category", "kind", "hard", "pages", "format", "degradation", "dpi")


@dataclass(frozen=True)
class Drawn:
    """One document of the set: its row of labels.csv and its line of documents.jsonl."""

    label: dict[str, str]
    document: dict[str, object]


def draw_one(number: int, seed: int, out: Path) -> Drawn:
    """Draws the document of that number into `out`/scans; the same number and seed give the same document."""
    made = Invention(np.random.default_rng([seed, number]))
    # Papers and looks go round with different lengths, so that in the end each paper has met each look.
    look = glass.LOOKS[number % len(glass.LOOKS)]
    dpi = 300 if look == "clean" and made.number(0, 3) == 0 else _DPI
    clean = _paper(number, made, dpi)
    pages = list(clean.pages)
    traits = list(clean.traits)
    if number % _BACK_EVERY == _BACK_EVERY - 1:
        pages.append(glass.bleed(pages[-1], made.rng))
        traits.append("back")
    worn = [glass.wear(page, look, dpi, made.rng) for page in pages]
    turn = (
        (0, 90, 180, 270)[1 + number // _TURNED_EVERY % 3]
        if number % _TURNED_EVERY == 5 and clean.text
        else 0
    )
    pictures = [one.picture.rotate(-turn, expand=True) for one in worn]
    traits += [*worn[0].traits] + [f"rot{turn}"] * bool(turn)
    kind = _format(made, look, len(pictures))
    quality = made.number(50, 80)
    if kind in ("jpg", "pdf-image") and look != "fax":
        traits.append(f"q{quality}")
    name = f"D{seed:02}{number:04}"
    path = out / "scans" / f"{name}{_SUFFIXES[kind]}"
    pack.save(pictures, path, worn[0].dpi, quality)
    return Drawn(
        dict(
            zip(
                COLUMNS,
                (
                    path.name,
                    name,
                    clean.category,
                    clean.kind,
                    "0",
                    str(len(pictures)),
                    kind,
                    "+".join([look, *traits]),
                    str(worn[0].dpi),
                ),
                strict=True,
            )
        ),
        {
            "id": name,
            "category": clean.category,
            "kind": clean.kind,
            "hard": False,
            "text": clean.text,
            "fields": _borne(made.fields, clean.text),
        },
    )


def _paper(number: int, made: Invention, dpi: int) -> sheets.Clean:
    if number % _BLANK_EVERY == _BLANK_EVERY - 1:
        white = Image.new("RGB", (round(210 / 25.4 * dpi), round(297 / 25.4 * dpi)), "white")
        return sheets.Clean("空白页", "other", (white,), "", ("blank",))
    if number % _SPREAD_EVERY == _SPREAD_EVERY - 1:
        return sheets.spread(made, dpi)
    every = len(sheets.DRAFTS) + len(sheets.PICTURES)
    turn = number * 5 % every
    if turn < len(sheets.DRAFTS):
        return sheets.of_draft(sheets.DRAFTS[turn], made, dpi)
    return sheets.of_picture(list(sheets.PICTURES)[turn - len(sheets.DRAFTS)], made, dpi)


def _format(made: Invention, look: str, pages: int) -> str:
    if look == "fax":
        return made.pick(("tif", "pdf-image", "png")) if pages == 1 else made.pick(("tif", "pdf-image"))
    if pages > 1:
        return "pdf-image"
    return (
        made.pick(("jpg", "jpg", "pdf-image", "png"))
        if look in ("clean", "lowres")
        else made.pick(("jpg", "jpg", "pdf-image"))
    )


def _borne(fields: dict[str, list[str]], text: str) -> dict[str, list[str]]:
    """The values that stand in the text; some are invented for a maker that does not use them."""
    squeezed = "".join(text.split())
    kept = {
        name: [value for value in values if "".join(value.split()) in squeezed]
        for name, values in fields.items()
    }
    return {name: values for name, values in kept.items() if values}


def as_line(document: dict[str, object]) -> str:
    """A document as a line of documents.jsonl."""
    return json.dumps(document, ensure_ascii=False) + "\n"
