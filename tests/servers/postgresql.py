"""A PostgreSQL of the tests' own."""

from __future__ import annotations

import contextlib
import subprocess
import uuid
from collections.abc import Iterator
from pathlib import Path

import psycopg

from tests.servers.starting import Server, as_account, free_port, program, scratch

_ACCOUNT = "postgres"


def _programs() -> str:
    """The folder of the newest PostgreSQL that the distribution has installed."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda one: float(one.parent.name))
    return str(found[-1]) if found else ""


@contextlib.contextmanager
def running() -> Iterator[Server]:
    """A server with an empty data folder; `url` names its first database."""
    port = free_port()
    with scratch(_ACCOUNT) as folder:
        data = str(folder / "data")
        make = [
            program("initdb", _programs()),
            *("-D", data, "-U", "dossier", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "-N"),
        ]
        subprocess.run(as_account(_ACCOUNT, make), check=True, capture_output=True, cwd=folder)
        words = [
            program("postgres", _programs()),
            *("-D", data, "-h", "127.0.0.1", "-p", str(port), "-k", str(folder)),
            *("-c", "fsync=off", "-c", "full_page_writes=off", "-c", "max_connections=60"),
        ]
        address = f"//dossier@127.0.0.1:{port}/postgres"
        server = Server(
            as_account(_ACCOUNT, words),
            folder,
            f"postgresql+psycopg:{address}",
            lambda: _answers(f"postgresql:{address}"),
        )
        server.start()
        try:
            yield server
        finally:
            server.stop()


def fresh_database(server: Server) -> str:
    """The URL of a new, empty database on that server."""
    name = f"d{uuid.uuid4().hex[:12]}"
    plain = server.url.replace("+psycopg", "")
    with psycopg.connect(plain, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"'.encode())
    return server.url.rpartition("/")[0] + f"/{name}"


def _answers(url: str) -> bool:
    try:
        psycopg.connect(url, connect_timeout=2).close()
    except psycopg.OperationalError:
        return False
    return True
