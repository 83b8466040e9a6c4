"""Our database: SQLite in WAL with synchronous=FULL by default, PostgreSQL by URL; schema by Alembic."""

from __future__ import annotations

import sqlite3
import time
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.util import CommandError
from sqlalchemy import event

from plugins.errors import BadSetting, DatabaseUnavailable
from plugins.write_ahead import write_ahead

_MIGRATIONS = Path(__file__).parent / "migrations"
_BUSY_SECONDS = 30
_PAUSES = (0.0003,) * 5 + (0.001,) * 40
"""Seconds after which a writer looks whether the one before it has done."""
_SCHEMA_LOCK = 0x646F7373
"""The number by which PostgreSQL knows the lock on our schema."""


def connect(url: str) -> sa.Engine:
    """An engine on the database at that URL, its schema brought up to date.

    On SQLite every transaction begins with BEGIN IMMEDIATE: two writers then wait for each other
    instead of one of them failing halfway. Raises BadSetting for a URL that makes no sense, and
    DatabaseUnavailable where what is there can not be opened.
    """
    try:
        parsed = sa.make_url(url)
        if parsed.get_backend_name() == "sqlite":
            if parsed.database:
                _make_folder(Path(parsed.database).parent)
            engine = sa.create_engine(parsed, connect_args={"timeout": _BUSY_SECONDS})
            event.listen(engine, "connect", _on_sqlite_connect)
            event.listen(engine, "begin", _on_sqlite_begin)
        else:
            # Asked before each use: a connection may have died since, with the server or on the way to it.
            engine = sa.create_engine(parsed, pool_pre_ping=True)
    except (sa.exc.ArgumentError, sa.exc.NoSuchModuleError, ModuleNotFoundError) as error:
        raise BadSetting(
            f"DOSSIER_DATABASE_URL: this can not be used ({error}); leave it empty for SQLite in DOSSIER_HOME, "
            "write sqlite:////path/to/file, or for PostgreSQL postgresql+psycopg://... with psycopg installed"
        ) from error
    try:
        upgrade(engine)
    except CommandError as error:
        engine.dispose()
        # A backup would be older than what people have done since: it is the program that is to be changed.
        raise DatabaseUnavailable(
            f"{parsed.render_as_string(hide_password=True)} 由更新版本的程序建立：请安装那一版或更新的版本，数据库不要动。"
            f"can not be used: it was made by a newer version ({error}); install that version or a newer one, and "
            "leave the database as it is"
        ) from error
    except sa.exc.DBAPIError as error:
        engine.dispose()
        raise DatabaseUnavailable(
            f"{parsed.render_as_string(hide_password=True)} can not be used: {error.orig}; {_what_to_do(engine)}"
        ) from error
    return engine


def _what_to_do(engine: sa.Engine) -> str:
    if engine.dialect.name == "sqlite":
        return "请检查文件及其权限，或从备份恢复。check the file and its rights, or restore it from a backup"
    return "请检查数据库服务是否在运行、地址和账号。see that the server runs, and that address and account are right"


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise BadSetting(
            f"DOSSIER_DATABASE_URL: the folder {folder} can not be made: {error.strerror}; name another one"
        ) from error


def upgrade(engine: sa.Engine, revision: str = "head") -> None:
    """Bring the schema up to a revision, the newest unless told; a database of a newer program is refused by Alembic."""
    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS))
    with engine.begin() as connection:
        if engine.dialect.name == "postgresql":
            # Workers start side by side, and only one of them may find the schema missing.
            connection.execute(sa.text("SELECT pg_advisory_xact_lock(:number)"), {"number": _SCHEMA_LOCK})
        config.attributes["connection"] = connection
        command.upgrade(config, revision)


def _on_sqlite_connect(connection: Any, _record: Any) -> None:
    # SQLAlchemy then leaves transactions to us; the driver would begin them late and deferred.
    connection.isolation_level = None
    write_ahead(connection, _BUSY_SECONDS)
    cursor = connection.cursor()
    cursor.execute("PRAGMA synchronous=FULL")
    cursor.execute("PRAGMA foreign_keys=ON")
    cursor.close()


def _on_sqlite_begin(connection: sa.Connection) -> None:
    # Who only reads (`only_reads`, an execution option) keeps nobody waiting.
    if connection.get_execution_options().get("only_reads", False):
        connection.exec_driver_sql("BEGIN")
        return
    driver = connection.connection.driver_connection
    assert isinstance(driver, sqlite3.Connection)
    if not _begins_soon(driver):
        connection.exec_driver_sql("BEGIN IMMEDIATE")


def _begins_soon(connection: sqlite3.Connection) -> bool:
    """Begin to write where the others are done within milliseconds, as they mostly are.

    SQLite by itself looks again after 1, 2, 5, 10 ... 100 ms, and for most of that time nobody would write.
    """
    connection.execute("PRAGMA busy_timeout = 0")
    try:
        for pause in _PAUSES:
            try:
                connection.execute("BEGIN IMMEDIATE")
            except sqlite3.OperationalError as error:
                if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY:
                    return False
                time.sleep(pause)
            else:
                return True
    finally:
        connection.execute(f"PRAGMA busy_timeout = {int(1000 * _BUSY_SECONDS)}")
    return False
