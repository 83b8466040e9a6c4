"""Line breaking: measured tokens into rows, by the rule that no Chinese line opens with a closing mark."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Protocol, TypeVar

_TOKEN = re.compile(r"[A-Za-z0-9.,:/*-]+|.", re.DOTALL)
_NEVER_FIRST = "，。；：、！？）」』》〉”’】〕%％"


class Measured(Protocol):
    """A token that knows how wide it is set."""

    @property
    def text(self) -> str:
        """What it says."""
        ...

    @property
    def width(self) -> float:
        """In whatever unit the row's width is given."""
        ...


Piece = TypeVar("Piece", bound=Measured)


def tokens(text: str) -> list[str]:
    """The text cut where a line may end: after any Han character, around a number or a Latin word."""
    return _TOKEN.findall(text)


def rows(pieces: Iterable[Piece], width: float, indent: float = 0) -> list[list[Piece]]:
    """The pieces in rows no wider than `width`; the first one is shorter by `indent`."""
    found: list[list[Piece]] = [[]]
    room = width - indent
    for piece in pieces:
        if piece.width > room and found[-1]:
            pulled = [found[-1].pop()] if piece.text in _NEVER_FIRST and len(found[-1]) > 1 else []
            found.append(pulled)
            room = width - sum(one.width for one in pulled)
        found[-1].append(piece)
        room -= piece.width
    return found
