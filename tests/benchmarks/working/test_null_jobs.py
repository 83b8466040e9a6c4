from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.working import null_jobs
from consumers import intake, lease
from plugins import database


@pytest.mark.process
def test_every_null_job_is_done_once_and_the_history_left_alone(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'd.sqlite3'}"
    null_jobs.enter(url, 30, finished=True)
    null_jobs.enter(url, 40, finished=False)
    done = null_jobs.run(url, 2, 30)
    assert (done.jobs, done.workers, done.history) == (40, 2, 30)
    assert done.a_second > 0
    engine = database.connect(url)
    with engine.begin() as connection:
        rows = intake.listing(connection)
        assert lease.waiting(connection) == 0
        events = [len(intake.events_of(connection, row.id)) for row in rows]
    engine.dispose()
    assert {row.state for row in rows} == {"confirmed"}
    assert sorted(events) == [1] * 30 + [3] * 40
