"""What a cover sheet says of a document, taken into its labels: a person decided the kind."""

from __future__ import annotations

from dataclasses import replace

from classifiers.confidentiality import Ladder
from classifiers.labels import Labels, PersonalData, Reason
from classifiers.parts.cover import Cover
from classifiers.parts.dividing import CUT
from classifiers.taxonomy import Taxonomy

BY_COVER = "cover:kind"
AS_TOLD = 0.999
"""How sure a kind is that a person has laid a sheet in for: the sheet may have been the wrong one."""
_UNSURE = "类别把握只有"
_RANK: dict[PersonalData, int] = {"none": 0, "personal": 1, "sensitive": 2}


def covered(labels: Labels, cover: Cover, taxonomy: Taxonomy, ladder: Ladder) -> Labels:
    """The labels with the kind of the cover, and its troubles among what a person has to look at.

    Level and flag go up with the kind, never down. A kind that the taxonomy does not have changes nothing and is told.
    """
    told = labels.review_reasons + cover.troubles
    if not cover.kind:
        return replace(labels, review_reasons=told)
    kind = next((one for one in taxonomy.kind if one.id == cover.kind), None)
    if kind is None:
        why = f"第 {cover.page} 页封面页写的文种“{cover.kind}”不在分类表中，请核对文种"
        return replace(labels, review_reasons=(*told, why))
    return replace(
        labels,
        category=kind.category,
        kind=kind.zh,
        confidence=AS_TOLD,
        reasons=(Reason(BY_COVER, kind.zh, cover.page, CUT), *labels.reasons),
        confidentiality=ladder.higher(labels.confidentiality, kind.confidentiality),
        personal_data=max((labels.personal_data, kind.personal_data), key=_RANK.__getitem__),
        retention_rule=kind.retention,
        review_reasons=tuple(why for why in told if not why.startswith(_UNSURE)),
    )
