"""The spool: where a claimed file lies until it is confirmed in the DMS or set aside.

Principle: nothing leaves the inbox before its whole bytes are in the spool, and nothing leaves the
spool before they are confirmed elsewhere. Each file lies in a folder of its own, named by its
intake id, beside `claim.json`, which tells where it came from; so the spool can be understood
without the database.
"""

from __future__ import annotations

import errno
import json
import os
import shutil
import stat
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path
from typing import Any

_CLAIM = "claim.json"
_INCOMING = ".incoming"
_CONTENT = "content"
_ROOM = "cut"
_BY_PLACE = ("id", "path")
"""What the place itself says of a claim."""


@dataclass(frozen=True)
class Claim:
    """A file in the spool.

    `name` is its name in the inbox, `source` says by which door it came, `origin` is path, device,
    inode, time of change and size of the file it was copied from (empty where it was moved),
    `owner` is the process that claimed it. What was cut out of another file names it: `part_of` is the id of that
    claim, `whole` the SHA-256 of its bytes, and these are its pages `first_page` to `last_page`; empty and 0 for a
    file that came in by itself.
    """

    id: str
    path: Path
    name: str
    source: str
    origin: str
    owner: str
    part_of: str = ""
    whole: str = ""
    first_page: int = 0
    last_page: int = 0


_FIELDS = tuple(field.name for field in fields(Claim) if field.name not in _BY_PLACE)


@dataclass(frozen=True)
class Spool:
    """A folder of claims; `owner` signs those that are made here (consumers.inbox.owner)."""

    folder: Path
    owner: str

    def move_in(self, source: Path, intake_id: str, door: str) -> Claim:
        """Claim a file: afterwards it lies in the spool and no longer at `source`.

        On the same file system it is renamed, elsewhere copied, synced, then unlinked. Raises
        FileNotFoundError where somebody else was quicker, another OSError where it can not be taken away:
        then it lies at `source` only.
        """
        place = self._make(intake_id, source, door, origin="")
        try:
            os.rename(source, place / _CONTENT)
        except OSError as error:
            if error.errno != errno.EXDEV:
                self.drop(intake_id)
                raise
            return self._copy_and_remove(source, intake_id, door)
        try:
            _insist_on_a_file(place / _CONTENT, source)
        except OSError:
            # Swapped for a link or a pipe after somebody had looked at it: given back untouched.
            os.rename(place / _CONTENT, source)
            self.drop(intake_id)
            raise
        _sync(place)
        return self._claim(place)

    def copy_in(self, source: Path, intake_id: str, door: str, origin: str = "") -> Claim:
        """Claim a copy of a file, durable on disk, and leave the file where it is.

        With an `origin` (as `origin_of` gives it) the very same file is known again where a crash
        kept it in the inbox after it was copied.
        """
        place = self._make(intake_id, source, door, origin)
        try:
            with source.open("rb") as reading, (place / _INCOMING).open("wb") as writing:
                shutil.copyfileobj(reading, writing, 1 << 20)
                writing.flush()
                os.fsync(writing.fileno())
            os.rename(place / _INCOMING, place / _CONTENT)
        except OSError:
            # Half a copy on a full disk must not stay there for as long as this process lives.
            self.drop(intake_id)
            raise
        _sync(place)
        return self._claim(place)

    def bring_in(self, claim: Claim, fetch: Callable[[Path], object]) -> Claim:
        """Claim a file that is somewhere else; `fetch` writes all of it where it is told to, or raises OSError.

        `claim` says all but where it will lie and whose it is.
        """
        place = self.folder / claim.id
        place.mkdir(mode=0o700, parents=True, exist_ok=True)
        try:
            _tell(place, replace(claim, owner=self.owner))
            fetch(place / _INCOMING)
            _sync(place / _INCOMING)
            os.rename(place / _INCOMING, place / _CONTENT)
        except OSError:
            self.drop(claim.id)
            raise
        _sync(place)
        return self._claim(place)

    def part_in(self, cut: Path, part: Claim) -> Claim:
        """Claim what was cut out of a claimed file; afterwards it no longer lies at `cut`, which is in this spool.

        `part` says all but where it will lie and whose it is. Done again after a crash it ends the same.
        """
        place = self.folder / part.id
        place.mkdir(mode=0o700, parents=True, exist_ok=True)
        _tell(place, replace(part, owner=self.owner))
        _sync(cut)
        os.replace(cut, place / _CONTENT)
        _sync(place)
        return self._claim(place)

    def room(self, intake_id: str) -> Path:
        """A folder beside a claim's content for what is made of it; it goes with the claim."""
        place = self.folder / intake_id / _ROOM
        place.mkdir(mode=0o700, exist_ok=True)
        return place

    def claims(self, is_alive: Callable[[str], bool]) -> Iterator[Claim]:
        """Every whole claim whose owner has died, or is not known.

        What such an owner left unfinished (its file is still in the inbox) is removed; what a
        living one has is left alone. A file whose claim can not be read is never removed.
        """
        for place in sorted(self.folder.iterdir()) if self.folder.is_dir() else []:
            told = _told(place)
            if told is not None and is_alive(told["owner"]):
                continue
            if (place / _CONTENT).exists():
                yield self._claim(place)
            elif place.is_dir() and not _is_fresh(place):
                self.drop(place.name)

    def adopt(self, claim: Claim) -> Claim:
        """Sign a dead owner's claim with one's own name; the caller holds the lock on recovery."""
        adopted = replace(claim, owner=self.owner)
        _tell(claim.path.parent, adopted)
        return adopted

    def disown(self, claim: Claim) -> None:
        """Take the name off a claim: whoever looks next may take it up."""
        _tell(claim.path.parent, replace(claim, owner=""))

    def find(self, intake_id: str) -> Claim | None:
        """The claim with that id, if its file is still here."""
        place = self.folder / intake_id
        return self._claim(place) if (place / _CONTENT).exists() else None

    def drop(self, intake_id: str) -> None:
        """Remove a claim; only for one that is confirmed, set aside, or never held a whole file."""
        shutil.rmtree(self.folder / intake_id, ignore_errors=True)

    def _copy_and_remove(self, source: Path, intake_id: str, door: str) -> Claim:
        try:
            _insist_on_a_file(source, source)
            origin = origin_of(source)
        except OSError:
            self.drop(intake_id)
            raise
        claim = self.copy_in(source, intake_id, door, origin)
        try:
            source.unlink(missing_ok=True)
        except OSError:
            if os.path.lexists(source):
                self.drop(intake_id)
                raise
        return claim

    def _make(self, intake_id: str, source: Path, door: str, origin: str) -> Path:
        place = self.folder / intake_id
        place.mkdir(mode=0o700, parents=True, exist_ok=True)
        try:
            _tell(place, Claim(intake_id, place, source.name, door, origin, self.owner))
        except OSError:
            self.drop(intake_id)
            raise
        return place

    def _claim(self, place: Path) -> Claim:
        told = _told(place) or {"name": place.name, "source": "spool", "origin": "", "owner": ""}
        return Claim(place.name, place / _CONTENT, **told)


