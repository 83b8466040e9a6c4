"""Our database: its schema is the one that the code speaks of, and writers wait for each other."""

from __future__ import annotations

import sqlite3
import threading
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from consumers import intake
from plugins import database
from plugins.archiving import rescans, serials
from plugins.batches import divisions
from plugins.database import connect
from plugins.errors import BadSetting, DatabaseUnavailable
from plugins.lookout import alarm, presence, stages
from plugins.sweeping import tables as sweeping
from plugins.teaching import corrections
from retention import tables
from tests.servers import postgresql


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.servers)])
def url(tmp_path: Path, request: pytest.FixtureRequest) -> str:
    if request.param == "postgresql":
        return postgresql.fresh_database(request.getfixturevalue("postgresql_server"))
    return f"sqlite:///{tmp_path / 'd.sqlite3'}"


def test_migrations_end_at_the_schema_that_the_code_speaks_of(url: str) -> None:
    engine = connect(url)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        for metadata in (
            module.metadata
            for module in (
                intake,
                tables,
                corrections,
                divisions,
                serials,
                rescans,
                sweeping,
                alarm,
                presence,
                stages,
            )
        ):
            ours = set(metadata.tables)
            changes = [
                change for change in compare_metadata(context, metadata) if not _about_another(change, ours)
            ]
            assert changes == []
    engine.dispose()


def _about_another(change: object, ours: set[str]) -> bool:
    """The comparison sees the other package's tables as too many; only what touches ours counts."""
    assert isinstance(change, tuple)
    if change[0] == "remove_table":
        return change[1].name not in ours
    if change[0] == "remove_index":
        return change[1].table.name not in ours
    return False


def test_sqlite_keeps_what_was_committed_through_a_power_cut(tmp_path: Path) -> None:
    engine = connect(f"sqlite:///{tmp_path / 'd.sqlite3'}")
    with engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"
        assert connection.exec_driver_sql("PRAGMA synchronous").scalar() == 2
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1
    engine.dispose()


def test_many_that_open_a_new_database_at_once_all_find_its_schema(url: str) -> None:
    faults: list[Exception] = []

    def open_it() -> None:
        try:
            connect(url).dispose()
        except DatabaseUnavailable as error:
            faults.append(error)

    threads = [threading.Thread(target=open_it) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []


@pytest.mark.parametrize("held", ["BEGIN IMMEDIATE", "BEGIN EXCLUSIVE"])
def test_a_file_that_another_one_writes_to_is_waited_for_before_it_is_put_into_wal(
    tmp_path: Path, held: str
) -> None:
    file = tmp_path / "d.sqlite3"
    other = sqlite3.connect(file, isolation_level=None, check_same_thread=False)
    other.execute(held)
    done = threading.Timer(0.3, other.execute, ["COMMIT"])
    done.start()
    engine = connect(f"sqlite:///{file}")
    with engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"
    engine.dispose()
    done.join()
    other.close()


def test_opening_it_twice_changes_nothing(url: str) -> None:
    for _ in range(2):
        connect(url).dispose()


def test_two_writers_wait_for_each_other(tmp_path: Path) -> None:
    engine = connect(f"sqlite:///{tmp_path / 'd.sqlite3'}")
    with engine.begin() as connection:
        connection.execute(sa.text("CREATE TABLE tally (n INTEGER)"))
        connection.execute(sa.text("INSERT INTO tally VALUES (0)"))

    def add() -> None:
        for _ in range(50):
            with engine.begin() as connection:
                n = connection.execute(sa.text("SELECT n FROM tally")).scalar_one()
                connection.execute(sa.text("UPDATE tally SET n = :n"), {"n": n + 1})

    threads = [threading.Thread(target=add) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with engine.begin() as connection:
        assert connection.execute(sa.text("SELECT n FROM tally")).scalar_one() == 150
    engine.dispose()


def test_a_file_that_is_no_database_is_told_with_its_place(tmp_path: Path) -> None:
    (tmp_path / "d.sqlite3").write_text("nonsense" * 500)
    with pytest.raises(DatabaseUnavailable, match=r"d\.sqlite3 can not be used.*not a database"):
        connect(f"sqlite:///{tmp_path / 'd.sqlite3'}")


def test_a_database_of_a_newer_program_is_refused(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'd.sqlite3'}"
    engine = connect(url)
    with engine.begin() as connection:
        connection.execute(sa.text("UPDATE alembic_version SET version_num = '9999'"))
    engine.dispose()
    with pytest.raises(DatabaseUnavailable, match="9999") as refused:
        connect(url)
    assert "newer version" in str(refused.value)
    assert "backup" not in str(refused.value), "an older database would lose what was done since"


@pytest.mark.parametrize("url", ["no url", "oracle+nothing://x", "mongodb://x/y"])
def test_a_url_that_can_not_be_used_names_the_setting(url: str) -> None:
    with pytest.raises(BadSetting, match="DOSSIER_DATABASE_URL"):
        connect(url)


def test_a_writer_goes_on_as_soon_as_the_one_before_it_has_done_and_not_at_sqlites_next_look(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, other = (connect(f"sqlite:///{tmp_path / 'd.sqlite3'}") for _ in range(2))
    writing = one.connect()
    writing.begin()
    slept: list[float] = []

    def sleep(seconds: float) -> None:
        slept.append(seconds)
        if len(slept) == 7:
            writing.commit()

    monkeypatch.setattr("plugins.database.time.sleep", sleep)
    with other.begin():
        assert len(slept) == 7
    assert max(slept) <= 0.001
    for engine in (one, other):
        engine.dispose()


def test_a_writer_that_others_hold_up_for_longer_waits_as_sqlite_does(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "_PAUSES", (0.0, 0.0))
    monkeypatch.setattr(database, "_BUSY_SECONDS", 0.05)
    one, other = (connect(f"sqlite:///{tmp_path / 'd.sqlite3'}") for _ in range(2))
    with one.begin(), pytest.raises(sa.exc.OperationalError, match="locked"):
        other.connect().begin()
    with other.begin() as connection:
        assert connection.exec_driver_sql("PRAGMA busy_timeout").scalar_one() == 50
    for engine in (one, other):
        engine.dispose()
