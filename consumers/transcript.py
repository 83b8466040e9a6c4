"""A Transcript: the text of a Scan, page by page, with where each line stands and how it was read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

PageSource = Literal["text-layer", "ocr", "blank"]
TranscriptSource = Literal["text-layer", "ocr", "mixed"]


@dataclass(frozen=True)
class Box:
    """Where something stands on the upright page, in parts of its width and height (0.0 to 1.0)."""

    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True)
class Word:
    """A run of characters that stand together; `confidence` as that of a Line."""

    text: str
    box: Box
    confidence: float | None = None


@dataclass(frozen=True)
class Line:
    """One line of text. `confidence` is 0.0 to 1.0, or None where the way of reading gives none.

    `words` are the line's own, in its order, where the reader tells them: white space left out, they make
    up its text. `block` counts from 0 the groups of lines that belong together, in the order of reading.
    """

    text: str
    box: Box | None = None
    confidence: float | None = None
    words: tuple[Word, ...] = ()
    block: int = 0


@dataclass(frozen=True)
class Code:
    """A barcode on a page. `format` is `QRCode`, `DataMatrix`, `Code128` or `Code39`; one that is `damaged` was seen
    and can not be read: its text is empty."""

    text: str
    format: str
    box: Box
    damaged: bool = False


@dataclass(frozen=True)
class Page:
    """One page, read.

    `number` counts from 1. `rotation` is how many degrees clockwise the page had to be turned to
    stand upright (0, 90, 180, 270). `confidence` is the mean over the characters, 0.0 to 1.0, None
    where there are no characters. `doubtful` holds one sentence for each reason not to trust the text.
    `codes` are the barcodes on it, `look` is how its picture looks (`consumers.look`), empty where none was drawn.
    """

    number: int
    lines: tuple[Line, ...]
    source: PageSource
    reader: str
    confidence: float | None = None
    rotation: int = 0
    doubtful: tuple[str, ...] = ()
    codes: tuple[Code, ...] = ()
    look: str = ""

    @property
    def text(self) -> str:
        """The lines, joined by line feeds."""
        return "\n".join(line.text for line in self.lines)


@dataclass(frozen=True)
class Transcript:
    """All pages of one Scan in their order. `seconds` is the time spent reading them."""

    sha256: str
    pages: tuple[Page, ...]
    seconds: float = 0.0

    @property
    def text(self) -> str:
        """All pages, joined by form feeds."""
        return "\f".join(page.text for page in self.pages)

    @property
    def source(self) -> TranscriptSource:
        """`text-layer` or `ocr` where all pages that bear text agree, else `mixed`."""
        kinds = {page.source for page in self.pages if page.source != "blank"}
        if kinds == {"text-layer"}:
            return "text-layer"
        if "text-layer" in kinds:
            return "mixed"
        return "ocr"

    @property
    def reader(self) -> str:
        """The names of the readers that were at work, in page order, joined by `+`."""
        return "+".join(dict.fromkeys(page.reader for page in self.pages))

    @property
    def doubtful(self) -> tuple[str, ...]:
        """Every page's doubts, each with its page number in front."""
        return tuple(f"page {page.number}: {why}" for page in self.pages for why in page.doubtful)
