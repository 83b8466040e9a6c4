"""The account whose token is used."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from plugins.paperless.client.connection import Connection


@dataclass(frozen=True)
class Account:
    """Its id and name, whether it is an administrator's, what it may do at all (as `change_document`), and what the
    server tells it of its settings."""

    id: int
    name: str
    superuser: bool
    may: frozenset[str]
    settings: Mapping[str, object]


def account(connection: Connection) -> Account:
    """Whose token it is. The right `view_uisettings` is needed, as for every user of the web interface."""
    told = connection.get("ui_settings/")
    user = told["user"]
    return Account(
        int(user["id"]),
        str(user["username"]),
        bool(user["is_superuser"]),
        frozenset(told["permissions"]),
        told["settings"],
    )


class Me:
    """The account of a connection, asked for once: it does not change while a token lasts."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._account: Account | None = None

    def get(self) -> Account:
        """Whose token it is."""
        if self._account is None:
            self._account = account(self._connection)
        return self._account
