"""What a file that was read is labelled where it may hold several documents 分件."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Literal

from classifiers.fact import Fact
from classifiers.labels import Labels
from classifiers.parts import Division, Part, Range, as_one, divide, pages_of
from classifiers.taxonomy import Taxonomy
from consumers.transcript import Transcript
from plugins.wiring import Rules
from retention.schedule.rule import Rule

Parting = Literal["off", "propose"]
"""`off`: a file is one document, nobody looks further. `propose`: a mixed file is filed whole, and where it
should be parted is put before a person."""

Labeller = Callable[[Transcript, tuple[Fact, ...]], Labels]
"""Labels some pages by their text and the facts on them."""


def label_whole(
    transcript: Transcript, facts: tuple[Fact, ...], label: Labeller, rules: Rules, parting: Parting
) -> tuple[Labels, tuple[Part, ...]]:
    """The labels of the file, and its parts where it holds two or more documents."""
    division = divide(transcript, rules.taxonomy) if parting != "off" else Division(())
    if not division.mixed:
        labels = label(transcript, facts)
        return replace(labels, review_reasons=labels.review_reasons + division.doubts), ()
    parts = tuple(_part(where, transcript, facts, label, rules.taxonomy) for where in division.ranges)
    whole = as_one(parts, rules.taxonomy, rules.ladder)
    return replace(
        whole,
        retention_rule=_longest(whole.retention_rule, parts, rules),
        review_reasons=whole.review_reasons + division.doubts,
    ), parts


def _part(
    where: Range, transcript: Transcript, facts: tuple[Fact, ...], label: Labeller, taxonomy: Taxonomy
) -> Part:
    own = tuple(fact for fact in facts if where.first <= fact.page <= where.last)
    labels = label(pages_of(transcript, where), own)
    return Part(where, _as_separator(labels, where, taxonomy) if where.separator else labels)


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
