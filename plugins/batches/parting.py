"""What a file that was read is labelled where it may hold several documents 分件."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal

from classifiers.fact import Fact
from classifiers.labels import Labels, in_percent
from classifiers.parts import Division, Part, Range, as_one, divide, pages_of
from classifiers.parts.covered import covered
from classifiers.parts.principal import proposal
from classifiers.parts.serial import BY_SERIAL, at_serials
from classifiers.parts.sheets import at_sheets_only, divide_by_sheets
from classifiers.taxonomy import Taxonomy
from consumers.transcript import Transcript
from plugins.wiring import Rules
from retention.schedule.rule import Rule

Parting = Literal["off", "propose", "sheets", "split"]
"""`off`: a file is one document, nobody looks further. `propose`: a mixed file is filed whole, and where it
should be parted is put before a person. `split`: its documents are filed apart where that is sure, else as `propose`.
`sheets`: they are filed apart at the sheets that a person has laid in, and else as `propose`."""

Labeller = Callable[[Transcript, tuple[Fact, ...]], Labels]
"""Labels some pages by their text and the facts on them."""


@dataclass(frozen=True)
class Parted:
    """The labels of a file, and its parts where it holds two or more documents.

    `apart` is true where these are to be filed each by itself. `kept_whole` says why they are not although the
    setting asks for it (Chinese, a clause); the labels' review reasons hold it too.
    """

    labels: Labels
    parts: tuple[Part, ...] = ()
    apart: bool = False
    kept_whole: str = ""


def label_whole(
    transcript: Transcript,
    facts: tuple[Fact, ...],
    label: Labeller,
    rules: Rules,
    parting: Parting,
    sure: float = 0.0,
    decided: tuple[Range, ...] = (),
) -> Parted:
    """The labels of the file and of its parts; where these lie was `decided` before, or is looked for now.

    A label less sure than `sure` speaks against a cut beside it that no separator sheet has made.
    """
    division = Division(decided)
    if not decided and parting != "off":
        division = divide_by_sheets(transcript, rules.taxonomy) or divide(transcript, rules.taxonomy)
        division = at_serials(division, transcript, rules.asn_prefix)
    if not division.mixed:
        labels = label(transcript, facts)
        return Parted(replace(labels, review_reasons=labels.review_reasons + _doubts(division)))

    def parts_of(ranges: tuple[Range, ...]) -> tuple[Part, ...]:
        return tuple(_part(where, transcript, facts, label, rules) for where in ranges)

    parts, against = parts_of(division.ranges), ""
    if parting in ("sheets", "split") and not decided:
        against = _against(division, parts, sure, parting)
    if against and division.by_sheets and documents(division.ranges):
        # A person has parted it: what the machine is not sure of is left together between the sheets.
        division, against = at_sheets_only(division, against), ""
        parts = parts_of(division.ranges)
    whole = as_one(parts, rules.taxonomy, rules.ladder)
    whole = replace(
        whole,
        retention_rule=_longest(whole.retention_rule, parts, rules),
        review_reasons=whole.review_reasons + division.doubts,
    )
    if parting not in ("sheets", "split") or (parting == "sheets" and not division.by_sheets):
        return Parted(whole, parts)
    if against:
        return Parted(staying_whole(whole, against), parts, kept_whole=against)
    # Nobody is asked where to part it: what is left are the doubts of each document.
    left = tuple(why for why in whole.review_reasons if why != proposal(parts))
    return Parted(replace(whole, review_reasons=left), parts, apart=True)


def staying_whole(labels: Labels, why: str) -> Labels:
    """The labels of a mixed file that stays in one piece although the setting asks for parts."""
    return replace(labels, review_reasons=(*labels.review_reasons, f"未自动分件：{why}"))


def documents(ranges: tuple[Range, ...]) -> tuple[Range, ...]:
    """The ranges that are filed: a sheet that only parts others stays in the batch alone."""
    return tuple(one for one in ranges if not one.separator)


def _doubts(division: Division) -> tuple[str, ...]:
    """What is to be looked at in a file that is one document; one that is a sheet and nothing else is none."""
    alone = division.by_sheets and not documents(division.ranges)
    return (*division.doubts, *(["文件里只有封面页或分隔页，没有材料"] if alone else []))


def _against(division: Division, parts: tuple[Part, ...], sure: float, parting: Parting) -> str:
    """Why a machine must not part this file, in Chinese; empty where it may."""
    found = documents(division.ranges)
    if not found:
        return "只有分隔页或目录"
    if parting == "sheets":
        own = any(not one.range.sheet and not after.range.sheet for one, after in pairwise(parts))
        return "按设置只提议不分件" if own else ""
    read_off = [
        (before, after)
        for before, after in pairwise(parts)
        if not (before.range.separator or after.range.separator or _by_serial(after.range))
    ]
    if not read_off and len(found) > 1:
        # Somebody has put sheets in between: what is in doubt between two of them is that document's own affair.
        return ""
    if division.doubts:
        return "有的页是否另起一份尚有疑问"
    if division.undecided:
        return f"不能确定是否另起一份：第 {'、'.join(map(str, division.undecided))} 页"
    for before, after in read_off:
        # A page torn off from its document is rarely like any kind: a doubtful label is a doubtful cut.
        unsure = next((one for one in (before, after) if one.labels.confidence < sure), None)
        if unsure is not None:
            return f"第 {unsure.range.first}-{unsure.range.last} 页的类别把握只有 {in_percent(unsure.labels.confidence)}"
    return ""


def _by_serial(where: Range) -> bool:
    return any(reason.rule == BY_SERIAL for reason in where.reasons)


def _part(
    where: Range, transcript: Transcript, facts: tuple[Fact, ...], label: Labeller, rules: Rules
) -> Part:
    own = tuple(fact for fact in facts if where.first <= fact.page <= where.last)
    labels = label(pages_of(transcript, where), own)
    if where.separator:
        return Part(where, _as_separator(labels, where, rules.taxonomy))
    return Part(where, covered(labels, where.cover, rules.taxonomy, rules.ladder) if where.cover else labels)


def _as_separator(labels: Labels, where: Range, taxonomy: Taxonomy) -> Labels:
    """A sheet that parts others is none of the known kinds, whatever it lists."""
    other = taxonomy.other
    return replace(
        labels,
        category=other.category,
        kind=other.zh,
        retention_rule=other.retention,
        confidence=0.99,
        reasons=tuple(reason for reason in where.reasons if reason.page == where.first),
        review_reasons=(),
    )


def _longest(rule: str, parts: tuple[Part, ...], rules: Rules) -> str:
    """What stays in one piece is kept as long as the part that is kept longest; at a tie by the principal's rule."""
    named = [rule, *(part.labels.retention_rule for part in parts if not part.range.separator)]
    known = rules.schedule.rules
    return max((one for one in named if one in known), key=lambda one: _length(known[one]), default=rule)


def _length(rule: Rule) -> tuple[bool, int]:
    """How long a rule keeps, for comparing: for ever, or so many days."""
    if rule.period is None:
        return True, 0
    return False, rule.period.years * 366 + rule.period.months * 31 + rule.period.days
