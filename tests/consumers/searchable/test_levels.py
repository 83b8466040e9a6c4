from __future__ import annotations

from itertools import pairwise

import pytest

from consumers.searchable.levels import settled
from consumers.searchable.row import Row


def _tops(*rows: tuple[float, float], height: float = 800) -> list[float]:
    return [row.top for row in settled([Row(top, size, ()) for top, size in rows], height)]


def test_rows_that_go_down_the_page_stay_where_they_are() -> None:
    assert _tops((100, 12), (115, 12), (130, 12)) == [100, 115, 130]


def test_rows_that_stand_the_wrong_way_round_meet_halfway() -> None:
    upper, lower = _tops((104, 10), (100, 10))
    assert lower - upper == pytest.approx(6)
    assert (upper + lower) / 2 == pytest.approx(102)


def test_no_row_reaches_into_the_next() -> None:
    rows = settled([Row(100, 30, ()), Row(110, 12, ()), Row(115, 40, ())], 800)
    assert all(above.top + above.size <= below.top + 0.001 for above, below in pairwise(rows))


def test_a_row_well_above_the_one_before_it_starts_a_column_and_stays() -> None:
    assert _tops((100, 12), (400, 12), (100, 12), (400, 12)) == [100, 400, 100, 400]


def test_more_rows_than_the_page_is_high_still_go_down_it() -> None:
    tops = _tops(*[(50, 1)] * 2000)
    assert tops == sorted(set(tops))
    assert 0 <= tops[0] < tops[-1] < 800


def test_a_page_without_rows_has_none() -> None:
    assert settled([], 800) == []
