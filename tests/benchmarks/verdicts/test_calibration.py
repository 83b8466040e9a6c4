"""Confidence is held against what came true."""

from __future__ import annotations

import pytest

from benchmarks.verdicts.calibration import expected_error, reliability


def test_nine_right_of_ten_at_nine_tenths_is_no_error() -> None:
    assert expected_error([(0.9, number > 0) for number in range(10)]) == pytest.approx(0.0)


def test_bins_weigh_by_their_documents() -> None:
    marks = [(1.0, True)] * 3 + [(0.5, False)]
    assert expected_error(marks) == pytest.approx(0.5 / 4)


def test_full_confidence_falls_in_the_last_bin() -> None:
    (row,) = reliability([(1.0, True), (0.95, False)])
    assert (row["from"], row["to"], row["documents"], row["right"]) == (0.9, 1.0, 2, 0.5)


def test_nothing_judged_has_no_error() -> None:
    assert expected_error([]) == 0.0
