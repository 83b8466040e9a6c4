"""How much may be filed unseen."""

from __future__ import annotations

from benchmarks.verdicts.coverage import Point, best, curve


def test_the_surest_come_first() -> None:
    assert curve([(0.6, False), (0.9, True)]) == [Point(0.9, 0.5, 1.0), Point(0.6, 1.0, 0.5)]


def test_documents_that_are_equally_sure_can_not_be_parted() -> None:
    assert curve([(0.9, True), (0.9, False)]) == [Point(0.9, 1.0, 0.5)]


def test_the_widest_point_that_is_precise_enough_counts_though_a_nearer_one_is_not() -> None:
    points = [Point(0.9, 0.1, 0.5), Point(0.8, 0.6, 0.996), Point(0.7, 1.0, 0.9)]
    assert best(points).coverage == 0.6


def test_a_side_that_is_never_precise_enough_may_file_nothing() -> None:
    assert best([Point(0.9, 1.0, 0.9)]).coverage == 0.0
