"""Reading the file of a document that lies in the DMS: in a scratch copy, by readers that are started when first needed."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path

from consumers.pool import ReadingPool
from consumers.scan import scan_of
from consumers.transcript import Transcript
from plugins.paperless.existing.seen import Seen


class Originals:
    """`open_pool` makes the readers; they are kept until the context ends."""

    def __init__(self, open_pool: Callable[[], ReadingPool]) -> None:
        self._open_pool = open_pool
        self._pool: ReadingPool | None = None

    def __enter__(self) -> Originals:
        return self

    def __exit__(self, *_: object) -> None:
        if self._pool is not None:
            self._pool.__exit__(None, None, None)

    def read(self, seen: Seen, content: bytes) -> Transcript:
        """The text of the file; raises Refused where it can't be read."""
        if self._pool is None:
            self._pool = self._open_pool().__enter__()
        with tempfile.TemporaryDirectory(prefix="dossier-") as folder:
            path = Path(folder) / f"document{Path(seen.name).suffix[:10]}"
            path.write_bytes(content)
            self._pool.bounds.check_bytes(len(content))
            return self._pool.read(scan_of(path, "paperless-ngx")).result()
