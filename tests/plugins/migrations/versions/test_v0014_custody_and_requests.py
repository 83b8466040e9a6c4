"""The step to the tables of requests: on what an older program has filed or adopted, people are still to be looked for."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.config import Config

from plugins import database
from retention import register
from retention.requests import people

MIGRATIONS = Path(database.__file__).parent / "migrations"


@pytest.mark.parametrize("action", ["filed", "adopted", ""])
def test_records_of_before_are_marked_as_not_looked_through(tmp_path: Path, action: str) -> None:
    url = f"sqlite:///{tmp_path / 'd.sqlite3'}"
    engine, config = sa.create_engine(url), Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0011")
        if action:
            at = datetime(2026, 1, 1, tzinfo=UTC)
            register.append(connection, at=at, actor="dossier", action=action, subject="record/1", payload={})
    engine.dispose()
    engine = database.connect(url)
    with engine.begin() as connection:
        assert people.all_noted(connection) is not bool(action)
    engine.dispose()
