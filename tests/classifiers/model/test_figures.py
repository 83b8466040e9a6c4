from __future__ import annotations

import numpy as np
import pytest

from classifiers.model.figures import calibration_error, coverage, figures

ONES = np.ones(4)


def test_coverage_ends_where_too_many_are_wrong() -> None:
    right, sure = np.array([True, True, False, True]), np.array([0.99, 0.9, 0.8, 0.7])
    assert coverage(right, sure, ONES, 0.99) == (0.5, 0.9)
    assert coverage(right, sure, ONES, 0.75) == (1.0, 0.7)


def test_nothing_is_covered_where_the_surest_is_wrong() -> None:
    assert coverage(np.array([False, True]), np.array([0.9, 0.5]), ONES[:2], 0.9) == (0.0, 1.0)


def test_what_is_as_often_right_as_it_says_has_no_calibration_error() -> None:
    right = np.array([True] * 9 + [False])
    assert calibration_error(right, np.full(10, 0.9), np.ones(10)) == pytest.approx(0)
    assert calibration_error(right, np.full(10, 0.6), np.ones(10)) == pytest.approx(0.3)


def test_a_share_counts_as_often_as_it_stands_for() -> None:
    right = np.array([True, False])
    found = figures(right, right, np.array([False, True]), np.array([0.9, 0.4]), np.array([3.0, 1.0]))
    assert (found["category_right"], found["category_right_hard"]) == (0.75, 0.0)
