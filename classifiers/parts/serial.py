"""Archive serial numbers 档案序号 by barcode, as people who use paperless-ngx stick them on: ASN00123."""

from __future__ import annotations

import re

from classifiers.labels import Reason
from classifiers.parts.dividing import CUT
from classifiers.parts.part import Division, Range
from consumers.transcript import Page, Transcript

BY_SERIAL = "part:serial"
GREATEST = 0xFFFFFFFF
"""The greatest number that paperless-ngx takes."""


def serials_on(page: Page, prefix: str) -> tuple[int, ...]:
    """The different serial numbers on a page, from top to bottom; `prefix` is what their codes begin with, empty: there
    are none."""
    if not prefix:
        return ()
    pattern = re.compile(rf"\s*{re.escape(prefix)}[-_:\s]{{0,2}}([0-9]{{1,10}})\s*", re.IGNORECASE)
    found = [told for code in page.codes if (told := pattern.fullmatch(code.text))]
    numbers = [number for one in found if (number := int(one[1])) <= GREATEST]
    return tuple(dict.fromkeys(numbers))


def serials_of(transcript: Transcript, prefix: str) -> tuple[int, ...]:
    """The different serial numbers on a document, in the order of its pages; it should have one."""
    return tuple(dict.fromkeys(number for page in transcript.pages for number in serials_on(page, prefix)))


def at_serials(division: Division, transcript: Transcript, prefix: str) -> Division:
    """The division with a further document beginning on each page that bears a number of its own.

    Who lays sheets into a file parts it with them alone.
    """
    bearing = {page.number: own for page in transcript.pages if (own := serials_on(page, prefix))}
    if division.by_sheets or not bearing:
        return division
    ranges: list[Range] = []
    for one in division.ranges:
        ranges += [one] if one.separator else _parted(one, bearing)
    begins = {one.first for one in ranges}
    undecided = tuple(page for page in division.undecided if page not in begins)
    return Division(tuple(ranges), division.doubts, undecided)


def _parted(one: Range, bearing: dict[int, tuple[int, ...]]) -> list[Range]:
    starts = [(one.first, one.reasons)]
    known = set(bearing.get(one.first, ()))
    for number in range(one.first + 1, one.last + 1):
        fresh = set(bearing.get(number, ())) - known
        if fresh:
            starts.append((number, (Reason(BY_SERIAL, "", number, CUT),)))
            known = set()
        known |= set(bearing.get(number, ()))
    ends = [first - 1 for first, _ in starts[1:]] + [one.last]
    return [Range(first, last, reasons) for (first, reasons), last in zip(starts, ends, strict=True)]
