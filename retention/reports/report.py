"""What a report says, once, before anybody writes it as HTML, PDF or XLSX: plain frozen values in the order of reading.

A report is made by a pure function (`retention.reports.contents`) that has laid the reader's eyes over every text; a
writer (`retention.reports.writers`) adds nothing and leaves nothing out but what `Table.most` says.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, tzinfo
from typing import Generic, Literal, Protocol, TypeAlias, TypeVar

from retention.register import Head

Tone = Literal["", "strong", "alarm"]
Sort = Literal["text", "code", "day", "whole"]
"""What stands in a column: words, an id or a checksum, a day, a whole number."""
Paper = Literal["landscape", "portrait"]

MOST_PRINTED = 300
"""Rows of a list that are printed unless the table says otherwise: a review of a million records stays possible."""
MOST_SIGNED = 2_000
"""The same of a list that people sign row by row."""


@dataclass(frozen=True)
class Words:
    """Chinese first, English small beside it; `en` is empty where it would say nothing new."""

    zh: str
    en: str = ""


@dataclass(frozen=True)
class Reason:
    """A cell that gives a reason: what is so, and beneath it what stands in the way."""

    zh: str
    en: str = ""
    alarms: tuple[Words, ...] = ()


Cell: TypeAlias = str | int | date | Words | Reason | None
Row: TypeAlias = tuple[Cell, ...]


@dataclass(frozen=True)
class Column:
    """One column. `key` is its name for programs, `width` millimetres on paper (0: a share of what is left).

    Neighbours with the same `over` stand under one heading of that name. Band 1 is printed as a heading over a table of its own for each value, band 2 as a line between the rows; both are plain
    columns in XLSX. Rows must come in the order of their bands.
    """

    key: str
    name: Words
    sort: Sort = "text"
    width: int = 0
    band: Literal[0, 1, 2] = 0
    over: Words | None = None


_Item = TypeVar("_Item")


@dataclass(frozen=True)
class Rows(Generic[_Item]):
    """Rows that are made while they are read, as often as one reads them: a million of them take no room. `items` begins
    anew at each call, `count` is how many it gives."""

    items: Callable[[], Iterable[_Item]]
    count: int
    row_of: Callable[[_Item], Row]

    def __iter__(self) -> Iterator[Row]:
        return map(self.row_of, self.items())

    def __len__(self) -> int:
        return self.count


class Listed(Protocol):
    """What a table's rows may be: a tuple of them, or `Rows`."""

    def __iter__(self) -> Iterator[Row]:
        """From the first row on, at each call."""
        ...

    def __len__(self) -> int:
        """How many there are."""
        ...


@dataclass(frozen=True)
class Table:
    """A list. `most` is how many rows are printed; XLSX and JSON have them all. `totals` is a last row under all others."""

    key: str
    columns: tuple[Column, ...]
    rows: Listed
    most: int = MOST_PRINTED
    totals: Row | None = None


@dataclass(frozen=True)
class Series:
    """One colour of a chart: its name, and a number for each label."""

    name: Words
    values: tuple[int, ...]


@dataclass(frozen=True)
class Chart:
    """Horizontal bars, one for each label: of all series in one bar (`stacked`), or of each beside the others."""

    key: str
    title: Words
    labels: tuple[str, ...]
    series: tuple[Series, ...]
    stacked: bool = False


@dataclass(frozen=True)
class Note:
    """A sentence of its own."""

    words: Words
    tone: Tone = ""


Part: TypeAlias = Table | Chart | Note


@dataclass(frozen=True)
class Section:
    """A heading with what stands under it; `empty` is said where no part has anything."""

    title: Words
    parts: tuple[Part, ...]
    empty: Words = Words("无", "none")


@dataclass(frozen=True)
class Fact:
    """One line of the report's head: what is told, and the value."""

    name: Words
    value: Cell


@dataclass(frozen=True)
class Figure:
    """One number that is read before all others; `key` is its name for programs."""

    key: str
    name: Words
    value: int
    tone: Tone = ""


@dataclass(frozen=True)
class Signature:
    """A place to sign: in which part, by whom as far as that is known, on which day as far as that is known."""

    part: Words
    name: str = ""
    on: date | None = None


@dataclass(frozen=True)
class Frame:
    """What every report bears: whose it is, when and by whom it was made, and the register's head at that moment. `zone` is
    the office's time zone: what is kept in UTC is printed as its clocks show."""

    organisation: str
    made_on: date
    made_by: str
    register_head: Head
    zone: tzinfo = UTC

    def day(self, stamp: str) -> date | None:
        """The day of a UTC time; None where there is none."""
        return self._at(stamp).date() if stamp else None

    def minute(self, stamp: str) -> str:
        """A UTC time to the minute; empty where there is none."""
        return f"{self._at(stamp):%Y-%m-%d %H:%M}" if stamp else ""

    def second(self, stamp: str) -> str:
        """A UTC time to the second with what separates it from UTC; empty where there is none."""
        return self._at(stamp).isoformat(" ", "seconds") if stamp else ""

    def act(self, who: str, stamp: str) -> str:
        """Who did it and on which day; empty where nobody has."""
        return f"{who}　{self.day(stamp)}" if stamp else ""

    def _at(self, stamp: str) -> datetime:
        at = datetime.fromisoformat(stamp)
        return (at if at.tzinfo else at.replace(tzinfo=UTC)).astimezone(self.zone)


@dataclass(frozen=True)
class Report:
    """A whole report. `name` is its name for programs and files, `level` the marking on every page, `cautions` are printed
    on every page, `closing` and `signatures` stand together at the end."""

    name: str
    title: Words
    frame: Frame
    level: str
    sections: tuple[Section, ...]
    facts: tuple[Fact, ...] = ()
    figures: tuple[Figure, ...] = ()
    cautions: tuple[Words, ...] = ()
    closing: tuple[Words, ...] = ()
    signatures: tuple[Signature, ...] = ()
    paper: Paper = "landscape"

    def tables(self) -> Iterator[tuple[Section, Table]]:
        """Every table with the section that it stands in."""
        for section in self.sections:
            for part in section.parts:
                if isinstance(part, Table):
                    yield section, part

    def charts(self) -> Iterator[Chart]:
        """Every chart."""
        for section in self.sections:
            for part in section.parts:
                if isinstance(part, Chart):
                    yield part
