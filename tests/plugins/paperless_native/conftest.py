"""A paperless-ngx that is none, and a parser in it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.plugins.paperless_native import server_double
from tests.plugins.paperless_native.server_double import BuiltIn, Server


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Server:
    """The server around us; its own parser notes what it is asked."""
    monkeypatch.setattr(BuiltIn, "asked", [])
    monkeypatch.setattr(BuiltIn, "fails", False)
    double = server_double.install(monkeypatch, tmp_path / "scratch")
    double.registry.parsers = [BuiltIn]
    return double
