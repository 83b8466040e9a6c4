"""Training: the linear model by a support vector machine, the weighing and the sureness by likelihood."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from classifiers.model.features import Floats
from classifiers.model.linear import TITLE_SHARE, Linear, gram_row, trait_row, traits
from classifiers.model.sample import Sample
from classifiers.model.weighing import Kinds

MOST_GRAMS = 40_000
"""So many n-grams are kept, those that weigh most: what a file of a few megabytes holds."""

_LEAST_TEXTS = 2
_LEAST_NOTED = 10
_COST = 1.0
_OF_CATEGORY = 0.7
_LEAST_SPREAD = 0.2
_ABSENT = -2.0


def fit_linear(samples: Sequence[Sample], kinds: Kinds, seed: int) -> Linear:
    """The linear model of the samples: a column each for the kinds, then for the categories."""
    vocabulary = _vocabulary(samples)
    weights, first = _fit(samples, vocabulary, kinds, seed)
    if len(vocabulary) > MOST_GRAMS:
        worth = np.linalg.norm(weights * first.rarity[:, None], axis=1)
        vocabulary = np.sort(vocabulary[np.argsort(-worth, kind="stable")[:MOST_GRAMS]])
        weights, first = _fit(samples, vocabulary, kinds, seed)
    scales = np.maximum(np.abs(weights).max(axis=0, initial=0.0), 1e-9) / 127
    return replace(first, steps=np.rint(weights / scales).astype(np.int8), scales=scales.astype(np.float32))


def _vocabulary(samples: Sequence[Sample]) -> NDArray[np.uint32]:
    """The n-grams of more than one text: what stands in one alone is a name or its maker's whim."""
    pairs = [
        np.unique(np.concatenate([one.body.numbers, one.title.numbers])).astype(np.uint64) << np.uint64(24)
        | np.uint64(one.text)
        for one in samples
    ]
    numbers, texts = np.unique(np.unique(np.concatenate(pairs)) >> np.uint64(24), return_counts=True)
    kept: NDArray[np.uint32] = numbers[texts >= _LEAST_TEXTS].astype(np.uint32)
    return kept


def _fit(
    samples: Sequence[Sample], vocabulary: NDArray[np.uint32], kinds: Kinds, seed: int
) -> tuple[Floats, Linear]:
    """The weights of the n-grams, and all the rest as a model that has none yet."""
    rarity, noted = _rarity(samples, vocabulary), _noted(samples)
    known = np.array([traits(one, noted) for one in samples])
    means, spreads = known.mean(axis=0), known.std(axis=0) + np.float32(_LEAST_SPREAD)
    rows = np.array([trait_row(row, means, spreads) for row in known])
    matrix = _matrix(samples, vocabulary, rarity, rows)
    kind = np.array([one.kind for one in samples])
    parts = (
        _machine(matrix, kind, len(kinds.ids), seed),
        _machine(matrix, kinds.categories[kind], len(kinds.order), seed),
    )
    weights, bias = (np.concatenate(both, axis=-1) for both in zip(*parts, strict=True))
    size = len(vocabulary)
    return weights[:size], Linear(
        vocabulary=vocabulary,
        rarity=rarity,
        steps=np.zeros((0, len(bias)), np.int8),
        scales=np.zeros(len(bias), np.float32),
        noted=noted,
        trait_means=means,
        trait_spreads=spreads,
        trait_weights=weights[size:].astype(np.float32),
        bias=bias.astype(np.float32),
    )


def _machine(matrix: Any, right: NDArray[np.intp], columns: int, seed: int) -> tuple[Floats, Floats]:
    """The weights and biases of a support vector machine, one against the rest; nothing for what is absent."""
    from sklearn.svm import LinearSVC

    machine = LinearSVC(C=_COST, class_weight="balanced", random_state=seed).fit(matrix, right)
    weights, bias = np.zeros((matrix.shape[1], columns)), np.full(columns, _ABSENT)
    # Between two classes there is one plane, and it speaks for the second.
    planes, biases = machine.coef_, machine.intercept_
    if len(machine.classes_) == 2:
        planes, biases = np.vstack([-planes, planes]), np.concatenate([-biases, biases])
    weights[:, machine.classes_], bias[machine.classes_] = planes.T, biases
    return weights, bias


