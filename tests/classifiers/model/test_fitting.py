from __future__ import annotations

import numpy as np

from classifiers.model.fitting import fit_doubts, fit_voices
from classifiers.model.weighing import Kinds
from tests.classifiers.model.little import TAXONOMY, model

KINDS = Kinds.of(TAXONOMY)


def test_a_voice_that_tells_the_right_kind_gets_the_weight() -> None:
    chance = np.random.default_rng(1)
    right = chance.integers(0, len(KINDS.ids), 300)
    heard = chance.normal(size=(300, len(KINDS.ids), 2))
    heard[np.arange(300), right, 0] += 4
    telling, silent = fit_voices(heard, right, KINDS, np.ones(300))
    assert telling > 5 * abs(silent)


def test_where_all_are_right_the_sureness_stays_below_certainty() -> None:
    weights = fit_doubts(np.zeros((9, 3)), np.ones(9, bool), np.ones(9))
    assert list(weights[:3]) == [0, 0, 0]
    assert 0 < weights[3] < 5


def test_the_vocabulary_is_sorted_and_of_more_than_one_text() -> None:
    vocabulary = model().linear.vocabulary
    assert np.array_equal(vocabulary, np.unique(vocabulary))
    assert model().linear.steps.shape == (len(vocabulary), len(model().linear.bias))
