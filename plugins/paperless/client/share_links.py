"""Share links: addresses under which anybody gets a document without an account."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from plugins.paperless.client.connection import Connection
from plugins.paperless.client.named import EVERYTHING

_RESOURCE = "share_links"
_BUNDLES = "share_link_bundles"


@dataclass(frozen=True)
class ShareLink:
    """A link to the documents; `expires` is the moment as the server writes it, None: never."""

    id: int
    documents: tuple[int, ...]
    expires: str | None
    bundle: bool = False


class ShareLinks:
    """Links and bundles of links that still open something or may do so."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def all(self) -> tuple[ShareLink, ...]:
        """Those that this account has made; an administrator sees everybody's."""
        rows = self._connection.rows(f"{_RESOURCE}/", [EVERYTHING])
        return tuple(_link(row, row["document"]) for row in rows)

    def bundles(self) -> tuple[ShareLink, ...]:
        """The same of bundles, that hold several documents each."""
        rows = self._connection.rows(f"{_BUNDLES}/", [EVERYTHING])
        return tuple(
            ShareLink(int(row["id"]), tuple(map(int, row["documents"])), row["expiration"], bundle=True)
            for row in rows
        )

    def of(self, number: int) -> tuple[ShareLink, ...]:
        """Everybody's links to the document, for its owner; raises DmsUnavailable for others.

        Those that have expired are not among them.
        """
        rows = self._connection.get(f"documents/{number}/share_links/")
        return tuple(_link(row, number) for row in rows)

    def delete(self, link: ShareLink) -> None:
        """Take it away. Raises NoSuchRecord where another account has made it and this is no administrator's."""
        self._connection.delete(f"{_BUNDLES if link.bundle else _RESOURCE}/{link.id}/")


def _link(row: Any, document: int) -> ShareLink:
    return ShareLink(int(row["id"]), (int(document),), row["expiration"])
