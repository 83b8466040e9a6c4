"""Dividing a file 分件: on which of its pages another document begins.

Principle: a cut in the wrong place tears a document, a missing one leaves two together that a person
can still part. So a page must show more than one sign before a document begins there; where it shows
one only, the file stays whole and the doubt is told.
"""

from __future__ import annotations

from classifiers.evidence import squeeze
from classifiers.labels import Reason
from classifiers.parts.clauses import begins, continues
from classifiers.parts.leaf import Leaf, leaf
from classifiers.parts.part import Division, Range
from classifiers.taxonomy import LISTS_PAPERS, ONE_SHEET, Taxonomy
from consumers.transcript import Transcript

CUT = 10.0
"""So much must speak for a beginning before the file is cut there: a title, and one sign more."""
_HALF = CUT / 2
"""From here on a page that is not cut off is undecided."""

# What a page must not be.
_ANNEX, _SAME_COUNT, _CLAUSES_RUN_ON, _NUMBERS_RUN_ON, _RUNNING_HEAD = -20.0, -20.0, -12.0, -4.0, -8.0
# Titles: of a kind or only worded as one, above all else on the page or not.
_TITLE_ABOVE_ALL, _TITLE, _UNKNOWN_ABOVE_ALL, _UNKNOWN = 8.0, 5.0, 7.0, 5.0
_SAME_SHORT_PAPER, _SAME_KIND = 4.0, 2.0
# The second sign.
_SUPPORTED, _ENOUGH_SUPPORT = 2.0, 16.0
_ENDED, _SHORT_PAPER, _COUNT_BEGINS, _COUNT_CLOSED = 3.0, 3.0, 3.0, 7.0
_CLAUSES_BEGIN, _CLAUSES_ANEW, _FAR, _OTHER_NUMBER, _BLANK = 1.0, 3.0, 3, 3.0, 2.0
# Cards and lists need no title.
_CARD, _AFTER_CARD, _AFTER_LIST, _LEAST_LINES_AFTER_CARD = 12.0, 10.0, 5.0, 6


def divide(transcript: Transcript, taxonomy: Taxonomy) -> Division:
    """Where the documents of the file lie; one range over all pages where it is one, or nobody can say."""
    if len(transcript.pages) < 2:
        return Division((_whole(transcript),) if transcript.pages else ())
    leaves = [leaf(page, taxonomy) for page in transcript.pages]
    starts: list[tuple[Leaf, tuple[Reason, ...]]] = [(leaves[0], ())]
    doubts, undecided = [], []
    current = [leaves[0]]
    for one in leaves[1:]:
        reasons = beginning(current, one)
        signs = sum(reason.weight for reason in reasons)
        if signs >= CUT:
            starts.append((one, tuple(reason for reason in reasons if reason.weight > 0)))
            current = [one]
        else:
            doubts += _doubt(one, reasons)
            undecided += [one.number] if signs >= _HALF else []
            current.append(one)
    return Division(_ranges(starts, transcript.pages[-1].number), tuple(doubts), tuple(undecided))


def beginning(before: list[Leaf], page: Leaf) -> list[Reason]:
    """What speaks for (above 0) and against (below 0) a new document on this page.

    `before` holds the pages since the last beginning, at least one.
    """
    if page.blank:
        return []
    last = next((one for one in reversed(before) if not one.blank), before[-1])
    if page.separator and not last.separator:
        return [Reason("part:separator", page.separator, page.number, CUT)]
    if last.separator and (page.separator or not last.volume_list):
        return [] if page.separator else [Reason("part:separator", last.separator, last.number, CUT)]
    return [
        *([Reason("part:volume-list", last.separator, last.number, _AFTER_LIST)] if last.separator else []),
        *_by_card(last, page),
        *_by_title(before, last, page),
        *_by_count(before, last, page),
        *_by_clauses(before, page),
        *([Reason("part:signed-before", last.ending, last.number, _ENDED)] if last.ending else []),
        *([Reason("part:annex", page.annex, page.number, _ANNEX)] if page.annex else []),
    ]


def _by_card(last: Leaf, page: Leaf) -> list[Reason]:
    if page.card and not last.card:
        return [Reason("part:card", page.card, page.number, _CARD)]
    if last.card and not page.card and not page.near_card and len(page.lines) >= _LEAST_LINES_AFTER_CARD:
        return [Reason("part:after-card", page.lines[0], page.number, _AFTER_CARD)]
    return []


