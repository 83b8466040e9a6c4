"""Text that does not lie level on the upright page: labels set sideways, stamps at the edge, watermarks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from consumers.text_layer.folding import folded
from consumers.text_layer.glyphs import Glyph
from consumers.text_layer.rows import Said, rows_of
from consumers.text_layer.segments import Run, around, segments_of
from consumers.text_layer.upright import Edges


def turned_lines(glyphs: Sequence[Glyph]) -> Iterator[Said]:
    """The lines of turned text: quarter turns in their own order of reading, others as they were drawn."""
    for turn in (90, 180, 270):
        some = [glyph for glyph in glyphs if glyph.turn == turn]
        level = [Glyph(g.text, *_levelled(_edges(g), turn), 0, g.drawing) for g in some]
        for row in rows_of(segments_of(level)):
            runs = tuple(replace(run, edges=_levelled(run.edges, -turn % 360)) for run in row.runs)
            yield Said(row.text, runs)
    slanted = [glyph for glyph in glyphs if glyph.turn % 90]
    for _, some_drawn in groupby(slanted, key=lambda g: (g.turn, g.drawing)):
        drawn = list(some_drawn)
        text = "".join(folded(char) for glyph in drawn for char in glyph.text)
        if text.strip():
            run = Run("".join(text.split()), around(map(_edges, drawn)))
            yield Said(" ".join(text.split()), (run,))


def _edges(glyph: Glyph) -> Edges:
    return glyph.left, glyph.top, glyph.right, glyph.bottom


def _levelled(edges: Edges, turn: int) -> Edges:
    """A box, turned back around the page's corner so that text turned by `turn` degrees clockwise lies level."""
    left, top, right, bottom = edges
    if turn == 90:
        return top, -right, bottom, -left
    if turn == 180:
        return -right, -bottom, -left, -top
    if turn == 270:
        return -bottom, left, -top, right
    return edges
