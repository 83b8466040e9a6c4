from __future__ import annotations

from plugins.sweeping.pace import Pace


def passing(per_minute: float, count: int, work: float = 0.0) -> list[float]:
    """The seconds at which so many come through that take some work each."""
    clock = [0.0]

    def sleep(seconds: float) -> None:
        clock[0] += seconds

    pace, passed = Pace(per_minute, lambda: clock[0], sleep), []
    for _ in range(count):
        pace.wait()
        passed.append(clock[0])
        clock[0] += work
    return passed


def test_so_many_a_minute_come_through_evenly() -> None:
    assert passing(30, 3) == [0.0, 2.0, 4.0]


def test_nobody_waits_where_the_work_takes_longer() -> None:
    assert passing(30, 3, work=5.0) == [0.0, 5.0, 10.0]


def test_without_a_pace_all_come_through_at_once() -> None:
    assert passing(0, 3) == [0.0, 0.0, 0.0]
