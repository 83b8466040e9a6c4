from __future__ import annotations

from dataclasses import replace

from consumers import intake, lease
from plugins.intake.backpressure import held_up
from plugins.wiring import Archive
from tests.plugins.conftest import NOON


def _with(archive: Archive, **told: object) -> Archive:
    return replace(archive, settings=archive.settings.model_copy(update=told))


def _enter(archive: Archive, intake_id: str) -> None:
    with archive.engine.begin() as connection:
        row = {"name": "a.pdf", "source": "inbox", "origin": "", "owner": "", "sha256": intake_id * 2}
        intake.register(connection, intake_id=intake_id, at=NOON, **row)
        lease.line_up(connection, intake_id, NOON, 0)


def test_nothing_holds_up_an_empty_archive(archive: Archive) -> None:
    assert held_up(_with(archive, min_free_mb=0), lined_up=True) == ""


def test_a_disk_that_is_nearly_full_holds_up(archive: Archive) -> None:
    assert "DOSSIER_MIN_FREE_MB" in held_up(_with(archive, min_free_mb=10**12), lined_up=False)


def test_a_long_queue_holds_up_whoever_only_lines_up(archive: Archive) -> None:
    few = _with(archive, min_free_mb=0, max_waiting=2)
    _enter(archive, "a" * 32)
    assert held_up(few, lined_up=True) == ""
    _enter(archive, "b" * 32)
    assert "DOSSIER_MAX_WAITING" in held_up(few, lined_up=True)
    assert held_up(few, lined_up=False) == ""
