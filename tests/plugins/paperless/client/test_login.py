"""Tests of getting a token for a name and a password, and of keeping it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from plugins.paperless.client.connection import Connection
from plugins.paperless.client.login import Login
from retention.errors import DmsUnavailable
from tests.plugins.paperless.wire import Answer, Asked, Responder, recorded, told, wire

NEW, OLD = "a" * 40, "b" * 40


def giving(token: str) -> Responder:
    """A server that knows `token` only, and gives it."""

    def answer(asked: Asked) -> Answer:
        if asked.path == "/api/token/":
            return told({"token": token})
        known = asked.headers.get("Authorization") == f"Token {token}"
        return told({"a": 1}) if known else recorded("invalid-token")

    return answer


def test_the_token_is_asked_for_once_and_kept_for_the_next_run(tmp_path: Path) -> None:
    login = Login("archive", "geheim", tmp_path / "token")
    with wire(giving(NEW)) as server:
        first = Connection(server.url, "", login=login)
        first.get("tags/")
        first.get("tags/")
        Connection(server.url, "", login=login).get("tags/")
    assert [asked.path for asked in server.asked].count("/api/token/") == 1
    assert json.loads(server.asked[0].body) == {"username": "archive", "password": "geheim"}
    assert "Authorization" not in server.asked[0].headers


def test_the_kept_token_is_for_the_eyes_of_its_account_alone(tmp_path: Path) -> None:
    with wire(giving(NEW)) as server:
        Connection(server.url, "", login=Login("archive", "geheim", tmp_path / "token")).get("tags/")
    assert (tmp_path / "token").stat().st_mode & 0o777 == 0o600
    assert "geheim" not in (tmp_path / "token").read_text("utf-8")


def test_a_kept_token_that_was_replaced_is_asked_for_anew_whatever_is_being_sent(tmp_path: Path) -> None:
    login = Login("archive", "geheim", tmp_path / "token")
    login.remember(OLD)
    with wire(giving(NEW)) as server:
        assert Connection(server.url, "", login=login).send("POST", "tags/", {"name": "x"}) == {"a": 1}
    assert login.kept() == NEW


def test_the_token_of_another_account_is_not_used(tmp_path: Path) -> None:
    Login("somebody", "else", tmp_path / "token").remember(OLD)
    assert Login("archive", "geheim", tmp_path / "token").kept() == ""


def test_a_wrong_password_is_told_of_without_showing_it() -> None:
    with (
        wire(recorded("wrong-login")) as server,
        pytest.raises(DmsUnavailable, match="PAPERLESS_USERNAME and PAPERLESS_PASSWORD") as told_of,
    ):
        Connection(server.url, "", login=Login("archive", "geheim")).get("tags/")
    assert "geheim" not in str(told_of.value)
    assert "geheim" not in repr(Login("archive", "geheim"))


def test_a_token_that_is_told_needs_no_login() -> None:
    with wire(giving(NEW)) as server:
        Connection(server.url, NEW, login=Login("archive", "geheim")).get("tags/")
    assert [asked.path for asked in server.asked] == ["/api/tags/"]


def test_where_nothing_can_be_kept_each_run_asks_anew(tmp_path: Path) -> None:
    login = Login("archive", "geheim", tmp_path / "no-such-folder" / "token")
    with wire(giving(NEW)) as server:
        for _ in range(2):
            Connection(server.url, "", login=login).get("tags/")
    assert [asked.path for asked in server.asked].count("/api/token/") == 2
