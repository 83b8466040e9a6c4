"""The markup of the sample texts: what each line of a text becomes on the sheet.

| line opens with | is |
|---|---|
| `# ` `## ` `### ` | title, subtitle (centred), heading (left, bold) |
| `^ ` `> ` `. ` `~ ` | centred, right, left without indent, left and small |
| `! ` `!! ` | red heading, large red heading |
| `|a|b|` | a row of a table; `|=3 7 3 7; 12` before it sets the widths and the least height in mm |
| `@seal company x rise label` | a round seal, x mm from the left edge, `rise` mm up into the text above |
| `@stamp x rise text` | a boxed stamp |
| `@column x width` | goes on in a column that begins level with the first one |
| `@card front|back person` | an ID card |
| `@bar` `@gap n` `@foot text` | a rule, n empty lines, a page's footer |
| `===` | a new page |

Within a line `{{value}}` was filled in by hand, `{value}` was printed on a rule, `**word**` is bold. A line
that opens with none of these is a paragraph with its first line indented.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

Align = Literal["left", "centre", "right"]
_RUN = re.compile(r"\{\{(?P<hand>.*?)\}\}|\{(?P<ruled>.*?)\}|\*\*(?P<bold>.*?)\*\*")


@dataclass(frozen=True)
class Run:
    """A stretch of text in one look."""

    text: str
    look: Literal["print", "hand", "ruled", "bold"] = "print"


@dataclass(frozen=True)
class Line:
    """A paragraph; `scale` is relative to the body's size."""

    runs: tuple[Run, ...]
    align: Align = "left"
    scale: float = 1.0
    indent: bool = False
    red: bool = False


@dataclass(frozen=True)
class Grid:
    """A table: column weights, least row height in mm, rows; a short row's last cell spans the rest."""

    weights: tuple[float, ...]
    height: float
    rows: tuple[tuple[tuple[Run, ...], ...], ...]


@dataclass(frozen=True)
class Mark:
    """A seal or a stamp: where it stands, and its words."""

    sort: Literal["seal", "stamp"]
    x: float
    rise: float
    text: str
    label: str = ""


@dataclass(frozen=True)
class Column:
    """Go on at `x` mm from the left edge, `width` mm wide, level with the page's first column."""

    x: float
    width: float


@dataclass(frozen=True)
class Card:
    """One side of the ID card of the person with this key."""

    side: Literal["front", "back"]
    person: str


@dataclass(frozen=True)
class Gap:
    """Empty lines."""

    lines: float


@dataclass(frozen=True)
class Bar:
    """A rule across the column."""

    red: bool


@dataclass(frozen=True)
class Foot:
    """The page's footer."""

    text: str


Block = Line | Grid | Mark | Column | Card | Gap | Bar | Foot

_LINES: tuple[tuple[str, Align, float, bool, bool], ...] = (
    # opens with, align, scale, bold, red
    ("### ", "left", 1.05, True, False),
    ("## ", "centre", 1.25, True, False),
    ("# ", "centre", 1.65, True, False),
    ("^ ", "centre", 1.0, False, False),
    ("> ", "right", 1.0, False, False),
    (". ", "left", 1.0, False, False),
    ("~ ", "left", 0.8, False, False),
    ("!! ", "centre", 2.9, True, True),
    ("! ", "centre", 1.5, True, True),
)


def parse(text: str) -> tuple[tuple[Block, ...], ...]:
    """The pages of a text, each as its blocks in order."""
    return tuple(_page(page.strip("\n")) for page in re.split(r"^===$", text, flags=re.MULTILINE))


def runs(text: str, bold: bool = False) -> tuple[Run, ...]:
    """A line's text cut where its look changes."""
    found: list[Run] = []
    end = 0
    for hit in _RUN.finditer(text):
        found.append(Run(text[end : hit.start()], "bold" if bold else "print"))
        for look in ("hand", "ruled", "bold"):
            if hit[look] is not None:
                found.append(Run(hit[look], look))
        end = hit.end()
    found.append(Run(text[end:], "bold" if bold else "print"))
    return tuple(run for run in found if run.text)


def _page(text: str) -> tuple[Block, ...]:
    blocks: list[Block] = []
    weights: tuple[float, ...] = (1.0,)
    height = 0.0
    rows: list[tuple[tuple[Run, ...], ...]] = []
    for line in [*text.split("\n"), ""]:
        if line.startswith("|") and not line.startswith("|="):
            if not line.endswith("|"):
                raise ValueError(f"a table's row ends with a bar: {line}")
            rows.append(tuple(runs(cell) for cell in line[1:-1].split("|")))
            continue
        if rows:
            blocks.append(Grid(weights, height, tuple(rows)))
            rows = []
        if line.startswith("|="):
            widths, _, least = line[2:].partition(";")
            weights, height = tuple(float(width) for width in widths.split()), float(least or 8)
        elif line.strip():
            blocks.append(_directive(line) if line.startswith("@") else _line(line))
    return tuple(blocks)


def _line(line: str) -> Line:
    for opening, align, scale, bold, red in _LINES:
        if line.startswith(opening):
            return Line(runs(line.removeprefix(opening), bold), align, scale, red=red)
    return Line(runs(line), indent=True)


def _directive(line: str) -> Block:
    name, _, rest = line.removeprefix("@").partition(" ")
    words = rest.split()
    match name:
        case "seal":
            return Mark("seal", float(words[1]), float(words[2]), words[0], "".join(words[3:]))
        case "stamp":
            return Mark("stamp", float(words[0]), float(words[1]), " ".join(words[2:]))
        case "column":
            return Column(float(words[0]), float(words[1]))
        case "card":
            return Card("front" if words[0] == "front" else "back", words[1])
        case "gap":
            return Gap(float(rest))
        case "bar":
            return Bar(red=rest == "red")
        case "foot":
            return Foot(rest)
    raise ValueError(f"the markup has no @{name}; see the table at the head of samples/markup.py")
