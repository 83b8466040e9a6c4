from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from consumers import intake, lease
from plugins import settings as settings_module
from plugins.intake.broker import FILING, READING, Announcer, make_app
from plugins.wiring import Archive
from tests.plugins.conftest import NOON

URLS = ["redis://broker:6379/0", "amqp://user:password@broker//"]


class Heard(Announcer):
    """Keeps what is told; `away` is a broker that does not answer."""

    away = False

    def __init__(self) -> None:
        super().__init__(make_app(settings_module.load({"DOSSIER_BROKER_URL": URLS[0]}, Path())))
        self.heard: list[tuple[str, str]] = []

    def announce(self, intake_id: str, pages: int = 1, queue: str = READING) -> bool:
        """Keep it."""
        if not self.away:
            self.heard.append((intake_id, queue))
        return not self.away


def _enter(archive: Archive, intake_id: str) -> None:
    with archive.engine.begin() as connection:
        row = {"name": "a.pdf", "source": "inbox", "origin": "", "owner": "", "sha256": intake_id * 2}
        intake.register(connection, intake_id=intake_id, at=NOON, **row)
        lease.line_up(connection, intake_id, NOON, lease.turn_of(NOON, 1))


@pytest.mark.parametrize("url", URLS)
def test_celery_carries_json_one_at_a_time_and_acknowledges_late(url: str) -> None:
    conf = make_app(settings_module.load({"DOSSIER_BROKER_URL": url}, Path())).conf
    assert (conf.task_serializer, conf.accept_content) == ("json", ["json"])
    assert conf.task_acks_late
    assert conf.worker_prefetch_multiplier == 1
    assert conf.task_soft_time_limit < conf.task_time_limit


def test_a_message_of_redis_stays_out_longer_than_any_task_takes() -> None:
    conf = make_app(settings_module.load({"DOSSIER_BROKER_URL": URLS[0]}, Path())).conf
    for where in (conf.broker_transport_options, conf.result_backend_transport_options, conf):
        assert where["visibility_timeout"] > conf.task_time_limit


def test_queues_of_rabbitmq_are_quorum_queues_that_confirm_what_they_were_told() -> None:
    conf = make_app(settings_module.load({"DOSSIER_BROKER_URL": URLS[1]}, Path())).conf
    assert {queue.name: queue.queue_arguments["x-queue-type"] for queue in conf.task_queues} == {
        READING: "quorum",
        FILING: "quorum",
    }
    assert conf.broker_transport_options["confirm_publish"]


def test_what_waits_is_told_once_and_again_when_it_has_changed(archive: Archive) -> None:
    _enter(archive, "a" * 32)
    heard = Heard()
    assert [heard.look_after(archive, 10) for _ in range(2)] == [1, 0]
    with archive.engine.begin() as connection:
        intake.move(connection, "a" * 32, "read", at=NOON)
    later = replace(archive, clock=lambda: NOON + timedelta(minutes=2))
    assert [heard.look_after(later, 10) for _ in range(2)] == [1, 0]
    assert heard.heard == [("a" * 32, READING), ("a" * 32, FILING)]


def test_what_was_just_read_is_left_to_who_has_read_it(archive: Archive) -> None:
    _enter(archive, "a" * 32)
    with archive.engine.begin() as connection:
        intake.move(connection, "a" * 32, "read", at=NOON)
    assert Heard().look_after(archive, 10) == 0


def test_what_a_broker_did_not_hear_is_told_when_it_is_back(archive: Archive) -> None:
    _enter(archive, "a" * 32)
    heard = Heard()
    heard.away = True
    assert heard.look_after(archive, 10) == 0
    heard.away = False
    assert heard.look_after(archive, 10) == 1


def test_what_somebody_works_on_is_not_told(archive: Archive) -> None:
    _enter(archive, "a" * 32)
    with archive.engine.begin() as connection:
        lease.take(connection, "somebody", at=NOON, until=NOON)
    assert Heard().look_after(archive, 10) == 0
