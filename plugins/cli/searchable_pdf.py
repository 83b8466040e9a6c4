"""Where `dossier read --pdf FOLDER` puts its PDFs: whole or not at all, and never over anything unless told to."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from consumers.errors import Refused
from consumers.pool import ReadingPool
from consumers.scan import Scan
from consumers.transcript import Transcript

if TYPE_CHECKING:
    from consumers.searchable import Searchable


class PdfFolder:
    """The folder `root`, made where it is missing. `force`: files that are there already are replaced, but never one
    of those that were `read`, nor one that was written in this run."""

    def __init__(self, root: Path, read: list[Path], *, archival: bool, force: bool) -> None:
        root.mkdir(parents=True, exist_ok=True)
        self._root = root
        self._untouchable = {path.resolve() for path in read}
        self._archival = archival
        self._force = force

    def write(self, scan: Scan, transcript: Transcript, pool: ReadingPool) -> tuple[Path, Searchable]:
        """The PDF of a file that was read; raises Refused (`target-exists`, and what making one raises)."""
        target = self._target(scan)
        part = self._root / f".{target.name}.{os.getpid()}.part"
        try:
            done = pool.searchable(scan, transcript, part, archival=self._archival).result()
            os.replace(part, target)
        finally:
            part.unlink(missing_ok=True)
        self._untouchable.add(target.resolve())
        return target, done

    def _target(self, scan: Scan) -> Path:
        for name in (f"{Path(scan.name).stem}.pdf", f"{scan.name}.pdf"):
            target = self._root / name
            if target.resolve() not in self._untouchable and (self._force or not os.path.lexists(target)):
                return target
        raise Refused(
            "target-exists",
            f"{self._root} 中已有 {scan.name} 的 PDF，请换一个文件夹，或用 --force 覆盖。",
            f"There is a PDF of {scan.name} in {self._root} already; name another folder, or replace it by --force.",
        )
