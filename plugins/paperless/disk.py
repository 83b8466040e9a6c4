"""The server's folders, where they are mounted here: whether a destroyed document's files are really gone from them.

The API does not tell whether PAPERLESS_EMPTY_TRASH_DIR is set, and then the server moves originals there instead of
removing them. Nothing is ever removed or written here.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from plugins.paperless.client.stored import Stored
from plugins.paperless.upload.enclosing import original_in
from retention.errors import DmsUnavailable


@dataclass(frozen=True)
class Disk:
    """`media` is the folder of PAPERLESS_MEDIA_ROOT and `trash` that of PAPERLESS_EMPTY_TRASH_DIR, as they are seen here; None:
    not mounted, and nothing is said of it."""

    media: Path | None = None
    trash: Path | None = None

    def left(self, files: Sequence[Stored]) -> tuple[Path, ...]:
        """Those of the files that are still there, under their names or in the trash's folder. Raises DmsUnavailable where
        a folder can not be looked into."""
        try:
            return tuple(self._left(files))
        except OSError as error:
            raise DmsUnavailable(
                f"{error.filename}: {error.strerror}: mount the folders of paperless-ngx so that they can be read here, or "
                "leave DOSSIER_PAPERLESS_MEDIA and DOSSIER_PAPERLESS_TRASH_DIR empty"
            ) from error

    def _left(self, files: Sequence[Stored]) -> Iterator[Path]:
        if self.media is not None:
            documents = self.media / "documents"
            # A folder that is not there would look as if all were gone.
            next(documents.iterdir(), None)
            yield from (path for file in files for name in file.names if (path := documents / name).exists())
        if self.trash is not None:
            sums = {file.sha256 for file in files}
            for path in sorted(self.trash.iterdir()):
                if path.is_file() and not sums.isdisjoint(_sums(path)):
                    yield path


def _sums(path: Path) -> tuple[str, str]:
    """Of the file, and of the scanner's bytes inside it."""
    content = path.read_bytes()
    inside = original_in(content) if content.startswith(b"%PDF") else None
    return hashlib.sha256(content).hexdigest(), hashlib.sha256(inside or b"").hexdigest()
