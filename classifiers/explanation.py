"""Why a kind and no other: the rules that fired, the n-grams that weighed, the next best kind."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from classifiers.evidence import evidence
from classifiers.fact import Fact
from classifiers.judging import Judgement, judge
from classifiers.labels import Reason
from classifiers.model.features import features
from classifiers.model.learnt import Model
from classifiers.model.weighing import Kinds, voices
from classifiers.taxonomy import Kind, Taxonomy
from consumers.transcript import Transcript

_MOST_GRAMS = 6
_RIVALS = 3


@dataclass(frozen=True)
class Rival:
    """Another kind that there was reason to think of: its chance (None by rules alone), and its rules that fired."""

    kind: Kind
    chance: float | None
    rules: tuple[Reason, ...]


@dataclass(frozen=True)
class Explanation:
    """The verdict and all that made it. `rules` are those of the kind, heaviest first, those against it included.

    `grams_for` are stretches of text that speak for the kind against the first rival, `grams_against` those that
    speak for the rival, each with how much of the model's margin it made. `chance` is the kind's own.
    """

    judgement: Judgement
    chance: float | None
    rules: tuple[Reason, ...]
    grams_for: tuple[Reason, ...]
    grams_against: tuple[Reason, ...]
    rivals: tuple[Rival, ...]
    margins: tuple[float, float] | None
    """The model's margins of the kind and of its first rival: above 0 speaks for a kind, about -1 against it."""


def explain(
    transcript: Transcript, taxonomy: Taxonomy, model: Model | None, facts: tuple[Fact, ...] | None = None
) -> Explanation:
    """The explanation of `judge`'s verdict on the same document; `facts` as there."""
    judgement = judge(transcript, taxonomy, model, facts)
    found = evidence(transcript, taxonomy)
    rules = {
        kind: tuple(sorted(reasons, key=lambda one: -abs(one.weight))) for kind, reasons in found.items()
    }
    own = rules.get(judgement.kind.id, ())
    kinds = Kinds.of(taxonomy)
    seen = features(transcript, found, kinds.ids, facts)
    if model is None or not model.fits(taxonomy) or not seen.length:
        sums = {kind: sum(reason.weight for reason in reasons) for kind, reasons in found.items()}
        ranked = [
            kind
            for kind in sorted(taxonomy.kind, key=lambda kind: -sums.get(kind.id, 0))
            if sums.get(kind.id, 0) > 0
        ]
        rivals = [Rival(kind, None, rules[kind.id]) for kind in ranked if kind.id != judgement.kind.id]
        return Explanation(judgement, None, own, (), (), tuple(rivals[:_RIVALS]), None)
    margins = model.margins(seen, kinds)
    chances = model.weighing.chances(voices(margins, seen.said, kinds))
    best = kinds.ids.index(judgement.kind.id)
    order = [int(column) for column in np.argsort(-chances, kind="stable") if int(column) != best]
    category = judgement.kind.category
    near = order[: _RIVALS - 1]
    # The sureness is about the category, so the best kind of another one belongs to the answer.
    near += [at for at in order[len(near) :] if taxonomy.kind[at].category != category][:1]
    rivals = [Rival(taxonomy.kind[at], float(chances[at]), rules.get(kinds.ids[at], ())) for at in near]
    columns = {kind: column for column, kind in enumerate(model.about.kinds)}
    here, there = columns.get(kinds.ids[best]), columns.get(kinds.ids[order[0]])
    speaks_for: tuple[Reason, ...] = ()
    against: tuple[Reason, ...] = ()
    if here is not None and there is not None:
        speaks_for = model.linear.reasons(seen, here, there, f"model:{kinds.ids[best]}")[:_MOST_GRAMS]
        against = model.linear.reasons(seen, there, here, f"model:{kinds.ids[order[0]]}")[:_MOST_GRAMS]
    between = (float(margins.kind[best]), float(margins.kind[order[0]]))
    return Explanation(judgement, float(chances[best]), own, speaks_for, against, tuple(rivals), between)
