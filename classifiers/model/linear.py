"""The linear model: a margin for each kind and each category; and what in the text made the margin."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from classifiers.labels import Reason
from classifiers.model.features import Counts, Features, Floats
from classifiers.model.grams import Passage

TITLE_SHARE = 0.7
"""How much the title's n-grams count against the body's."""
_TRAIT_SHARE = 0.1
_MOST_TRAIT = 4.0
_WINDOW = 8


class Seen(Protocol):
    """What margins are made of."""

    @property
    def body(self) -> Counts:
        """The n-grams of the pages."""

    @property
    def title(self) -> Counts:
        """The n-grams of the lines that may be the title."""

    @property
    def layout(self) -> NDArray[np.float32]:
        """How the text is laid out."""

    @property
    def facts(self) -> Mapping[str, int]:
        """How many facts of each name and role it bears."""


@dataclass(frozen=True)
class Row:
    """A document's values in a vocabulary: `values[i]` in column `columns[i]`; `of[i]` is the n-gram's place."""

    columns: NDArray[np.intp]
    values: NDArray[np.float32]
    of: NDArray[np.intp]


@dataclass(frozen=True)
class Linear:
    """N-gram `vocabulary[i]` weighs `steps[i] * scales` for the columns: first the kinds, then the categories.

    Weights are kept in 255 steps a column: that makes a file of a few megabytes, and changes no verdict.
    Traits are the layout and the counts of the facts that `noted` names.
    """

    vocabulary: NDArray[np.uint32]
    rarity: NDArray[np.float32]
    steps: NDArray[np.int8]
    scales: NDArray[np.float32]
    noted: NDArray[np.str_]
    trait_means: NDArray[np.float32]
    trait_spreads: NDArray[np.float32]
    trait_weights: NDArray[np.float32]
    bias: NDArray[np.float32]

    def margins(self, seen: Seen) -> Floats:
        """A number a column: above 0 speaks for it, about -1 against it."""
        known = traits(seen, self.noted)
        total = self.bias + trait_row(known, self.trait_means, self.trait_spreads) @ self.trait_weights
        for counts, share in ((seen.body, 1.0), (seen.title, TITLE_SHARE)):
            row = gram_row(counts, self.vocabulary, self.rarity, share)
            total = total + (row.values @ self.steps[row.columns]) * self.scales
        return np.asarray(total, np.float64)

    def reasons(self, features: Features, kind: int, rival: int, rule: str) -> tuple[Reason, ...]:
        """The quotes that made `kind` lead over `rival`, by how much of the margin they made, most first."""
        found: list[Reason] = []
        for passages, counts, share in (
            (features.grams.body, features.body, 1.0),
            (features.grams.title, features.title, TITLE_SHARE),
        ):
            row = gram_row(counts, self.vocabulary, self.rarity, share)
            weights = self.steps[row.columns][:, [kind, rival]] * self.scales[[kind, rival]]
            lead = np.zeros(len(counts.numbers), np.float32)
            lead[row.of] = row.values * (weights[:, 0] - weights[:, 1])
            for passage in passages:
                found += _quotes(passage, (lead / counts.times).astype(np.float32), counts, rule)
        return tuple(sorted(found, key=lambda reason: -reason.weight))


def gram_row(
    counts: Counts, vocabulary: NDArray[np.uint32], rarity: NDArray[np.float32], share: float
) -> Row:
    """The n-grams that the vocabulary has, weighed by how rare they are; the row's length is `share`."""
    columns = np.minimum(np.searchsorted(vocabulary, counts.numbers), max(0, len(vocabulary) - 1))
    of = np.flatnonzero(vocabulary[columns] == counts.numbers) if len(vocabulary) else np.zeros(0, np.intp)
    columns = columns[of]
    values = (1 + np.log(counts.times[of])) * rarity[columns]
    length = float(np.sqrt(values @ values)) or 1.0
    return Row(columns, (values * (share / length)).astype(np.float32), of)


def traits(seen: Seen, noted: NDArray[np.str_]) -> NDArray[np.float32]:
    """The layout, and how many facts there are of each noted sort."""
    counts = np.array([seen.facts.get(str(name), 0) for name in noted], np.float32)
    return np.concatenate([seen.layout, np.log1p(counts)])


def trait_row(
    known: NDArray[np.float32], means: NDArray[np.float32], spreads: NDArray[np.float32]
) -> NDArray[np.float32]:
    """Traits against what is usual, within bounds."""
    row: NDArray[np.float32] = np.clip((known - means) / spreads, -_MOST_TRAIT, _MOST_TRAIT) * np.float32(
        _TRAIT_SHARE
    )
    return row


def _quotes(passage: Passage, lead: NDArray[np.float32], counts: Counts, rule: str) -> list[Reason]:
    """The stretches of a passage that lead most, a few that do not overlap."""
    if not len(passage.places):
        return []
    each = lead[np.searchsorted(counts.numbers, passage.numbers)] / passage.lengths
    marks = np.zeros(len(passage.places) + 1)
    np.add.at(marks, passage.starts, each)
    np.subtract.at(marks, passage.starts + passage.lengths, each)
    glyphs = np.cumsum(marks)[:-1]
    window = min(_WINDOW, len(glyphs))
    sums = np.convolve(glyphs, np.ones(window), "valid")
    found: list[tuple[int, float]] = []
    for start in np.argsort(-sums, kind="stable")[: 4 * window]:
        if sums[start] <= 0 or len(found) == 3:
            break
        if all(abs(int(start) - other) >= window for other, _ in found):
            found.append((int(start), float(sums[start])))
    return [
        Reason(rule, passage.quote(start, start + window), passage.page, round(weight, 3))
        for start, weight in found
    ]
