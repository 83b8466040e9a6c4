"""The socket for document-management systems.

The contract is `retention.dms.Dms`, with its errors in `retention.errors`; it stands there because
disposal acts through it. `tests/contract` holds every row of this table to it. A new backend is one
folder here, one row here, and one row in `tests/contract/conftest.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from plugins.backends.local import LocalDms
from retention.dms import Dms


@dataclass(frozen=True)
class Place:
    """Where a DMS is. `root` is the folder in which an embedded one keeps everything; `url` and `token` are those of a
    server, `user` and `password` stand for a token, which is kept in the file `token_kept`. `categories` are the names
    of the categories that people see, by the cards' own; `levels` those of the ladder, the lowest first. `media` and `trash`
    are the server's own folders, where they are mounted here."""

    root: Path
    url: str = ""
    token: str = field(default="", repr=False)
    user: str = ""
    password: str = field(default="", repr=False)
    token_kept: Path | None = None
    categories: Mapping[str, str] = field(default_factory=dict)
    levels: tuple[str, ...] = ()
    media: Path | None = None
    trash: Path | None = None


def _local(place: Place) -> Dms:
    return LocalDms(place.root)


def _paperless(place: Place) -> Dms:
    # Imported here: who has the local DMS need not wait for a client to be loaded.
    from plugins.paperless.backend import PaperlessDms
    from plugins.paperless.client.login import Login
    from plugins.paperless.disk import Disk

    login = Login(place.user, place.password, place.token_kept) if place.user else None
    return PaperlessDms(
        place.url,
        place.token,
        login=login,
        categories=place.categories,
        levels=place.levels,
        disk=Disk(place.media, place.trash),
    )


BACKENDS: dict[str, Callable[[Place], Dms]] = {
    "local": _local,
    "paperless": _paperless,
}
