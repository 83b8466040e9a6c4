from __future__ import annotations

import json
import threading
import urllib.error
import urllib.request
from collections.abc import Iterator

import pytest
from prometheus_client.parser import text_string_to_metric_families

from plugins.errors import BadWord
from plugins.lookout.counter import Counter, address_of
from plugins.lookout.outside import Look
from plugins.lookout.presence import Presence, Sight
from plugins.wiring import Archive, now
from tests.plugins.running import wait


@pytest.fixture
def asked(archive: Archive) -> Iterator[str]:
    """Where a counter answers that has looked once."""
    archive.settings.inbox_folder.mkdir()
    outside = Look(archive.settings, archive.rules)
    outside.now()
    counter = Counter(("127.0.0.1", 0), archive.settings, archive.engine, outside)
    thread = threading.Thread(target=counter.serve_forever, args=(0.01,))
    thread.start()
    yield f"http://127.0.0.1:{counter.server_address[1]}"
    counter.shutdown()
    counter.server_close()
    thread.join()


def _get(url: str) -> tuple[int, str, str]:
    try:
        with urllib.request.urlopen(url, timeout=60) as answer:
            return answer.status, answer.headers["Content-Type"], answer.read().decode()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.headers["Content-Type"], error.read().decode()


def test_prometheus_can_read_the_figures(asked: str) -> None:
    status, kind, text = _get(f"{asked}/metrics")
    names = {family.name for family in text_string_to_metric_families(text)}
    assert (status, kind.startswith("text/plain; version=")) == (200, True)
    assert {
        "dossier_files",
        "dossier_stage_seconds",
        "dossier_dms_up",
        "dossier_oldest_file_seconds",
    } <= names


def test_health_is_503_until_somebody_watches(asked: str, archive: Archive) -> None:
    status, kind, text = _get(f"{asked}/healthz")
    told = json.loads(text)
    assert (status, kind, told["ok"]) == (503, "application/json", False)
    assert [one["name"] for one in told["checks"] if not one["ok"]] == ["watcher", "workers"]
    Presence(archive.engine, now, "me", "watch", 60.0, lambda: Sight(1))._say()
    # A look at the table is kept for a moment.
    wait(lambda: _get(f"{asked}/healthz")[0] == 200)
    status, _, text = _get(f"{asked}/healthz")
    assert (status, json.loads(text)["ok"]) == (200, True)


def test_nothing_else_is_told(asked: str) -> None:
    assert _get(f"{asked}/")[0] == 404


def test_a_database_that_is_away_is_told_on_both_pages(asked: str, archive: Archive) -> None:
    with archive.engine.begin() as connection:
        connection.exec_driver_sql("DROP TABLE presence")
    status, _, text = _get(f"{asked}/healthz")
    assert status == 503
    assert "database" in [one["name"] for one in json.loads(text)["checks"] if not one["ok"]]
    assert "dossier_database_up 0.0" in _get(f"{asked}/metrics")[2]


@pytest.mark.parametrize(
    ("word", "address"),
    [
        ("127.0.0.1:9464", ("127.0.0.1", 9464)),
        ("[::1]:9464", ("::1", 9464)),
        ("0.0.0.0:80", ("0.0.0.0", 80)),
        ("9464", ("127.0.0.1", 9464)),
    ],
)
def test_an_address_is_a_host_and_a_port_and_the_loopback_unless_told_otherwise(
    word: str, address: tuple[str, int]
) -> None:
    assert address_of(word) == address


@pytest.mark.parametrize("word", ["", ":9464", "here:", "here:x", "127.0.0.1:99999"])
def test_what_is_no_address_is_refused(word: str) -> None:
    with pytest.raises(BadWord):
        address_of(word)
