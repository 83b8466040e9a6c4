"""A Part: the pages of one document in a file that holds several, and why it begins where it does."""

from __future__ import annotations

from dataclasses import dataclass

from classifiers.labels import Labels, Reason
from classifiers.parts.cover import Cover
from consumers.transcript import Transcript


@dataclass(frozen=True)
class Range:
    """Pages `first` to `last` of a file, both counted from 1 and inclusive.

    `reasons` say why a document begins at `first`; empty for the first one, which begins with the file.
    `separator` is true for a sheet that only parts others: a separator sheet, a list of contents, a cover.
    `sheet` is true where that bears a code or words of our own: a person laid it in. `cover` is what such sheets before
    the range say of it; None where there are none.
    """

    first: int
    last: int
    reasons: tuple[Reason, ...] = ()
    separator: bool = False
    sheet: bool = False
    cover: Cover | None = None


@dataclass(frozen=True)
class Division:
    """Where the documents of a file lie: ranges that leave no page out, in their order; one range is one document.

    `doubts` holds one sentence (Chinese) for each page that looks like the beginning of another document
    without being sure enough to cut there. `undecided` are the pages that show half of what a cut needs: too little
    to ask a person about each, enough that no file should be parted by machine in which there is one.
    """

    ranges: tuple[Range, ...]
    doubts: tuple[str, ...] = ()
    undecided: tuple[int, ...] = ()
    by_sheets: bool = False

    @property
    def mixed(self) -> bool:
        """Whether the file holds more than one document."""
        return len(self.ranges) > 1


@dataclass(frozen=True)
class Part:
    """One document of a mixed file: its pages and its own labels."""

    range: Range
    labels: Labels


def pages_of(transcript: Transcript, where: Range) -> Transcript:
    """The Transcript of these pages only; they keep their numbers, so that quotes point into the whole file."""
    chosen = tuple(page for page in transcript.pages if where.first <= page.number <= where.last)
    return Transcript(transcript.sha256, chosen)
