"""The state of the server's parts."""

from __future__ import annotations

from plugins.paperless.client.connection import Connection

_PARTS = {"index": "index_status", "redis": "redis_status", "celery": "celery_status"}


def status(connection: Connection) -> dict[str, str]:
    """`OK`, `WARNING` or `ERROR` for its search index, its broker and its worker. Takes a second, for the workers are
    asked; only for administrators and whoever has the right `view_system_monitoring`."""
    tasks = connection.get("status/")["tasks"]
    return {part: str(tasks[name]) for part, name in _PARTS.items()}