def _by_title(before: list[Leaf], last: Leaf, page: Leaf) -> list[Reason]:
    """The title, and what stands on the page before it that lets another document begin."""
    title = page.opening
    if title is None or page.card:
        return []
    known = {one.kind for one in before if one.kind}
    again = any(squeeze(title.quote) in one.lines for one in before)
    if (title.kind and title.kind in known) or again:
        weight = _SAME_SHORT_PAPER if ONE_SHEET in page.traits else _SAME_KIND
    elif not title.kind:
        weight = _UNKNOWN_ABOVE_ALL if title.first else _UNKNOWN
    else:
        weight = _TITLE_ABOVE_ALL if title.first else _TITLE
    reasons = [Reason(f"part:title:{title.kind}", title.quote, page.number, weight)]
    listing = any(LISTS_PAPERS in one.traits for one in before)
    fresh = title.kind != "" and not again and title.kind not in known
    if fresh and title.support >= _ENOUGH_SUPPORT and (title.large or not listing):
        reasons.append(Reason("part:page-of-that-kind", title.quote, page.number, _SUPPORTED))
    if not last.ending and ONE_SHEET in before[0].traits:
        reasons.append(
            Reason("part:short-paper-before", last.lines[-1] if last.lines else "", last.number, _SHORT_PAPER)
        )
    if before[-1].blank and not any(one.blank for one in before[:-1]):
        # The back of an odd last page; where every page has one, it says nothing.
        reasons.append(Reason("part:blank-before", "", before[-1].number, _BLANK))
    own = next((one.own_number for one in before if one.own_number), "")
    if own and page.own_number and own != page.own_number:
        reasons.append(Reason("part:other-number", page.own_number, page.number, _OTHER_NUMBER))
    elif title.kind in known | {""} and any(page.head[0] in one.head for one in before if page.head):
        reasons.append(Reason("part:running-head", page.head[0], page.number, _RUNNING_HEAD))
    return reasons


def _by_count(before: list[Leaf], last: Leaf, page: Leaf) -> list[Reason]:
    """The page number that runs on, or starts anew."""
    now = page.printed
    earlier = next((one.printed for one in reversed(before) if one.printed), None)
    if now is None:
        if last.printed is None or not last.printed.closes:
            return []
        weight = _COUNT_CLOSED if last.ending else _COUNT_CLOSED / 2
        return [Reason("part:count-closed", last.printed.quote, last.number, weight)]
    if now.number > 1:
        if earlier is not None and now.runs_on_from(earlier):
            weight = _SAME_COUNT if now.total else _NUMBERS_RUN_ON
            return [Reason("part:count-runs-on", now.quote, page.number, weight)]
        # A page that calls itself the second of several opens nothing, whatever its title.
        return [
            Reason(
                "part:not-a-first-page", now.quote, page.number, _SAME_COUNT if now.total else _NUMBERS_RUN_ON
            )
        ]
    reasons = [Reason("part:count-begins", now.quote, page.number, _COUNT_BEGINS)]
    if earlier is not None and earlier.closes:
        reasons.append(Reason("part:count-closed", earlier.quote, last.number, _COUNT_CLOSED))
    return reasons


def _by_clauses(before: list[Leaf], page: Leaf) -> list[Reason]:
    counted = next((one.clauses for one in reversed(before) if one.clauses), {})
    if continues(counted, page.clauses):
        return [Reason("part:clauses-run-on", page.lines[0], page.number, _CLAUSES_RUN_ON)]
    if begins(page.clauses) and page.opening:
        # A second contract of the same form; under another title it may be an annex whose heading was not read.
        same = page.kind != "" and page.kind in {one.kind for one in before}
        anew = same and any(last >= _FAR for _, last in counted.values())
        weight = _CLAUSES_ANEW if anew else _CLAUSES_BEGIN
        return [Reason("part:clauses-begin", page.lines[0], page.number, weight)]
    return []


def _doubt(page: Leaf, reasons: list[Reason]) -> list[str]:
    """A sentence where a page shows a strong sign of a beginning and something forbids the cut."""
    signs = sum(reason.weight for reason in reasons if reason.weight > 0)
    if signs < CUT or page.annex or page.opening is None:
        return []
    return [
        f"第 {page.number} 页像是另一份文件的首页（“{page.opening.quote.strip()}”），但与前页连续，未分件，请核对"
    ]


def _ranges(starts: list[tuple[Leaf, tuple[Reason, ...]]], last: int) -> tuple[Range, ...]:
    ends = [one.number - 1 for one, _ in starts[1:]] + [last]
    return tuple(
        Range(one.number if index else 1, end, reasons, bool(one.separator))
        for index, ((one, reasons), end) in enumerate(zip(starts, ends, strict=True))
    )


def _whole(transcript: Transcript) -> Range:
    return Range(transcript.pages[0].number, transcript.pages[-1].number)
