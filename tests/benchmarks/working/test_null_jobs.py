from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.working import history, null_jobs
from consumers import intake, lease
from plugins import database


@pytest.mark.process
def test_every_null_job_is_done_once_and_the_history_left_alone(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'd.sqlite3'}"
    history.enter_finished(url, 30)
    null_jobs.enter(url, 40)
    done = null_jobs.run(url, 2, 30)
    assert (done.jobs, done.workers, done.history) == (40, 2, 30)
    assert done.a_second > 0
    engine = database.connect(url)
    with engine.begin() as connection:
        rows = intake.listing(connection)
        assert lease.waiting(connection) == 0
        told = {tuple(event.state for event in intake.events_of(connection, row.id)) for row in rows}
        held = {intake.right_holder(connection, row.sha256) for row in rows}
    engine.dispose()
    assert told == {("claimed", "read", "labelled", "sent", "confirmed")}
    assert held == set(rows)
    assert len(rows) == 70


def test_what_a_commit_costs_is_told_in_milliseconds(tmp_path: Path) -> None:
    assert null_jobs.commit_ms(tmp_path) > 0
