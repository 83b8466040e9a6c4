"""Two passes of one pile 双面: collected in a sub-folder of the inbox, put together, and taken in as one file.

Principle: a pass goes only after the file that holds its pages lies in the spool. Passes that do not fit each other are
set aside, both, with the reason; nothing is deleted for it.
"""

from __future__ import annotations

import hashlib
import shutil
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import sqlalchemy as sa

from consumers import intake
from consumers.errors import ReaderFailed, Refused
from consumers.inbox.looking import inode_of
from consumers.inbox.set_aside import Note, set_aside
from consumers.pictures import damaged
from consumers.scan import sha256_of
from plugins.logs import log

if TYPE_CHECKING:
    from consumers.pool import ReadingPool
    from plugins.intake.intaking import Intaking
    from plugins.wiring import Archive

_DOOR = "inbox"
_MOST_STEM = 60


class Passes:
    """The sub-folders of one inbox that take passes. `wait` is the seconds for which a first pass waits for the second."""

    def __init__(self, archive: Archive, pool: ReadingPool, intaking: Intaking, inbox: Path) -> None:
        settings = archive.settings
        self._archive, self._pool, self._intaking, self._inbox = archive, pool, intaking, inbox
        self._name = settings.double_sided.strip("-")
        self._wait = settings.double_sided_minutes * 60

    def takes(self, path: Path) -> bool:
        """Whether a file of the inbox is one pass of two."""
        return bool(self._name) and self._name in path.relative_to(self._inbox).parts[:-1]

    def take(self, settled: Iterable[tuple[Path, float]]) -> None:
        """Put together what has both passes; `settled` are all finished files of such folders, with their seconds.

        The older one of two is the fronts.
        """
        by_folder: dict[Path, list[tuple[Path, float]]] = defaultdict(list)
        for path, age in settled:
            by_folder[path.parent].append((path, age))
        for waiting in by_folder.values():
            waiting.sort(key=lambda entry: (_written(entry[0]), entry[0].name))
            while waiting:
                (first, age), *rest = waiting
                if rest and _written(rest[0][0]) - _written(first) <= self._wait:
                    self._join(first, rest[0][0])
                    del waiting[:2]
                    continue
                if rest or age > self._wait:
                    self._set_aside(first, _second_missing(self._wait))
                del waiting[:1]

    def _join(self, fronts: Path, backs: Path) -> None:
        name = f"{fronts.stem[:_MOST_STEM]} {self._name}.pdf"
        told = hashlib.sha256(str(fronts).encode("utf-8", "backslashreplace")).hexdigest()
        room = self._archive.settings.home / "passes" / told[:16]
        try:
            room.mkdir(mode=0o700, parents=True, exist_ok=True)
            whole = room / name
            pages = self._pool.collate(fronts, backs, whole).result()
            if self._is_known(sha256_of(whole)):
                # A crash came between taking it in and removing its passes.
                log().info("two passes are taken in already", inode=inode_of(fronts))
            else:
                self._intaking.take(whole, _DOOR, keep=False)
        except Refused as refusal:
            self._set_aside(fronts, refusal)
            self._set_aside(backs, refusal)
        except ReaderFailed as error:
            log().error("the two passes can not be put together", inode=inode_of(fronts), exc_info=error)
            for one in (fronts, backs):
                self._set_aside(one, damaged("PDF"))
        except (OSError, RuntimeError) as error:
            # The disk is full, or the reading processes are being started anew: both stay where they are.
            log().warning("the two passes wait", inode=inode_of(fronts), reason=error)
        else:
            for one in (fronts, backs):
                one.unlink(missing_ok=True)
            log().info("two passes put together", pages=pages)
        finally:
            shutil.rmtree(room, ignore_errors=True)

    def _is_known(self, sha256: str) -> bool:
        row = intake.intake.c
        query = sa.select(row.id).where(row.sha256 == sha256, row.state != "quarantined").limit(1)
        with self._archive.engine.begin() as connection:
            return connection.execute(query).first() is not None

    def _set_aside(self, path: Path, refusal: Refused) -> None:
        """The file beside its note first, then the row: a crash between leaves it where people see it."""
        try:
            sha256, now = sha256_of(path), self._archive.clock()
        except OSError:
            return
        told = f"{path}:{sha256}:{_written(path)}"
        note = Note(
            name=path.name,
            sha256=sha256,
            code=refusal.code,
            message_zh=refusal.zh,
            message_en=refusal.en,
            intake_id=hashlib.sha256(told.encode("utf-8", "backslashreplace")).hexdigest()[:32],
            source=_DOOR,
            since=intake.stamp(now),
        )
        set_aside(path, self._archive.settings.set_aside_folder, note)
        with self._archive.engine.begin() as connection:
            if intake.get(connection, note.intake_id) is None:
                holder = intake.holder_of(connection) or _DOOR
                intake.register(
                    connection,
                    intake_id=note.intake_id,
                    name=path.name,
                    source=_DOOR,
                    origin="",
                    owner=holder,
                    sha256=sha256,
                    at=now,
                )
                reason = f"{refusal.code}: {refusal.zh}"
                intake.move(connection, note.intake_id, "quarantined", at=now, reason=reason)
        log().warning("set aside", intake=note.intake_id, sha256=note.sha256, code=refusal.code)


def _written(path: Path) -> float:
    """When the file was last written, in seconds; 0.0 where it has gone."""
    try:
        return path.stat().st_mtime
    except OSError:
        return 0.0


def _second_missing(seconds: float) -> Refused:
    return Refused(
        "pass-missing",
        f"双面扫描只等到一遍（等了 {seconds / 60:.0f} 分钟），未归档。请把正面、反面两遍重新扫描。",
        f"Only one of the two passes came within {seconds / 60:.0f} minutes; it was not filed. Scan fronts and backs again.",
    )
