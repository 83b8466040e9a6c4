"""Which kind a document is: rules and model weighed together, or the rules alone where no model fits."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from classifiers.evidence import evidence
from classifiers.fact import Fact
from classifiers.labels import Reason
from classifiers.model.features import Features, features
from classifiers.model.learnt import Model
from classifiers.model.weighing import Kinds, category_chances, doubts, voices
from classifiers.taxonomy import Kind, Taxonomy
from consumers.transcript import Transcript

_ENOUGH = 8.0
"""So much must speak for a kind before it counts as more than a guess: one plain title does."""

_PAGE = 24
"""A text of fewer characters is no page, and the model has learnt from pages: a lone line is left to the rules."""
_BY_RULES, _BY_MODEL = 6, 2
"""The most reasons that are shown of each part."""

UNFIT = "模型与分类表不符，仅按规则判断"
"""What is noted where a model was not made for the taxonomy."""


@dataclass(frozen=True)
class Judgement:
    """A kind, how sure its category is (0.0 to 1.0), and the reasons: the rules', then the model's."""

    kind: Kind
    confidence: float
    reasons: tuple[Reason, ...]


def judge(
    transcript: Transcript, taxonomy: Taxonomy, model: Model | None, facts: Iterable[Fact] | None = None
) -> Judgement:
    """What a document is; `facts` are its own, None where nobody has looked for them yet.

    Without a model, or with one that does not fit the taxonomy, the rules decide. What bears no text is `other`, and unsure.
    """
    found = evidence(transcript, taxonomy)
    if model is None:
        return _by_rules(found, taxonomy, ())
    if not model.fits(taxonomy):
        return _by_rules(found, taxonomy, (Reason("model:unfit", UNFIT, 1, 0.0),))
    kinds = Kinds.of(taxonomy)
    seen = features(transcript, found, kinds.ids, facts)
    if seen.length < _PAGE:
        return _by_rules(found, taxonomy, ())
    return _by_both(seen, found, taxonomy, kinds, model)


def _by_rules(
    found: Mapping[str, tuple[Reason, ...]], taxonomy: Taxonomy, notes: tuple[Reason, ...]
) -> Judgement:
    """The kind that most speaks for, and how sure its category is.

    Sureness compares it with the best kind of any other category: two kinds of one category may
    be close without the category being in doubt.
    """
    scores = {kind: sum(reason.weight for reason in reasons) for kind, reasons in found.items()}
    rows = {kind.id: kind for kind in taxonomy.kind}
    ranked = sorted(scores, key=lambda kind: -scores[kind])
    if not ranked or scores[ranked[0]] < _ENOUGH / 2:
        return Judgement(taxonomy.other, 0.3, (*_most(found, taxonomy.other), *notes))
    best = rows[ranked[0]]
    rival = max((scores[k] for k in ranked if rows[k].category != best.category), default=0.0)
    margin = scores[best.id] - max(rival, 0.0)
    confidence = 1 / (1 + math.exp(-0.28 * margin)) * min(1.0, scores[best.id] / _ENOUGH)
    return Judgement(best, min(0.99, confidence), (*_most(found, best), *notes))


def _by_both(
    seen: Features, found: Mapping[str, tuple[Reason, ...]], taxonomy: Taxonomy, kinds: Kinds, model: Model
) -> Judgement:
    margins = model.margins(seen, kinds)
    chances = model.weighing.chances(voices(margins, seen.said, kinds))
    category = int(category_chances(chances, kinds).argmax())
    within = kinds.categories == category
    best = int(np.where(within, chances, -1.0).argmax())
    rival = int(np.where(within, -1.0, chances).argmax())
    doubt = doubts(category, chances, margins, seen.said, kinds, seen.length)
    kind = taxonomy.kind[best]
    reasons = (*_most(found, kind), *_of_model(seen, kinds, (best, rival), model))
    return Judgement(kind, model.weighing.sureness(doubt), reasons)


def _most(found: Mapping[str, tuple[Reason, ...]], kind: Kind) -> tuple[Reason, ...]:
    return tuple(sorted(found.get(kind.id, ()), key=lambda reason: -abs(reason.weight))[:_BY_RULES])


def _of_model(seen: Features, kinds: Kinds, between: tuple[int, int], model: Model) -> tuple[Reason, ...]:
    """The quotes that made the model prefer a kind to the best one of another category; none for a kind not learnt."""
    learnt = {kind: column for column, kind in enumerate(model.about.kinds)}
    best, rival = (learnt.get(kinds.ids[column]) for column in between)
    if best is None or rival is None:
        return ()
    return model.linear.reasons(seen, best, rival, f"model:{kinds.ids[between[0]]}")[:_BY_MODEL]
