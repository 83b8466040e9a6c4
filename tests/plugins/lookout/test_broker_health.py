"""RabbitMQ itself is asked in tests/plugins/test_tasks.py, where one runs."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import redis as client

from plugins import settings as settings_module
from plugins.lookout.broker_health import broker_checks
from plugins.lookout.check import Check
from tests.servers import redis
from tests.servers.starting import Server, free_port

DATABASE = "postgresql+psycopg://dossier@127.0.0.1/dossier"


def _checked(folder: Path, url: str, **told: str) -> dict[str, Check]:
    environment = {"DOSSIER_BROKER_URL": url, "DOSSIER_DATABASE_URL": DATABASE} | told
    return {check.name: check for check in broker_checks(settings_module.load(environment, folder))}


@pytest.fixture(scope="module")
def broker() -> Iterator[Server]:
    with redis.running() as server:
        yield server


def test_without_a_broker_nothing_is_wrong(tmp_path: Path) -> None:
    assert [check.ok for check in _checked(tmp_path, "").values()] == [True]


@pytest.mark.servers
def test_a_redis_as_it_should_be_is_well(tmp_path: Path, broker: Server) -> None:
    found = _checked(tmp_path, broker.url)
    assert {name: check.ok for name, check in found.items()} == {
        "broker database": True,
        "broker": True,
        "broker visibility": True,
        "broker memory": True,
    }
    assert found["broker"].detail.startswith("Redis ")


@pytest.mark.servers
def test_a_redis_that_would_drop_messages_is_told(tmp_path: Path, broker: Server) -> None:
    with client.Redis.from_url(broker.url) as asked:
        asked.config_set("maxmemory-policy", "allkeys-lru")
        found = _checked(tmp_path, broker.url)["broker memory"]
        asked.config_set("maxmemory-policy", "noeviction")
    assert (found.ok, "noeviction" in found.remedy) == (False, True)


@pytest.mark.servers
def test_a_message_outlives_the_longest_task(tmp_path: Path, broker: Server) -> None:
    for seconds in ("60", "36000"):
        assert _checked(tmp_path, broker.url, DOSSIER_MAX_FILE_SECONDS=seconds)["broker visibility"].ok


@pytest.mark.parametrize("url", ["redis://127.0.0.1:{}/0", "amqp://guest:secret@127.0.0.1:{}//"])
def test_a_broker_that_is_away_is_told_without_its_password(tmp_path: Path, url: str) -> None:
    found = _checked(tmp_path, url.format(free_port()))["broker"]
    assert (found.ok, bool(found.remedy), "secret" in found.detail) == (False, True, False)


def test_a_database_that_is_a_file_is_told(tmp_path: Path) -> None:
    found = _checked(tmp_path, f"redis://127.0.0.1:{free_port()}/0", DOSSIER_DATABASE_URL="")
    assert found["broker database"].ok is False
