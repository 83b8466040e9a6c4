from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from consumers import intake, lease
from plugins.intake.heartbeat import Heartbeat
from plugins.wiring import Archive
from tests.plugins.conftest import NOON
from tests.plugins.running import wait


def test_a_lease_is_renewed_as_long_as_its_owner_lives(archive: Archive) -> None:
    later = NOON + timedelta(hours=1)
    quick = archive.settings.model_copy(update={"lease_seconds": 0.06})
    with archive.engine.begin() as connection:
        row = {"name": "a.pdf", "source": "inbox", "origin": "", "owner": "me", "sha256": "0" * 64}
        intake.register(connection, intake_id="a" * 32, at=NOON, **row)
        lease.line_up(connection, "a" * 32, NOON, 0)
    with Heartbeat(replace(archive, settings=quick, clock=lambda: later), "me"):
        wait(lambda: _until(archive) > intake.stamp(NOON))
    assert _until(archive) > intake.stamp(later)


def _until(archive: Archive) -> str:
    with archive.engine.begin() as connection:
        row = intake.get(connection, "a" * 32)
    assert row is not None
    return row.lease_until
