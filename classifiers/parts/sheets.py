"""Parting a file at the sheets that a person has laid into it: what they part needs no further sign.

Where separator or kind sheets lie, the person has parted the whole file, and nothing else is looked for. Covers of
dossiers alone say where a household begins; the papers of one are told apart as in any file.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import groupby

from classifiers.labels import Reason
from classifiers.parts.cover import Cover, sheet
from classifiers.parts.dividing import CUT, divide
from classifiers.parts.part import Division, Range
from classifiers.parts.separator import separator
from classifiers.taxonomy import Taxonomy
from consumers.transcript import Page, Transcript

_BLANK = 3
"""So few characters stand on a back side."""


def has_sheets(transcript: Transcript) -> bool:
    """Whether a sheet lies in the file that a person has laid there."""
    return any(sheet(page) is not None for page in transcript.pages)


def divide_by_sheets(transcript: Transcript, taxonomy: Taxonomy) -> Division | None:
    """Where the documents lie between the sheets; None where no sheet lies in the file."""
    sheets = {page.number: cover for page in transcript.pages if (cover := sheet(page)) is not None}
    if not sheets:
        return None
    dossiers_only = all(one.dossier and not one.kind for one in sheets.values())
    ranges: list[Range] = []
    doubts: list[str] = []
    undecided: list[int] = []
    said = _Said()
    for is_sheet, run in _runs(transcript.pages, sheets, by_text=not dossiers_only):
        if is_sheet:
            said = said.after(tuple(sheets.get(page.number, Cover(page=page.number)) for page in run))
            reason = Reason("part:cover-sheet", "", run[0].number, CUT)
            ranges.append(Range(run[0].number, run[-1].number, (reason,), separator=True, sheet=True))
            continue
        if dossiers_only:
            inner = divide(Transcript(transcript.sha256, run), taxonomy)
        else:
            inner = Division((Range(run[0].number, run[-1].number),))
        doubts += inner.doubts
        undecided += inner.undecided
        first = Reason("part:after-cover-sheet", "", run[0].number, CUT)
        for index, one in enumerate(inner.ranges):
            start = replace(one, first=run[0].number, reasons=(first,)) if index == 0 else one
            ranges.append(replace(start, cover=said.cover()))
    return Division(tuple(ranges), tuple(doubts), tuple(undecided), by_sheets=True)


def at_sheets_only(division: Division, why: str) -> Division:
    """The same with no other cut than those at sheets; what is left together is told with `why` (a Chinese clause)."""
    ranges: list[Range] = []
    for is_sheet, group in groupby(division.ranges, key=lambda one: one.sheet):
        run = list(group)
        if is_sheet or len(run) == 1:
            ranges += run
            continue
        places = "、".join(f"{one.first}-{one.last}" for one in run)
        cover = run[0].cover or Cover()
        trouble = f"封面页之后似含多份材料（第 {places} 页），{why}，请核对"
        whole = replace(cover, troubles=(*cover.troubles, trouble))
        ranges.append(replace(run[0], last=run[-1].last, separator=False, cover=whole))
    return Division(tuple(ranges), by_sheets=True)


class _Said:
    """What the sheets have said up to a page: a dossier holds until another is named, a kind for the next document."""

    def __init__(
        self, dossier: str = "", kind: str = "", lasting: tuple[str, ...] = (), page: int = 0
    ) -> None:
        self._dossier, self._kind, self._lasting, self._page = dossier, kind, lasting, page

    def after(self, covers: tuple[Cover, ...]) -> _Said:
        dossier, kind, lasting, page = self._dossier, "", self._lasting, self._page
        named = {one.dossier for one in covers if one.dossier}
        kinds = {one.kind for one in covers if one.kind}
        troubles = tuple(why for one in covers for why in one.troubles)
        if troubles:
            # What can not be read may have named another household: the one before does not hold any more.
            dossier, lasting, page = "", troubles, covers[0].page
        if len(named) == 1 and not troubles:
            dossier, lasting, page = named.pop(), (), next(one.page for one in covers if one.dossier)
        elif len(named) > 1:
            dossier, page = "", covers[0].page
            lasting = (
                f"第 {covers[0].page} 页起的封面页写有多个客户档案（{'、'.join(sorted(named))}），请核对",
            )
        if len(kinds) == 1:
            kind = kinds.pop()
        elif kinds:
            lasting = (*lasting, f"第 {covers[0].page} 页起的封面页写有多个文种，请核对")
        return _Said(dossier, kind, lasting, page or covers[0].page)

    def cover(self) -> Cover | None:
        """What holds for a document here; None where no sheet lies before it."""
        if not self._page:
            return None
        return Cover(self._dossier, self._kind, self._lasting, self._page)


def _runs(
    pages: tuple[Page, ...], sheets: dict[int, Cover], *, by_text: bool
) -> list[tuple[bool, tuple[Page, ...]]]:
    """Runs of sheets and of other pages; a blank page right behind a sheet is its back, and goes with it."""
    marked: list[tuple[bool, Page]] = []
    for page in pages:
        lines = tuple("".join(line.text.split()) for line in page.lines)
        is_sheet = page.number in sheets or (by_text and bool(separator(lines)))
        blank = sum(map(len, lines)) <= _BLANK and not page.codes
        behind = bool(marked) and marked[-1][0] and marked[-1][1].number in sheets
        marked.append((is_sheet or (blank and behind), page))
    return [(key, tuple(page for _, page in run)) for key, run in groupby(marked, key=lambda entry: entry[0])]
