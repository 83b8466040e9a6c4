"""Learning: from texts to a model, with figures found on makers that it had not seen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from classifiers.corpus.writing import Text, check_kinds, fingerprint
from classifiers.errors import BadCorpus
from classifiers.model.features import RULES, Floats
from classifiers.model.figures import figures
from classifiers.model.fitting import fit_doubts, fit_linear, fit_voices
from classifiers.model.learnt import FORMAT, About, Model
from classifiers.model.linear import Linear
from classifiers.model.sample import FOLDS, Sample, folds, samples, seen_in
from classifiers.model.weighing import Kinds, Margins, Weighing, category_chances, doubts, voices
from classifiers.taxonomy import Taxonomy

SCANS = 8
"""So many scans of each text are learnt from."""

UNHEARD = 0.25
"""How often the rules of the right kind are taken to have stayed silent when parts are weighed.

Whoever writes rules reads the corpus, so they fire on it as they never will on a stranger's papers: at this share
they find as much of it as they did before anybody had read it.
"""

_HARD = 0.3
"""The share of hard documents that the figures stand for; the corpus holds more of them than an office sees."""


def learn(
    texts: tuple[Text, ...], taxonomy: Taxonomy, *, date: str, seed: int = 1, scans: int = SCANS
) -> Model:
    """A model of the texts; the same texts, taxonomy, date and seed give the same model.

    Raises BadCorpus for a text of an unknown kind, or where there is but one maker of each.
    """
    check_kinds(texts, taxonomy)
    kinds = Kinds.of(taxonomy)
    if len(set(folds(texts))) < 2:
        raise BadCorpus(
            "no kind has texts of two makers, and one must be left out to judge by; write more texts"
        )
    seen = list(samples(texts, taxonomy, str(seed), scans))
    margins = _left_out(seen, kinds, seed)
    weighing, found = _weigh(seen, margins, kinds, seed)
    learnt = sorted({one.kind for one in seen})
    about = About(
        format=FORMAT,
        taxonomy=taxonomy.version,
        kinds=tuple(kinds.ids[column] for column in learnt),
        drawers=tuple(kinds.order[kinds.categories[column]] for column in learnt),
        categories=kinds.order,
        corpus=fingerprint(texts),
        seen=seen_in(texts, taxonomy),
        texts=len(texts),
        seed=seed,
        date=date,
        figures=found,
    )
    linear = _of_kinds(fit_linear(seen, kinds, seed), learnt, len(kinds.ids))
    return Model(about, linear, weighing)


def _of_kinds(linear: Linear, kinds: Sequence[int], of_all: int) -> Linear:
    """The model without the columns of the kinds that there were no texts of."""
    columns = [*kinds, *range(of_all, len(linear.bias))]
    return replace(
        linear,
        steps=np.ascontiguousarray(linear.steps[:, columns]),
        scales=linear.scales[columns],
        trait_weights=np.ascontiguousarray(linear.trait_weights[:, columns]),
        bias=linear.bias[columns],
    )


def _left_out(seen: Sequence[Sample], kinds: Kinds, seed: int) -> list[Margins]:
    """The margins of every sample, from a model that learnt from the other makers only."""
    found: dict[int, Margins] = {}
    size = len(kinds.ids)
    for fold in sorted({one.fold for one in seen}):
        linear = fit_linear([one for one in seen if one.fold != fold], kinds, seed)
        for row, one in enumerate(seen):
            if one.fold == fold:
                margins = linear.margins(one)
                found[row] = Margins(margins[:size], margins[size:][kinds.categories])
    return [found[row] for row in range(len(seen))]


def _weigh(
    seen: Sequence[Sample], margins: Sequence[Margins], kinds: Kinds, seed: int
) -> tuple[Weighing, dict[str, float]]:
    """The weighing of all, and the figures of weighings that had not seen the makers that they judge."""
    right = np.array([one.kind for one in seen])
    rules = _unheard(np.array([one.said for one in seen]), right, seed)
    heard = np.array([voices(row, said, kinds) for row, said in zip(margins, rules, strict=True)])
    fold = np.array([one.fold for one in seen])
    shares = _shares(np.array([one.hard for one in seen]))
    chances = np.zeros((len(seen), len(kinds.ids)))
    for part in range(FOLDS):
        out = fold == part
        weights = fit_voices(heard[~out], right[~out], kinds, shares[~out])
        chances[out] = _chances(heard[out], weights)
    said = np.array([category_chances(row, kinds) for row in chances])
    chosen = said.argmax(axis=1)
    rows = zip(chosen, chances, margins, rules, seen, strict=True)
    doubted = np.array([doubts(c, p, m, said, kinds, one.length) for c, p, m, said, one in rows])
    good = chosen == kinds.categories[right]
    sure = np.zeros(len(seen))
    for part in range(FOLDS):
        out = fold == part
        weights = fit_doubts(doubted[~out], good[~out], shares[~out])
        sure[out] = 1 / (1 + np.exp(-(doubted[out] @ weights[:-1] + weights[-1])))
    weighing = Weighing(fit_voices(heard, right, kinds, shares), fit_doubts(doubted, good, shares))
    found = figures(good, chances.argmax(axis=1) == right, np.array([one.hard for one in seen]), sure, shares)
    return weighing, found


def _unheard(rules: Floats, right: NDArray[np.intp], seed: int) -> Floats:
    """What the rules said, with what spoke for the right kind, or against any, left out of some."""
    chance = np.random.default_rng(seed)
    rules = rules.copy()
    silent = np.flatnonzero(chance.random(len(rules)) < UNHEARD)
    rules[silent, right[silent]] = np.minimum(rules[silent, right[silent]], 0)
    rules[chance.random(len(rules)) < UNHEARD, :, RULES.index("against")] = 0
    return rules


def _chances(heard: Floats, weights: Floats) -> Floats:
    sums = heard @ weights
    chances: Floats = np.exp(sums - sums.max(axis=1, keepdims=True))
    chances /= chances.sum(axis=1, keepdims=True)
    return chances


def _shares(hard: NDArray[np.bool_]) -> Floats:
    share = hard.mean()
    if share in (0.0, 1.0):
        return np.ones(len(hard))
    shares: Floats = np.where(hard, _HARD / share, (1 - _HARD) / (1 - share))
    return shares
