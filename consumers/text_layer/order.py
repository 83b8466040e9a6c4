"""The lines of a page in the order in which a person reads them: tables row by row, columns one after the other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from consumers.text_layer.cells import Filled, filled
from consumers.text_layer.columns import in_columns
from consumers.text_layer.glyphs import Glyph
from consumers.text_layer.rows import Said, rows_of
from consumers.text_layer.segments import Segment, segments_of
from consumers.text_layer.tables import Grid
from consumers.text_layer.turned import turned_lines
from consumers.text_layer.upright import Edges
from consumers.transcript import Box, Line, Word

_APART = 0.9
"""Rows further apart than this, in heights, belong to two blocks."""


def lines_of(glyphs: Sequence[Glyph], grids: Sequence[Grid], size: tuple[float, float]) -> tuple[Line, ...]:
    """All lines; `size` is the upright page's, in points. Text that is turned, a watermark say, comes last."""
    tables, free = filled(glyphs, grids)
    items: list[Segment] = [*segments_of(g for g in free if g.turn == 0), *tables]
    blocks = [block for group in in_columns(items) for block in _blocks(group)]
    blocks += [[said] for said in turned_lines([g for g in free if g.turn])]
    return tuple(_line(said, number, size) for number, block in enumerate(blocks) for said in block)


def _blocks(group: list[Segment]) -> Iterator[list[Said]]:
    """The blocks of a group: what stands above a table, the table, what stands below."""
    rest = [item for item in group if not isinstance(item, Filled)]
    for table in sorted((item for item in group if isinstance(item, Filled)), key=lambda t: t.edges[1]):
        left, top, _, bottom = table.edges
        before = [s for s in rest if s.level < top or (s.level <= bottom and s.edges[2] <= left + s.height)]
        taken = set(map(id, before))
        rest = [s for s in rest if id(s) not in taken]
        yield from _paragraphs(before)
        yield list(table.said())
    yield from _paragraphs(rest)


def _paragraphs(segments: Sequence[Segment]) -> Iterator[list[Said]]:
    block: list[Said] = []
    end: float | None = None
    for row in rows_of(segments):
        _, top, _, bottom = row.edges
        if end is not None and top - end > _APART * (bottom - top):
            yield block
            block = []
        block.append(Said(row.text, row.runs))
        end = bottom
    if block:
        yield block


def _line(said: Said, block: int, size: tuple[float, float]) -> Line:
    words = tuple(Word(run.text, _box(run.edges, size)) for run in said.runs)
    return Line(said.text, _box(said.edges, size), None, words, block)


def _box(edges: Edges, size: tuple[float, float]) -> Box:
    left, top, right, bottom = edges
    width, height = size
    return Box(
        min(max(left / width, 0.0), 1.0),
        min(max(top / height, 0.0), 1.0),
        min(max(right / width, 0.0), 1.0),
        min(max(bottom / height, 0.0), 1.0),
    )
