from __future__ import annotations

import pytest

from plugins.intake import look_pace
from plugins.intake.look_pace import LookPace, rest_after


class Clock:
    """Stands in for `time`."""

    def __init__(self) -> None:
        self.now, self.cpu = 1000.0, 5.0

    def monotonic(self) -> float:
        return self.now

    def thread_time(self) -> float:
        return self.cpu


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    made = Clock()
    monkeypatch.setattr(look_pace, "time", made)
    return made


def _look(pace: LookPace, clock: Clock, took: float, cpu: float) -> bool:
    with pace:
        clock.now += took
        clock.cpu += cpu
    return pace.thorough


def test_thorough_looks_take_a_hundredth_of_a_processor_at_most() -> None:
    assert rest_after(0.5, 0.5) == 50.0


def test_thorough_looks_last_for_a_tenth_of_the_time_at_most() -> None:
    assert rest_after(20.0, 0.5) == 200.0


def test_there_is_a_thorough_look_every_ten_minutes_whatever_it_costs() -> None:
    assert rest_after(300.0, 100.0) == 600.0


def test_in_a_small_folder_every_look_is_thorough(clock: Clock) -> None:
    pace = LookPace()
    looks = []
    for _ in range(5):
        looks.append(_look(pace, clock, 0.002, 0.001))
        clock.now += 5.0
    assert looks == [True] * 5


def test_in_a_large_one_looks_are_brief_until_the_next_thorough_one_is_due(clock: Clock) -> None:
    pace = LookPace()
    looks: list[bool] = []
    for _ in range(12):
        looks.append(_look(pace, clock, *((0.2, 0.2) if not looks else (0.0, 0.0))))
        clock.now += 5.0
    assert looks == [True, False, False, False, True, True, True, True, True, True, True, True]


def test_after_a_look_there_is_none_for_four_times_as_long(clock: Clock) -> None:
    pace = LookPace()
    assert pace.wait() == 0.0
    _look(pace, clock, 0.5, 0.5)
    assert pace.wait() == pytest.approx(2.0)
    clock.now += 2.0
    assert pace.wait() == 0.0


def test_between_two_looks_is_a_tenth_of_a_second_at_least(clock: Clock) -> None:
    pace = LookPace()
    _look(pace, clock, 0.0, 0.0)
    assert pace.wait() == pytest.approx(0.1)


def test_after_a_look_that_took_long_people_do_not_wait_for_longer_than_five_seconds(clock: Clock) -> None:
    pace = LookPace()
    _look(pace, clock, 60.0, 60.0)
    assert pace.wait() == pytest.approx(5.0)
