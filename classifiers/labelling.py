"""Transcript and Facts become Labels: the one verdict on a document, with its reasons."""

from __future__ import annotations

import math

from classifiers.confidentiality import Ladder, printed_level
from classifiers.evidence import evidence
from classifiers.fact import Fact
from classifiers.labels import Labels, PersonalData, Reason
from classifiers.taxonomy import Kind, Taxonomy
from consumers.transcript import Transcript

SURE = 0.75
"""A document whose category is less sure than this goes to a person."""

_ENOUGH = 8.0
"""So much must speak for a kind before it counts as more than a guess: one plain title does."""

_SHOWN_REASONS = 6


def label(
    transcript: Transcript, facts: tuple[Fact, ...], taxonomy: Taxonomy, ladder: Ladder, sure: float = SURE
) -> Labels:
    """The verdict. Never raises: what nobody recognises is `other`, with a reason to look at it."""
    found = evidence(transcript, taxonomy)
    scores = {kind: sum(reason.weight for reason in reasons) for kind, reasons in found.items()}
    kind, confidence = _decide(scores, taxonomy)
    reasons = tuple(sorted(found.get(kind.id, ()), key=lambda r: -abs(r.weight))[:_SHOWN_REASONS])
    level, level_reasons = _level(kind, transcript, ladder)
    return Labels(
        category=kind.category,
        kind=kind.zh,
        confidence=round(confidence, 3),
        reasons=reasons + level_reasons,
        confidentiality=level,
        personal_data=_personal_data(kind, facts),
        retention_rule=kind.retention,
        review_reasons=_review_reasons(transcript, confidence, sure),
    )


def _decide(scores: dict[str, float], taxonomy: Taxonomy) -> tuple[Kind, float]:
    """The kind that most speaks for, and how sure its category is.

    Sureness compares it with the best kind of any other category: two kinds of one category may
    be close without the category being in doubt.
    """
    rows = {kind.id: kind for kind in taxonomy.kind}
    ranked = sorted(scores, key=lambda kind: -scores[kind])
    if not ranked or scores[ranked[0]] < _ENOUGH / 2:
        return taxonomy.other, 0.3
    best = rows[ranked[0]]
    rival = max((scores[k] for k in ranked if rows[k].category != best.category), default=0.0)
    margin = scores[best.id] - max(rival, 0.0)
    confidence = 1 / (1 + math.exp(-0.28 * margin))
    enough = min(1.0, scores[best.id] / _ENOUGH)
    return best, min(0.99, confidence * enough)


def _level(kind: Kind, transcript: Transcript, ladder: Ladder) -> tuple[str, tuple[Reason, ...]]:
    """The kind's own level, raised by a mark printed on the paper; never lowered by one."""
    mark = printed_level(transcript, ladder)
    if mark is None or ladder.rank(mark.name) <= ladder.rank(kind.confidentiality):
        return kind.confidentiality, ()
    return mark.name, (mark.reason(),)


def _personal_data(kind: Kind, facts: tuple[Fact, ...]) -> PersonalData:
    """The kind's flag; a paper that names a person is personal whatever its kind (PIPL art. 4)."""
    names_someone = any(fact.name in ("id_number", "phone", "person_name") for fact in facts)
    if kind.personal_data == "none" and names_someone:
        return "personal"
    return kind.personal_data


def _review_reasons(transcript: Transcript, confidence: float, sure: float) -> tuple[str, ...]:
    reasons = []
    if confidence < sure:
        reasons.append(f"类别把握只有 {confidence:.0%}，请核对类别")
    if not any(page.lines for page in transcript.pages):
        reasons.append("没有读到任何文字，请核对原件")
    for page in transcript.pages:
        reasons.extend(f"第 {page.number} 页文字可疑：{why}" for why in page.doubtful)
    return tuple(reasons)