def origin_of(path: Path) -> str:
    """Path, device, inode, time of change (ns) and size of a file: the same for the same, unchanged file."""
    status = path.stat()
    return json.dumps([str(path), status.st_dev, status.st_ino, status.st_mtime_ns, status.st_size])


def _insist_on_a_file(path: Path, named: Path) -> None:
    """Raise OSError, naming `named`, unless `path` is a regular file and no link to one."""
    if not stat.S_ISREG(path.lstat().st_mode):
        raise OSError(errno.EINVAL, "no regular file", str(named))


def _tell(place: Path, claim: Claim) -> None:
    told = {name: value for name, value in asdict(claim).items() if name not in _BY_PLACE}
    unfinished = place / f"{_CLAIM}.part"
    with unfinished.open("w", encoding="ascii") as writing:
        writing.write(json.dumps(told, ensure_ascii=True))
        writing.flush()
        os.fsync(writing.fileno())
    os.replace(unfinished, place / _CLAIM)


def _told(place: Path) -> dict[str, Any] | None:
    """What the claim says; None where there is none, or one that a crash left mangled."""
    try:
        told = json.loads((place / _CLAIM).read_text(encoding="ascii"))
    except (OSError, ValueError):
        return None
    known = isinstance(told, dict) and {"name", "source", "origin", "owner"} <= told.keys()
    return {name: told[name] for name in _FIELDS if name in told} if known else None


def _is_fresh(place: Path) -> bool:
    """Whether somebody may just be about to write the claim: the folder is younger than a minute."""
    try:
        return time.time() - place.stat().st_mtime < 60
    except OSError:
        return True


def _sync(path: Path) -> None:
    """Wait until a file's bytes, or a folder's names, are on the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
