"""A table with files in every state, on SQLite and on PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from consumers import intake, lease
from plugins import database
from tests.plugins.conftest import NOON
from tests.servers import postgresql

SECRETS = ("张三", "Zhang San", "110101199003074514", "13900001111")
"""What must never be seen outside: it stands in every name and reason of `fill`."""


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.servers)])
def engine(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[sa.Engine]:
    """Our database, empty."""
    if request.param == "postgresql":
        url = postgresql.fresh_database(request.getfixturevalue("postgresql_server"))
    else:
        url = f"sqlite:///{tmp_path / 'd.sqlite3'}"
    opened = database.connect(url)
    yield opened
    opened.dispose()


def come(engine: sa.Engine, number: int, *, owner: str = "", minutes: float = 0.0) -> str:
    """Enter a file that came so many minutes before noon; gives back its id."""
    intake_id, at = f"{number:032x}", NOON - timedelta(minutes=minutes)
    with engine.begin() as connection:
        intake.register(
            connection,
            intake_id=intake_id,
            name=f"{SECRETS[0]} {SECRETS[1]} {SECRETS[2]}.pdf",
            source="inbox",
            origin="",
            owner=owner,
            sha256=f"{number:064x}",
            at=at,
        )
        lease.line_up(connection, intake_id, at, lease.turn_of(at, 1))
    return intake_id


def go(engine: sa.Engine, intake_id: str, state: intake.State, at: datetime = NOON, reason: str = "") -> None:
    """Change its state."""
    with engine.begin() as connection:
        intake.move(connection, intake_id, state, at=at, reason=reason)
