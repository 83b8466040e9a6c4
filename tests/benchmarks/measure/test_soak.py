"""The growth of a worker's memory is told apart from its size."""

from __future__ import annotations

import pytest

from benchmarks.measure import soak


def test_flat_memory_has_no_slope_and_growing_memory_has_its_own() -> None:
    flat = [{"pages": pages, "mb": 1000.0} for pages in (50, 100, 150)]
    growing = [{"pages": pages, "mb": 900.0 + pages * 0.5} for pages in (50, 100, 150)]
    assert soak.slope(flat) == pytest.approx(0, abs=0.1)
    assert soak.slope(growing) == pytest.approx(50)
    assert soak.slope(flat[:1]) is None
