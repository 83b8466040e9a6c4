"""A text of the corpus as a scan would come: filled in, laid out, spoilt, and given as a Transcript."""

from __future__ import annotations

from random import Random

from classifiers.corpus.invented import fill
from classifiers.corpus.scan_noise import Row, lay_out, spoil
from classifiers.corpus.writing import Text
from consumers.transcript import Box, Line, Page, Transcript

_MARGIN, _HEIGHT = 0.08, 0.018


def scanned(text: Text, seed: str) -> Transcript:
    """One scan of the text; the same seed gives the same one on every machine."""
    rng = Random(f"{seed}/{text.source}/{text.maker}/{text.kind}")  # noqa: S311  drawing is seeded on purpose
    rows = lay_out(fill(text.lines, rng), rng)
    per_page = rng.randint(18, 45)
    sheets = [rows[start : start + per_page] for start in range(0, len(rows), per_page)] or [[]]
    pages = (
        _page(number, spoil(sheet, rng, number, len(sheets)), rng) for number, sheet in enumerate(sheets, 1)
    )
    return Transcript("0" * 64, tuple(pages))


def clean(text: Text, seed: str) -> Transcript:
    """The text filled in and not spoilt, every line as it was written."""
    rng = Random(f"{seed}/{text.source}/{text.maker}/{text.kind}")  # noqa: S311  the same
    return Transcript("0" * 64, (_page(1, [Row(line) for line in fill(text.lines, rng)], rng),))


def _page(number: int, rows: list[Row], rng: Random) -> Page:
    lines, top = [], _MARGIN * rng.uniform(0.5, 1.5)
    step = min(0.03, (0.97 - top) / max(1.0, sum(row.tall for row in rows)))
    for row in rows:
        height = min(_HEIGHT, step * 0.8) * row.tall * rng.uniform(0.92, 1.08)
        width = min(0.84, 0.018 * len(row.text) * row.tall)
        left = (1 - width) / 2 if row.tall > 1 else _MARGIN
        lines.append(Line(row.text, Box(left, top, left + width, top + height)))
        top += step * row.tall
    return Page(number, tuple(lines), "ocr", "corpus")
