"""Transcript and Facts become Labels: the one verdict on a document, with its reasons."""

from __future__ import annotations

from classifiers import personal_data
from classifiers.confidentiality import Ladder, level_of, printed_level
from classifiers.fact import Fact
from classifiers.facts import document_date_year
from classifiers.facts.doubts import doubts_zh
from classifiers.judging import judge
from classifiers.labels import Labels, in_percent
from classifiers.model import learnt
from classifiers.model.learnt import Model
from classifiers.taxonomy import OTHER, Taxonomy
from consumers.transcript import Transcript

SURE = 0.9
"""A document whose category is less sure than this goes to a person."""


def label(
    transcript: Transcript,
    facts: tuple[Fact, ...],
    taxonomy: Taxonomy,
    ladder: Ladder,
    sure: float = SURE,
    model: Model | None = None,
) -> Labels:
    """The verdict, by the shipped model where no other is given.

    What nobody recognises is `other`, with a reason to look at it.
    """
    judgement = judge(transcript, taxonomy, model or learnt.shipped(), facts)
    kind = judgement.kind
    of_people = personal_data.found(transcript, facts)
    level, level_reasons = level_of(
        kind.confidentiality,
        concerns_customer=kind.category != OTHER,
        mark=printed_level(transcript, ladder),
        found=of_people,
        ladder=ladder,
    )
    return Labels(
        category=kind.category,
        kind=kind.zh,
        confidence=round(judgement.confidence, 3),
        reasons=judgement.reasons + level_reasons,
        confidentiality=level,
        personal_data=personal_data.flag(kind.personal_data, facts, of_people),
        retention_rule=kind.retention,
        review_reasons=(
            *_review_reasons(transcript, judgement.confidence, sure),
            *doubts_zh(facts),
            *document_date_year.doubts_zh(transcript, facts),
        ),
    )


def _review_reasons(transcript: Transcript, confidence: float, sure: float) -> tuple[str, ...]:
    reasons = []
    if confidence < sure:
        reasons.append(f"类别把握只有 {in_percent(confidence)}，请核对类别")
    if not any(page.lines for page in transcript.pages):
        reasons.append("没有读到任何文字，请核对原件")
    for page in transcript.pages:
        reasons.extend(f"第 {page.number} 页文字可疑：{why}" for why in page.doubtful)
    return tuple(reasons)
