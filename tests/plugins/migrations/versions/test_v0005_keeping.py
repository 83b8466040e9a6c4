"""The step to the tables of keeping: what an older program has filed is marked as not noted yet."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.config import Config

from plugins import database
from retention import register
from retention.schedule import kept_rules

MIGRATIONS = Path(database.__file__).parent / "migrations"


def older(url: str, *, filed: bool) -> None:
    """A database as version 0004 left it."""
    engine = sa.create_engine(url)
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0004")
        if filed:
            at = datetime(2026, 1, 1, tzinfo=UTC)
            register.append(
                connection, at=at, actor="dossier", action="filed", subject="record/1", payload={}
            )
    engine.dispose()


@pytest.mark.parametrize("filed", [True, False])
def test_records_of_before_are_marked_as_not_noted(tmp_path: Path, filed: bool) -> None:
    url = f"sqlite:///{tmp_path / 'd.sqlite3'}"
    older(url, filed=filed)
    engine = database.connect(url)
    with engine.begin() as connection:
        assert kept_rules.all_noted(connection) is not filed
        if filed:
            assert register.verify(connection) == 1
    engine.dispose()
