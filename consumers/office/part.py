"""What an office file is made of: pages that are written, files enclosed in it, and what could not be had."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from consumers.errors import Refused
from consumers.transcript import Line

MOST_CHARACTERS = 500_000
"""Of one written page: what stands behind that is not read, and the page says so."""


@dataclass(frozen=True)
class Written:
    """The text of a page that nobody has to recognise.

    `picture` holds the bytes of the one that makes up the page where it has no text of its own, as on a
    scan that was saved as OFD.
    """

    lines: tuple[Line, ...]
    doubtful: tuple[str, ...] = ()
    picture: bytes | None = None


@dataclass(frozen=True)
class Sheet:
    """One page; `read` gives what is written on it, and raises Refused where it can not be had."""

    read: Callable[[], Written]


@dataclass(frozen=True)
class Enclosed:
    """A file in the file: an attachment, a picture. `read` gives its bytes, or raises Refused."""

    name: str
    read: Callable[[], bytes]


@dataclass(frozen=True)
class Lost:
    """Something in the file that can not be read, and why."""

    name: str
    why: Refused


Part = Sheet | Enclosed | Lost


def written(texts: list[str], doubtful: tuple[str, ...] = ()) -> Written:
    """A page of these lines: white space at their ends and empty ones left out, no longer than allowed."""
    lines: list[Line] = []
    room = MOST_CHARACTERS
    for text in (part for whole in texts for part in whole.splitlines()):
        said = "".join(sign for sign in text if sign.isprintable() or sign in "\t\u3000").strip()
        if not said:
            continue
        room -= len(said)
        if room < 0:
            cut = (
                f"只读出前 {MOST_CHARACTERS:,} 个字符，其余未读，请核对原件。"
                f"Only the first {MOST_CHARACTERS:,} characters were read; look at the original."
            )
            return Written(tuple(lines), (*doubtful, cut))
        lines.append(Line(said))
    return Written(tuple(lines), doubtful)


def joined(cells: list[str]) -> str:
    """The cells of a table's row as one line, as readers of scans give it."""
    said = [" ".join(cell.split()) for cell in cells]
    return "\u3000".join(cell for cell in said if cell)


def too_deep() -> Refused:
    """Why something enclosed in something enclosed and so on is not opened any more."""
    return Refused(
        "too-large",
        "层层嵌套过深，未再打开，请把它单独放入。",
        "It is enclosed too deeply to be opened; drop it in by itself.",
    )
