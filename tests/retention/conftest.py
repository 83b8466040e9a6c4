"""Our database on both sorts of servers."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import sqlalchemy as sa

from retention.tables import metadata
from tests.retention.our_database import our_database
from tests.servers import postgresql


@pytest.fixture(scope="module", params=["sqlite", pytest.param("postgresql", marks=pytest.mark.servers)])
def each_database(request: pytest.FixtureRequest) -> Iterator[sa.Engine]:
    """Our tables, with their triggers, on SQLite and on PostgreSQL; a test rolls back what it does."""
    if request.param == "sqlite":
        engine = our_database()
    else:
        server = request.getfixturevalue("postgresql_server")
        engine = sa.create_engine(postgresql.fresh_database(server))
        our_database().dispose()  # it imports every table
        metadata.create_all(engine)
    yield engine
    engine.dispose()
