"""An archive that is copied instead of made: that is faster."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from plugins import settings as settings_module
from plugins.wiring import Archive, open_archive
from tests.plugins.conftest import NOON
from tests.plugins.ready_made import copied
from tests.servers import postgresql


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    """An archive that thinks it is noon of 2 March 2026."""
    with copied(tmp_path / "office") as opened:
        yield opened


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.servers)])
def on_each_database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Archive]:
    """An archive on SQLite, and one on PostgreSQL."""
    told = {"DOSSIER_HOME": str(tmp_path / "home")}
    if request.param == "postgresql":
        server = request.getfixturevalue("postgresql_server")
        told["DOSSIER_DATABASE_URL"] = postgresql.fresh_database(server)
    opened = open_archive(settings_module.load(told, tmp_path), lambda: NOON)
    yield opened
    opened.engine.dispose()
