"""Tests of looking for bytes before they are asked for."""

from __future__ import annotations

import threading

import pytest

from plugins.paperless.upload.expected import BELIEVED, Expected
from retention.errors import DmsUnavailable


class Server:
    """Counts what is looked for; answers once it may."""

    def __init__(self, answer: int | None = None) -> None:
        self.answer = answer
        self.asked: list[str] = []
        self.was_asked = threading.Event()
        self.may_answer = threading.Event()
        self.may_answer.set()

    def look(self, sha256: str) -> int | None:
        self.asked.append(sha256)
        self.was_asked.set()
        self.may_answer.wait(10)
        if self.answer == -1:
            raise DmsUnavailable("away")
        return self.answer


def expected_by(server: Server, sha256: str, now: list[float] | None = None) -> Expected:
    """With that one begun, and the server asked for it."""
    moment = now or [0.0]
    expected = Expected(server.look, lambda: moment[0])
    expected.begin(sha256)
    assert server.was_asked.wait(10)
    return expected


def test_what_was_expected_is_looked_for_once() -> None:
    server = Server(7)
    assert expected_by(server, "a").end("a") == 7
    assert server.asked == ["a"]


def test_the_answer_is_told_once_and_then_looked_for_anew() -> None:
    server = Server()
    expected = expected_by(server, "a")
    assert expected.end("a") is None
    server.answer = 8
    assert expected.end("a") == 8


def test_a_slow_server_holds_up_nobody_who_only_expects_and_is_asked_one_thing_at_a_time() -> None:
    server = Server(7)
    server.may_answer.clear()
    expected = expected_by(server, "a")
    expected.begin("b")
    expected.begin("c")
    assert server.asked == ["a"]
    server.may_answer.set()
    assert [expected.end(one) for one in ("a", "b", "c")] == [7, 7, 7]


def test_what_has_not_come_to_its_turn_is_looked_for_at_once() -> None:
    server = Server(7)
    server.may_answer.clear()
    expected = expected_by(server, "a")
    expected.begin("b")
    threading.Timer(0.01, server.may_answer.set).start()
    assert expected.end("b") == 7
    assert expected.end("a") == 7
    assert sorted(server.asked) == ["a", "b"]


def test_what_nobody_expected_is_looked_for() -> None:
    assert Expected(Server(7).look).end("a") == 7


def test_an_answer_from_long_ago_is_not_believed() -> None:
    now = [0.0]
    server = Server()
    expected = expected_by(server, "a", now)
    now[0] = BELIEVED + 1
    assert expected.end("a") is None
    assert server.asked == ["a", "a"]


def test_what_nobody_came_for_is_forgotten() -> None:
    now = [0.0]
    server = Server()
    expected = expected_by(server, "a", now)
    now[0] = BELIEVED + 1
    expected.begin("b")
    assert list(expected._asked) == ["b"]


def test_a_failure_is_told_to_whoever_asks_and_not_before() -> None:
    server = Server(-1)
    expected = expected_by(server, "a")
    with pytest.raises(DmsUnavailable):
        expected.end("a")
    server.answer = 3
    assert expected.end("a") == 3
