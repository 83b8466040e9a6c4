"""The scratch place of a soak: the archive's disk, two inboxes on shares, and what can be done to them.

As root the archive's disk is a small file system of its own, which can be really full, and each share a mount, which can
be really read-only. Without root what needs that is left out and told so.
"""

from __future__ import annotations

import contextlib
import os
import subprocess
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

_DISK_MB = 256


@dataclass(frozen=True)
class Share:
    """A share with an inbox in it. `calm` is held by who writes into it, and by who strikes it: a scanner whose folder is
    away writes nothing, and what it was to write is known for certain."""

    folder: Path
    calm: threading.Lock = field(default_factory=threading.Lock)

    @property
    def inbox(self) -> Path:
        """The scanner's folder."""
        return self.folder / "inbox"


@dataclass(frozen=True)
class Place:
    """The folders. `mounted` is whether disks can be filled and made read-only."""

    root: Path
    shares: tuple[Share, Share]
    mounted: bool

    @property
    def home(self) -> Path:
        """The archive's."""
        return self.root / "disk" / "home"

    @property
    def aside(self) -> Path:
        """Where refused files go: a share too."""
        return self.root / "aside"

    def fill(self) -> Path:
        """Fill the archive's disk to the last byte; gives back what is to be removed to make room."""
        ballast = self.root / "disk" / "ballast"
        with contextlib.suppress(OSError), ballast.open("wb", buffering=0) as file:
            while True:
                file.write(b"\0" * 65536)
        return ballast


@contextlib.contextmanager
def made(root: Path) -> Iterator[Place]:
    """The place under that folder; what was mounted for it is taken away in the end."""
    disk, aside = root / "disk", root / "aside"
    # The first share is on the archive's disk, so that files are renamed; from the second they are copied.
    shares = Share(disk / "share"), Share(root / "share")
    mounts: list[Path] = []
    disk.mkdir(parents=True)
    with contextlib.ExitStack() as stack:
        stack.callback(_unmount, mounts)
        mounted = os.geteuid() == 0 and _mount(["-t", "tmpfs", "-o", f"size={_DISK_MB}m", "none"], disk)
        if mounted:
            mounts.append(disk)
        for folder in (aside, *(share.folder for share in shares)):
            folder.mkdir()
            if mounted and _mount(["--bind", str(folder)], folder):
                mounts.append(folder)
        for share in shares:
            share.inbox.mkdir()
        yield Place(root, shares, mounted)


def read_only(folder: Path, is_so: bool) -> bool:
    """Make a share read-only, or writable again; whether that was done."""
    done = subprocess.run(
        ["mount", "-o", f"remount,bind,{'ro' if is_so else 'rw'}", str(folder)],
        check=False,
        capture_output=True,
    )
    return done.returncode == 0


def _mount(words: list[str], where: Path) -> bool:
    return subprocess.run(["mount", *words, str(where)], check=False, capture_output=True).returncode == 0


def _unmount(mounts: list[Path]) -> None:
    for where in reversed(mounts):
        subprocess.run(["umount", "-l", str(where)], check=False, capture_output=True)
