from __future__ import annotations

import pytest

from plugins.lookout.outside import Outside
from plugins.lookout.presence import Present, Sight
from plugins.lookout.queue_state import QueueState
from plugins.lookout.wellness import checks_of_outside, checks_of_queue, is_well
from plugins.settings import Settings

WELL = Outside("", 0.1, 10**12, inbox=True, set_aside=0)


def _queue(*present: tuple[str, bool], oldest: float = 0.0, standing: float = 0.0) -> QueueState:
    who = tuple(Present(role, "host", alive, Sight(2, 1, standing)) for role, alive in present)
    return QueueState({}, {}, 1, 0, oldest, (), who)


@pytest.mark.parametrize(
    ("queue", "failing"),
    [
        (_queue(("watch", True)), set()),
        (_queue(("line-up", True), ("worker", True)), set()),
        (_queue(("line-up", True), ("celery", True)), set()),
        (_queue(("line-up", True)), {"workers"}),
        (_queue(("worker", True)), {"watcher"}),
        (_queue(("watch", False)), {"watcher", "workers"}),
        (_queue(), {"watcher", "workers"}),
        (_queue(("watch", True), oldest=3600.0), set()),
        (_queue(("watch", True), oldest=3700.0), {"waiting"}),
        (_queue(("watch", True), standing=3700.0), {"waiting"}),
    ],
)
def test_it_is_told_who_is_missing_and_what_has_waited_too_long(
    settings: Settings, queue: QueueState, failing: set[str]
) -> None:
    assert {check.name for check in checks_of_queue(settings, queue) if not check.ok} == failing


@pytest.mark.parametrize(
    ("seen", "age", "failing"),
    [
        (WELL, 1.0, set()),
        (None, 1.0, set()),
        (None, 500.0, {"lookout"}),
        (WELL, 500.0, {"lookout"}),
        (Outside("DmsUnavailable", 5.0, 10**12, inbox=True, set_aside=0), 1.0, {"dms"}),
        (Outside("", 0.1, 1000, inbox=True, set_aside=0), 1.0, {"disk"}),
        (Outside("", 0.1, 10**12, inbox=False, set_aside=0), 1.0, {"inbox"}),
    ],
)
def test_it_is_told_what_is_wrong_outside(
    settings: Settings, seen: Outside | None, age: float, failing: set[str]
) -> None:
    checks = list(checks_of_outside(settings, seen, age))
    assert {check.name for check in checks if not check.ok} == failing
    assert is_well(checks) is not bool(failing)
    assert all(check.detail and (check.ok or check.remedy) for check in checks)


def test_files_that_are_set_aside_are_told_and_stop_nothing(settings: Settings) -> None:
    checks = list(checks_of_outside(settings, Outside("", 0.1, 10**12, inbox=True, set_aside=3), 1.0))
    assert [check.name for check in checks if not check.ok] == ["set-aside"]
    assert is_well(checks)
