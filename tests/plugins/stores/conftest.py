"""A store that answers at once, and does not ask again what it did not answer."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.servers.s3 import S3Server


@pytest.fixture
def server(s3_server: S3Server, monkeypatch: pytest.MonkeyPatch) -> Iterator[S3Server]:
    monkeypatch.setattr("plugins.stores.s3._ATTEMPTS", 1)
    yield s3_server
    s3_server.forget()
