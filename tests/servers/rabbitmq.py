"""A RabbitMQ of the tests' own."""

from __future__ import annotations

import contextlib
import os
import signal
from collections.abc import Iterator

from tests.servers.starting import Server, free_port, listens, program, scratch

_SERVER = "/usr/lib/rabbitmq/bin"


@contextlib.contextmanager
def running() -> Iterator[Server]:
    """A server of one node, without the daemon that nodes find each other by."""
    port, between = free_port(), free_port()
    with scratch() as folder:
        (folder / "plugins").write_text("[].")
        (folder / "rabbitmq.conf").write_text("loopback_users = none\n")
        environment = {
            "PATH": os.environ["PATH"],
            "HOME": str(folder),
            "RABBITMQ_NODENAME": f"dossier{port}@localhost",
            "RABBITMQ_NODE_IP_ADDRESS": "127.0.0.1",
            "RABBITMQ_NODE_PORT": str(port),
            "RABBITMQ_DIST_PORT": str(between),
            "RABBITMQ_MNESIA_BASE": str(folder / "data"),
            "RABBITMQ_LOG_BASE": str(folder / "log"),
            "RABBITMQ_PID_FILE": str(folder / "pid"),
            "RABBITMQ_ENABLED_PLUGINS_FILE": str(folder / "plugins"),
            "RABBITMQ_CONFIG_FILE": str(folder / "rabbitmq.conf"),
            "RABBITMQ_CONF_ENV_FILE": str(folder / "none"),
            "RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS": f"-start_epmd false -erl_epmd_port {between}",
        }
        server = Server(
            [program("rabbitmq-server", _SERVER)],
            folder,
            f"amqp://guest:guest@127.0.0.1:{port}//",
            lambda: listens(port),
            environment,
        )
        server.start(120)
        try:
            yield server
        finally:
            server.stop(signal.SIGTERM)
