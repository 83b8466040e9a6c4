"""What is asked of the server around us."""

from __future__ import annotations

from datetime import date

import pytest

from plugins.paperless_native import server as module
from tests.plugins.paperless_native.server_double import Server


@pytest.mark.parametrize(
    ("output_type", "archival"), [("pdf", False), ("pdfa", True), ("pdfa-2", True), ("pdfa-1", True)]
)
def test_every_pdfa_that_is_asked_for_is_one_to_us(server: Server, output_type: str, archival: bool) -> None:
    server.config.output_type = output_type
    assert module.wishes() == module.Wishes("auto", "auto", archival)


@pytest.mark.parametrize(("set_to", "threads"), [("4", 4), (2, 2), ("0", 1)])
def test_threads_are_a_number_however_they_were_set(server: Server, set_to: object, threads: int) -> None:
    server.settings.THREADS_PER_WORKER = set_to
    assert module.threads() == threads


def test_half_of_the_tasks_time_is_left_to_paperless_own_parser(server: Server) -> None:
    server.settings.CELERY_TASK_TIME_LIMIT = 1800
    assert module.seconds() == 900.0


def test_a_day_begins_where_the_server_is(server: Server) -> None:
    server.settings.TIME_ZONE = "Asia/Shanghai"
    assert module.start_of(date(2024, 3, 1)).isoformat() == "2024-03-01T00:00:00+08:00"


def test_folders_are_our_own_and_nobody_elses(server: Server) -> None:
    one, other = module.folder(), module.folder()
    assert one != other
    assert one.parent == server.settings.SCRATCH_DIR
    assert one.stat().st_mode & 0o077 == 0
