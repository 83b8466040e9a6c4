"""An account of its own on the real server for each test."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from plugins.paperless.backend import PaperlessDms
from plugins.paperless.client.connection import Connection
from plugins.paperless.upload.filing import Patience
from tests.live import server

collect_ignore_glob = ["test_*.py"] if server.MISSING else []
"""Without a server there is nothing to ask; the report's header says so."""


@pytest.fixture(scope="session", autouse=True)
def fields_as_they_were() -> Iterator[None]:
    """Custom fields belong to nobody: those that the tests have made go at the end."""
    before = server.our_fields()
    yield
    for name, number in server.our_fields().items():
        if name not in before:
            server.administrator().delete(f"custom_fields/{number}/")


@pytest.fixture
def token(tmp_path: Path) -> Iterator[str]:
    """The token of a new account; all that it makes goes at the end."""
    yield server.token_for(tmp_path)
    server.clear(tmp_path)


@pytest.fixture
def dms(token: str) -> PaperlessDms:
    """The backend."""
    return PaperlessDms(server.url(), token, patience=Patience(reading=600.0, other=10.0))


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[PaperlessDms]:
    """The backend for an account that may prepare the server, on a ladder of its own."""
    token = server.token_for(tmp_path, looking=True)
    yield PaperlessDms(
        server.url(), token, levels=server.levels_of(tmp_path), patience=Patience(reading=600.0, other=10.0)
    )
    server.clear(tmp_path)


@pytest.fixture
def person(token: str) -> Connection:
    """What a person does in the web interface, with the same account."""
    return Connection(server.url(), token)
