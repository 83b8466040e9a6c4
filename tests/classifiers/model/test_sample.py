from __future__ import annotations

import numpy as np

from classifiers.model.sample import folds, samples
from tests.classifiers.model.little import TAXONOMY, texts


def test_all_scans_of_a_maker_fall_in_one_part() -> None:
    seen = list(samples(texts(), TAXONOMY, "1", 3))
    assert len(seen) == 3 * len(texts())
    parts = {one.text: set[int]() for one in seen}
    for one in seen:
        parts[one.text].add(one.fold)
    assert all(len(part) == 1 for part in parts.values())


def test_makers_of_one_kind_fall_in_different_parts() -> None:
    rows = texts()
    found = folds(rows)
    assert {part for text, part in zip(rows, found, strict=True) if text.kind == "receipt"} == {0, 1, 2, 3, 4}


def test_scans_of_one_text_differ_and_are_the_same_next_time() -> None:
    one, other = list(samples(texts()[:1], TAXONOMY, "1", 2))
    again = next(samples(texts()[:1], TAXONOMY, "1", 2))
    assert not np.array_equal(one.body.numbers, other.body.numbers)
    assert np.array_equal(one.body.numbers, again.body.numbers)
