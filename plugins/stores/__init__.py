"""Where files lie on their way to a worker on another machine.

By default that is a shared DOSSIER_HOME, and there is no store. With an S3-compatible store each machine has a DOSSIER_HOME
of its own.

Principle: what a row of the intake table speaks of is in the store before the row says so, whole and read back; and it
leaves the store only after the row has come to its end. What is there without a row, or after its end, is an orphan of a
crash and is swept.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol

from plugins.stores.s3 import S3Store
from plugins.stores.store_settings import StoreSettings


@dataclass(frozen=True)
class Kept:
    """One object in the store: which row's, of which bytes, what of it, how many bytes, and since when (UTC)."""

    intake_id: str
    sha256: str
    what: str
    size: int
    at: datetime


class Store(Protocol):
    """What is asked of a store. Every method may raise StoreAway (an OSError) where it does not answer."""

    def put(self, intake_id: str, sha256: str, path: Path, what: str = "content") -> None:
        """Keep a file under the row's checksum and id, and read it back; what is there already, whole, is left alone."""

    def fetch(self, intake_id: str, sha256: str, target: Path, what: str = "content") -> bool:
        """Write it to `target`, synced to disk; False where it is not there. The caller compares checksums."""

    def holds(self, intake_id: str, sha256: str) -> bool:
        """Whether the content of that row is there."""

    def drop(self, intake_id: str, sha256: str) -> None:
        """Remove everything of that row; nothing where nothing is there."""

    def kept(self) -> Iterator[tuple[str, str, str, int, datetime]]:
        """Every object, as the fields of a Kept."""

    def agree(self, name: str, digest: str) -> str:
        """Keep a digest under a name, unless there is one; gives back which one is kept now."""


STORES: dict[str, Callable[[StoreSettings], Store]] = {"s3": S3Store}
"""By what stands before :// in DOSSIER_STORE."""


def open_store(settings: StoreSettings) -> Store | None:
    """The store that the settings name, None where there is none; nothing is connected to yet. Raises BadSetting."""
    return STORES[settings.store.partition("://")[0]](settings) if settings.store else None


def everything(store: Store) -> Iterator[Kept]:
    """Every object in the store."""
    for one in store.kept():
        yield Kept(*one)
