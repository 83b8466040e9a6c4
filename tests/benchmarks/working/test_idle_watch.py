"""The idle watcher is one that knows its folder and must not take what is in it."""

from __future__ import annotations

import pytest

from benchmarks.working import idle_watch
from benchmarks.working.idle_watch import IdleWatch


def test_the_share_of_a_processor_is_cpu_by_time() -> None:
    assert IdleWatch(100, 0, 60.0, 1.2, 100.0).share == pytest.approx(0.02)


@pytest.mark.process
def test_a_watcher_of_old_files_is_measured_once_it_knows_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(idle_watch, "_LEAST", 0.0)
    found = idle_watch.run(30, 3, 0.5)
    assert (found.files, found.folders) == (30, 3)
    assert found.memory_mb > 20