def _noted(samples: Sequence[Sample]) -> NDArray[np.str_]:
    """The names of facts that stand in enough texts to learn from."""
    texts: dict[str, set[int]] = {}
    for one in samples:
        for name in one.facts:
            texts.setdefault(name, set()).add(one.text)
    return np.array(sorted(name for name, where in texts.items() if len(where) >= _LEAST_NOTED), np.str_)


def _rarity(samples: Sequence[Sample], vocabulary: NDArray[np.uint32]) -> NDArray[np.float32]:
    seen = np.zeros(len(vocabulary), np.int64)
    ones = np.ones(len(vocabulary), np.float32)
    for one in samples:
        for counts in (one.body, one.title):
            seen[gram_row(counts, vocabulary, ones, 1.0).columns] += 1
    return (np.log((len(samples) + 1) / (seen + 1)) + 1).astype(np.float32)


def _matrix(
    samples: Sequence[Sample],
    vocabulary: NDArray[np.uint32],
    rarity: NDArray[np.float32],
    rows_of_traits: NDArray[np.float32],
) -> Any:
    from scipy import sparse

    parts = []
    for share, of_title in ((1.0, False), (TITLE_SHARE, True)):
        rows = [gram_row(one.title if of_title else one.body, vocabulary, rarity, share) for one in samples]
        ends = np.cumsum([0, *(len(row.columns) for row in rows)])
        filled = (
            np.concatenate([row.values for row in rows]),
            np.concatenate([row.columns for row in rows]),
            ends,
        )
        parts.append(sparse.csr_matrix(filled, shape=(len(samples), len(vocabulary))))
    return sparse.hstack([parts[0] + parts[1], sparse.csr_matrix(rows_of_traits)]).tocsr()


def fit_voices(voices: Floats, right: NDArray[np.intp], kinds: Kinds, shares: Floats) -> Floats:
    """The weights of the voices (samples, kinds, voices) that make the right kind, and category, likeliest."""
    from scipy.optimize import minimize

    rows = np.arange(len(right))
    same = kinds.categories[None, :] == kinds.categories[right][:, None]
    shares = shares / shares.sum()

    def loss(weights: Floats) -> tuple[float, Floats]:
        heard = voices @ weights
        chances = np.exp(heard - heard.max(axis=1, keepdims=True))
        chances /= chances.sum(axis=1, keepdims=True)
        of_kind = np.maximum(chances[rows, right], 1e-12)
        of_category = np.maximum((chances * same).sum(axis=1), 1e-12)
        likely = (1 - _OF_CATEGORY) * np.log(of_kind) + _OF_CATEGORY * np.log(of_category)
        slope = chances - _OF_CATEGORY * np.where(same, chances / of_category[:, None], 0)
        slope[rows, right] -= 1 - _OF_CATEGORY
        slope *= shares[:, None]
        return -float(shares @ likely) + 1e-3 * float(weights @ weights), np.einsum(
            "nk,nkv->v", slope, voices
        ) + 2e-3 * weights

    found: Floats = minimize(loss, np.zeros(voices.shape[2]), jac=True, method="L-BFGS-B").x
    return found


def fit_doubts(doubts: Floats, right: NDArray[np.bool_], shares: Floats) -> Floats:
    """The weights of the doubts, and a constant, by which the sureness is the share of right ones."""
    from sklearn.linear_model import LogisticRegression

    if right.all() or not right.any():
        even = np.log((right.sum() + 1) / ((~right).sum() + 1))
        return np.array([*np.zeros(doubts.shape[1]), even])
    machine = LogisticRegression(C=1.0).fit(doubts, right, sample_weight=shares)
    return np.array([*machine.coef_[0], machine.intercept_[0]])
