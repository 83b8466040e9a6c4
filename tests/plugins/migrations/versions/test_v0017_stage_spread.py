"""The step to buckets: what an older program has summed up is kept, though nobody knows any more how it was spread."""

from __future__ import annotations

from pathlib import Path

import sqlalchemy as sa
from alembic import command
from alembic.config import Config

from plugins import database
from plugins.lookout.stages import BOUNDS, Stage, add, sums

MIGRATIONS = Path(database.__file__).parent / "migrations"


def test_sums_of_before_are_kept_and_count_beyond_every_bound(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'd.sqlite3'}"
    engine, config = sa.create_engine(url), Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0016")
        connection.execute(sa.text("INSERT INTO intake_stage VALUES ('read', 'aa', 7, 20, 9.5)"))
    engine.dispose()
    engine = database.connect(url)
    with engine.begin() as connection:
        add(connection, "aa", [Stage("read", 1, 2, 600.5)])
        found = {one.stage: one for one in sums(connection)}["read"]
    engine.dispose()
    assert found == Stage("read", 8, 22, 610.0, (0,) * len(BOUNDS))
