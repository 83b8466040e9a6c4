"""The socket for document-management systems.

The contract is `retention.dms.Dms`, with its errors in `retention.errors`; it stands there because
disposal acts through it. `tests/contract` holds every row of this table to it. A new backend is one
folder here, one row here, and one row in `tests/contract/conftest.py`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from plugins.backends.local import LocalDms
from retention.dms import Dms


@dataclass(frozen=True)
class Place:
    """Where a DMS is. `root` is the folder in which an embedded one keeps everything."""

    root: Path


def _local(place: Place) -> Dms:
    return LocalDms(place.root)


BACKENDS: dict[str, Callable[[Place], Dms]] = {
    "local": _local,
}
