"""Tests of `dossier webhook`: when its door does not open. How it answers, tests/plugins/paperless/webhook asks."""

from __future__ import annotations

import socket
from collections.abc import Callable

import pytest

from plugins.exit_codes import ExitCode
from tests.plugins.cli.conftest import Answer

Dossier = Callable[..., Answer]


@pytest.mark.parametrize("secret", ["", "too short"])
def test_without_a_good_secret_the_door_stays_shut(
    dossier: Dossier, monkeypatch: pytest.MonkeyPatch, secret: str
) -> None:
    monkeypatch.setenv("DOSSIER_WEBHOOK_SECRET", secret)
    answer = dossier("webhook")
    assert answer.code == ExitCode.SETTINGS
    assert "DOSSIER_WEBHOOK_SECRET" in answer.err


@pytest.mark.parametrize("bind", ["8777", ":8777", "127.0.0.1:", "127.0.0.1:x", "127.0.0.1:99999"])
def test_an_address_must_be_one(dossier: Dossier, monkeypatch: pytest.MonkeyPatch, bind: str) -> None:
    monkeypatch.setenv("DOSSIER_WEBHOOK_SECRET", "s" * 16)
    assert dossier("webhook", "--bind", bind).code == ExitCode.USAGE


def test_a_port_that_is_taken_is_told(dossier: Dossier, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DOSSIER_WEBHOOK_SECRET", "s" * 16)
    with socket.create_server(("127.0.0.1", 0)) as taken:
        answer = dossier("webhook", "--bind", f"127.0.0.1:{taken.getsockname()[1]}")
    assert answer.code == ExitCode.USAGE
    assert "another port" in answer.err
