"""Wording: what a person reads on a paper's pages, in the order in which a person reads it.

Seals, stamps and pictures say nothing here; what was filled in by hand counts like print. A row of a table is one line,
a column is read to its end before the next one begins, and a page's footer comes last.
"""

from __future__ import annotations

from samples import cards
from samples.markup import Block, Card, Foot, Grid, Line, Run
from samples.papers import Paper, people

CELL = "\u3000"
"""What stands between the cells of a row, as between the words of a printed form."""


def pages(paper: Paper) -> tuple[str, ...]:
    """The text of each page, its lines joined by line feeds."""
    return tuple(page(blocks) for blocks in paper.pages)


def page(blocks: tuple[Block, ...]) -> str:
    """The text of one page."""
    in_order = sorted(blocks, key=lambda block: isinstance(block, Foot))
    return "\n".join(line for block in in_order for line in lines(block) if line)


def lines(block: Block) -> list[str]:
    """The lines that a block bears; none for a seal, a stamp, a rule or a gap."""
    match block:
        case Line(runs):
            return [_said(runs)]
        case Grid(rows=rows):
            return [CELL.join(cell for cell in map(_said, row) if cell) for row in rows]
        case Card(side, person):
            return cards.words(side, people()[person])
        case Foot(text):
            return [text]
        case _:
            return []


def _said(runs: tuple[Run, ...]) -> str:
    return "".join(run.text for run in runs).strip()
