"""A Redis of the tests' own."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

from tests.servers.starting import Server, free_port, listens, program, scratch


@contextlib.contextmanager
def running() -> Iterator[Server]:
    """A server that keeps its data in a scratch folder, so that it can be stopped and started again."""
    port = free_port()
    with scratch() as folder:
        words = [
            program("redis-server"),
            *("--port", str(port), "--bind", "127.0.0.1", "--dir", str(folder)),
            *(
                "--appendonly",
                "yes",
                "--appendfsync",
                "always",
                "--save",
                "",
                "--maxmemory-policy",
                "noeviction",
            ),
        ]
        server = Server(words, folder, f"redis://127.0.0.1:{port}/0", lambda: listens(port))
        server.start()
        try:
            yield server
        finally:
            server.stop()
