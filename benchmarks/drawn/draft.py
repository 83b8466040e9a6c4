"""Draft: a paper as its maker hands it in, before anybody draws it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from benchmarks.drawn.invented import Invention


@dataclass(frozen=True)
class Draft:
    """Kind, category, and the text in the markup of samples/markup.py; `seal` names who seals it, if anybody."""

    kind: str
    category: str
    text: str
    settings: str = ""
    """Words of a layout, as in samples/texts: `points=10.5 face=hei margin=20,18,20`."""
    seal: str = ""
    label: str = ""


Maker = Callable[[Invention], Draft]
