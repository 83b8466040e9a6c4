"""A history: files that were finished before, with their events and filing rights, put into the tables at one go."""

from __future__ import annotations

from datetime import UTC, datetime

import sqlalchemy as sa

from consumers import intake
from plugins import database

_FRESH = {
    "sqlite": """
        CREATE TEMPORARY TABLE fresh AS
        WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :count)
        SELECT lower(hex(randomblob(16))) AS id, i FROM n
    """,
    "postgresql": """
        CREATE TEMPORARY TABLE fresh AS
        SELECT md5(random()::text || i) AS id, i FROM generate_series(1, :count) AS n (i)
    """,
}
_FILL = (
    """
    INSERT INTO intake
        (id, name, source, origin, owner, sha256, state, attempts, next_try, reason, dms_id, since)
    SELECT id, 'scan.pdf', 'inbox', '', '', id || id, 'confirmed', 0, '', '', '1', :at FROM fresh
    """,
    """
    INSERT INTO intake_event (intake_id, at, actor, before, state, detail)
    SELECT id, :at, 'benchmark', way.before, way.state, '' FROM fresh, (
        SELECT 1 AS place, '' AS before, 'claimed' AS state
        UNION ALL SELECT 2, 'claimed', 'read'
        UNION ALL SELECT 3, 'read', 'labelled'
        UNION ALL SELECT 4, 'labelled', 'sent'
        UNION ALL SELECT 5, 'sent', 'confirmed'
    ) AS way ORDER BY i, place
    """,
    "INSERT INTO filing_right (sha256, intake_id) SELECT id || id, id FROM fresh ORDER BY id",
    "DROP TABLE fresh",
)


def enter_finished(url: str, count: int) -> None:
    """Put so many finished files into the database at that URL, whose tables are there."""
    database.connect(url).dispose()
    engine = sa.create_engine(url)
    if engine.dialect.name == "sqlite":
        sa.event.listen(engine, "connect", _hasty)
    told = {"at": intake.stamp(datetime.now(UTC)), "count": count}
    with engine.begin() as connection:
        for statement in (_FRESH[engine.dialect.name], *_FILL):
            connection.execute(sa.text(statement), told)
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        lite = engine.dialect.name == "sqlite"
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)" if lite else "VACUUM ANALYZE")
    engine.dispose()


def _hasty(connection: sa.engine.interfaces.DBAPIConnection, _record: object) -> None:
    # For the loading alone: what a job costs is measured on other connections.
    cursor = connection.cursor()
    cursor.execute("PRAGMA synchronous = OFF")
    cursor.execute("PRAGMA cache_size = -1000000")
    cursor.close()
