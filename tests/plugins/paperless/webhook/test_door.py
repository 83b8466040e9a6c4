from __future__ import annotations

import http.client
import json
import threading
from collections.abc import Iterator

import pytest

from plugins.paperless.webhook.door import Door
from plugins.paperless.webhook.knock import SECRET_HEADER

SECRET = "a secret of sixteen"


@pytest.fixture
def queued() -> list[str]:
    return []


@pytest.fixture
def door(queued: list[str]) -> Iterator[Door]:
    def put(number: str) -> None:
        if number == "13":
            raise OSError("no room")
        queued.append(number)

    opened = Door(("127.0.0.1", 0), SECRET, put)
    thread = threading.Thread(target=opened.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield opened
    opened.shutdown()
    opened.server_close()
    thread.join()


def knock(door: Door, method: str = "POST", body: bytes = b'{"id": "35"}', secret: str = SECRET) -> int:
    connection = http.client.HTTPConnection("127.0.0.1", door.server_address[1], timeout=10)
    headers = {SECRET_HEADER: secret, "Content-Type": "application/json"}
    connection.request(method, "/", body, headers)
    answer = connection.getresponse()
    answer.read()
    connection.close()
    return answer.status


def test_a_document_is_queued_and_nothing_else_done(door: Door, queued: list[str]) -> None:
    assert (knock(door), queued) == (202, ["35"])


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE", "HEAD", "OPTIONS", "PATCH"])
def test_only_post_is_answered(door: Door, queued: list[str], method: str) -> None:
    assert (knock(door, method), queued) == (405, [])


def test_without_the_secret_nothing_is_queued(door: Door, queued: list[str]) -> None:
    assert (knock(door, secret="wrong"), queued) == (403, [])


def test_a_body_without_end_is_not_read(door: Door, queued: list[str]) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", door.server_address[1], timeout=10)
    connection.putrequest("POST", "/")
    connection.putheader(SECRET_HEADER, SECRET)
    connection.putheader("Content-Length", str(10**8))
    connection.endheaders()
    answer = connection.getresponse()
    assert (answer.status, queued) == (413, [])
    assert "65536" in json.loads(answer.read())["error"]
    connection.close()


def test_a_queue_that_takes_nothing_asks_to_come_again_and_the_door_stays_open(
    door: Door, queued: list[str]
) -> None:
    assert knock(door, body=b'{"id": "13"}') == 503
    assert (knock(door), queued) == (202, ["35"])
