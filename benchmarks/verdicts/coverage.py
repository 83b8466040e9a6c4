"""Coverage against precision: how much may be filed unseen, and how much of that is right."""

from __future__ import annotations

from dataclasses import dataclass

from benchmarks.verdicts.calibration import Marks

WANTED_COVERAGE, WANTED_PRECISION = 0.85, 0.995
"""The target: so much filed without review, and so much of it right."""


@dataclass(frozen=True)
class Point:
    """Documents at least as sure as `confidence`: their share of all, and the share of them that is right."""

    confidence: float
    coverage: float
    precision: float


def curve(marks: Marks) -> list[Point]:
    """A point for each confidence that occurs, from the surest on; equally sure documents come together."""
    ranked = sorted(marks, key=lambda mark: -mark[0])
    points, good = [], 0
    for number, (sure, right) in enumerate(ranked, 1):
        good += right
        if number == len(ranked) or ranked[number][0] < sure:
            points.append(Point(sure, number / len(ranked), good / number))
    return points


def best(points: list[Point], precision: float = WANTED_PRECISION) -> Point:
    """The point with the greatest coverage whose precision is that good; nothing covered where there is none."""
    good = [point for point in points if point.precision >= precision]
    return max(good, key=lambda point: point.coverage, default=Point(1.0, 0.0, 1.0))
