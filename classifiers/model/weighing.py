"""Rules and n-grams weighed together: the chance of each kind, and how sure the category is."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from classifiers.model.features import RULES, Floats
from classifiers.taxonomy import OTHER, Taxonomy

UNSEEN = -0.3
"""The margin of a kind that the model has not learnt: its rules must speak for it.

Of kinds left out of training, the rules then found nine in ten papers, and took none of another kind.
"""

MOST_SURE = 0.999
"""Nothing is certain: the corpus is too small to tell one error in a thousand from none."""

VOICES = ("margin", "margin of its category", *RULES, "best title", "all rules", "is of other", "is other")
"""What is weighed for each kind; the weights are shared by all, so a kind that was added has them too."""
DOUBTS = ("odds", "lead by kinds", "lead by categories", "lead of the rules", "least lead", "length")
"""What the sureness of the category rests on."""
_UNITS = np.array([10.0, 4.0, 5.0, 3.0, 4.0])
_USUAL_LENGTH = 6.0


@dataclass(frozen=True)
class Kinds:
    """The kinds of a taxonomy as columns: their ids, the number of each one's category, the categories' ids."""

    ids: tuple[str, ...]
    categories: NDArray[np.intp]
    order: tuple[str, ...]

    @classmethod
    def of(cls, taxonomy: Taxonomy) -> Kinds:
        """Those of a taxonomy, in its order."""
        order = tuple(taxonomy.categories)
        categories = [order.index(kind.category) for kind in taxonomy.kind]
        return cls(tuple(kind.id for kind in taxonomy.kind), np.array(categories, np.intp), order)

    def by_category(self, values: Floats) -> Floats:
        """The greatest value of each category's kinds; -inf for a category that has none."""
        found: Floats = np.full(len(self.order), -np.inf)
        np.maximum.at(found, self.categories, values)
        return found


@dataclass(frozen=True)
class Weighing:
    """The weights of VOICES for a kind's chance, and those of DOUBTS (and a constant) for sureness."""

    voices: Floats
    doubts: Floats

    def chances(self, voices: Floats) -> Floats:
        """The chance of each kind; together 1."""
        heard = voices @ self.voices
        chances: Floats = np.exp(heard - heard.max())
        chances /= chances.sum()
        return chances

    def sureness(self, doubts: Floats) -> float:
        """How sure the category is, 0.0 to MOST_SURE: of a hundred at 0.9, ninety are right."""
        return min(MOST_SURE, float(1 / (1 + np.exp(-(doubts @ self.doubts[:-1] + self.doubts[-1])))))


@dataclass(frozen=True)
class Margins:
    """The model's margins for the kinds of a taxonomy: each kind's own, and that of the category it was learnt in."""

    kind: Floats
    category: Floats


def voices(margins: Margins, said: Floats, kinds: Kinds) -> Floats:
    """What speaks for each kind: a row a kind, a column each of VOICES."""
    title, total = said[:, 0], np.maximum(said.sum(axis=1), 0) / 10
    return np.column_stack(
        [
            margins.kind,
            margins.category,
            said / _UNITS,
            (title > 0) & (title == title.max()),
            total / (1 + total),
            kinds.categories == kinds.order.index(OTHER),
            np.array([kind == OTHER for kind in kinds.ids]),
        ]
    ).astype(np.float64)


def category_chances(chances: Floats, kinds: Kinds) -> Floats:
    """The chance of each category: those of its kinds together."""
    return np.bincount(kinds.categories, chances, minlength=len(kinds.order)).astype(np.float64)


def doubts(
    category: int, chances: Floats, margins: Margins, said: Floats, kinds: Kinds, length: int
) -> Floats:
    """What the sureness of a category rests on: each of DOUBTS."""
    chance = float(np.clip(category_chances(chances, kinds)[category], 1e-6, 1 - 1e-6))
    odds = float(np.clip(np.log(chance / (1 - chance)), -3, 8))
    by_kinds, by_categories, by_rules = (
        float(np.clip(_lead(kinds.by_category(values), category), -1, 1.5))
        for values in (margins.kind, margins.category, said.sum(axis=1) / 10)
    )
    least = min(by_kinds, by_categories, by_rules)
    return np.array([odds, by_kinds, by_categories, by_rules, least, np.log1p(length) - _USUAL_LENGTH])


def _lead(best: Floats, category: int) -> float:
    return float(best[category] - max(np.delete(best, category)))
