"""Is a dossier complete? Its papers and events against the list of what must be there: pure, nothing is guessed.

A paper that waits for a person's look is perhaps what it is labelled, so it neither fills a gap nor asks for anything for certain.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal, NamedTuple, get_args

from retention.households.requirement import Requirement
from retention.periods.event import EVENT_NAMES

State = Literal["here", "perhaps", "handed-over", "destroyed"]
Verdict = Literal["missing", "perhaps", "not-yet", "handed-over", "destroyed"]
_GRAVEST: tuple[Verdict, ...] = get_args(Verdict)


class Paper(NamedTuple):
    """A paper of the dossier: its labels, and the day on it (None: not found).

    `perhaps` waits for a look at its labels or its household. `dms_id` is empty where nobody may see the number; `gone_on` is the day of a
    destruction. A file that holds several documents and is not parted yet stands for each of them, as `perhaps`.
    """

    kind: str
    category: str
    state: State
    dated: date | None = None
    dms_id: str = ""
    gone_on: date | None = None


@dataclass(frozen=True)
class Finding:
    """Something that the dossier must have and that does not simply lie there.

    `because_zh` and `because_en` say what asks for it, or why it is not certain. `due` is the last day on which it need not be there yet,
    `gone_on` that of its destruction; each None where it does not apply. `papers` are the records that a person has to look at.
    """

    requirement: Requirement
    verdict: Verdict
    because_zh: str
    because_en: str
    due: date | None = None
    gone_on: date | None = None
    papers: tuple[str, ...] = ()


def findings(
    rows: Iterable[Requirement], papers: Sequence[Paper], happened: Mapping[str, date], today: date
) -> tuple[Finding, ...]:
    """What the dossier with these papers and events (kind, day) lacks, perhaps lacks, or had once, in the order of `rows`.

    Where several rows ask for the same paper, the gravest finding is told, once.
    """
    known = {event: on for event, on in happened.items() if on <= today}
    told: dict[frozenset[str], Finding] = {}
    for row in rows:
        found, same = _finding(row, tuple(papers), known, today), frozenset(row.any_of)
        if found and (same not in told or _GRAVEST.index(found.verdict) < _GRAVEST.index(told[same].verdict)):
            told[same] = found
    return tuple(told.values())


def _finding(
    row: Requirement, papers: tuple[Paper, ...], happened: Mapping[str, date], today: date
) -> Finding | None:
    standing = [one for one in papers if one.state != "destroyed"]
    sure = [one for one in standing if one.state != "perhaps"]
    # What a doubtful paper asks for, or makes needless, is doubtful as well.
    certain = _asked_for(row, sure, happened) and not _released(row, standing, happened)
    possible = _asked_for(row, standing, happened) and not _released(row, sure, happened)
    there = {one.state for one in papers if one.kind in row.any_of}
    if not possible or "here" in there:
        return None
    zh, en = _because(row, sure if certain else standing, happened)
    if "handed-over" in there:
        return Finding(row, "handed-over", zh, en)
    if "destroyed" in there:
        days = [one.gone_on for one in papers if one.kind in row.any_of and one.gone_on]
        return Finding(row, "destroyed", zh, en, gone_on=max(days, default=None))
    if "perhaps" in there:
        return _perhaps(
            row,
            [one for one in standing if one.kind in row.any_of],
            "已有一件，待核",
            "one is there, to be checked",
        )
    due = None
    if row.within_days is not None:
        start = _start(row, sure, happened)
        if start is None:
            begun = [one for one in standing if one.kind in row.after_kinds]
            doubt = "起算日期不明，请核对", "it is not clear from which day it counts"
            return _perhaps(row, begun, *doubt) if begun else None
        due = start + timedelta(days=row.within_days)
        if today <= due:
            return Finding(row, "not-yet", zh, en, due)
    if not certain:
        doubtful = [one for one in standing if one.state == "perhaps" and _touches(row, one)]
        return _perhaps(row, doubtful, f"{zh}；是否应有，待核对后定", f"{en}, which is to be checked", due)
    return Finding(row, "missing", zh, en, due)


def _perhaps(row: Requirement, papers: list[Paper], zh: str, en: str, due: date | None = None) -> Finding:
    return Finding(row, "perhaps", zh, en, due, papers=tuple(one.dms_id for one in papers if one.dms_id))


def _asked_for(row: Requirement, papers: Sequence[Paper], happened: Mapping[str, date]) -> bool:
    kinds = {one.kind for one in papers}
    called = any(
        one.kind in row.when_kinds or one.category in row.when_categories for one in papers
    ) or not happened.keys().isdisjoint(row.when_events)
    return called and kinds.issuperset(row.dossier_has)


def _released(row: Requirement, papers: Sequence[Paper], happened: Mapping[str, date]) -> bool:
    return any(one.kind in row.unless_kinds for one in papers) or not happened.keys().isdisjoint(
        row.unless_events
    )


def _start(row: Requirement, papers: Sequence[Paper], happened: Mapping[str, date]) -> date | None:
    days = [one.dated for one in papers if one.dated and one.kind in row.after_kinds]
    days += [happened[event] for event in row.after_events if event in happened]
    return min(days, default=None)


def _touches(row: Requirement, one: Paper) -> bool:
    return one.kind in row.kinds or one.category in row.when_categories


def _because(row: Requirement, papers: Sequence[Paper], happened: Mapping[str, date]) -> tuple[str, str]:
    kinds = {one.kind for one in papers}
    for kind in row.when_kinds:
        if kind in kinds:
            return f"有{kind}", f"there is {kind}"
    for event in row.when_events:
        if event in happened:
            zh, en = EVENT_NAMES[event]
            return f"{zh} {happened[event]}", f"{en} on {happened[event]}"
    kind = next(one.kind for one in papers if one.category in row.when_categories)
    return f"有{kind}", f"there is {kind}"
