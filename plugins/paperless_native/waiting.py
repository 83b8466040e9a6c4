"""Readers that wait a while for the next document: an OCR engine takes longer to load than a page to read.

Paperless ends its worker process after every document, so a reader is nobody's child: it listens on a socket in a folder of
our own, is used by whoever holds the lock beside it, and goes when nobody asked for it for DOSSIER_NATIVE_WAIT seconds.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import json
import os
import signal
import socket
import stat
import subprocess
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

MODULE = "plugins.paperless_native.serving"
_MOST = 16
"""So many readers at most wait at once: more workers than this nobody runs on one machine."""
_LONGEST = 100
"""A socket's path may have 108 bytes (unix(7))."""


class NoReader(Exception):
    """No reader can be kept here, or it ended on the way; a fresh process should be tried."""


class TooSlow(Exception):
    """The time is up; the reader was killed."""


@dataclass(frozen=True)
class Keeping:
    """Where readers wait, for how many seconds, of which Python and with which environment."""

    folder: Path
    seconds: int
    program: str
    environment: Mapping[str, str]

    @property
    def kind(self) -> str:
        """Readers of another Python, version or setting are others."""
        config = self.environment.get("DOSSIER_CONFIG", "")
        changed = Path(config).stat().st_mtime_ns if config and Path(config).is_file() else 0
        code = Path(__file__).stat().st_mtime_ns
        told = json.dumps([self.program, self.seconds, changed, code, sorted(self.environment.items())])
        return hashlib.sha256(told.encode()).hexdigest()[:12]


def ask(keeping: Keeping, words: list[str], seconds: float) -> tuple[int, str]:
    """The exit code of `program` called with `words`, and its last words; raises NoReader, TooSlow."""
    _check(keeping.folder)
    with _slot(keeping) as place:
        connection = _connected(keeping, place)
        with connection:
            connection.settimeout(seconds)
            try:
                connection.sendall(json.dumps(words).encode())
                connection.shutdown(socket.SHUT_WR)
                with connection.makefile("rb") as answer:
                    code, said = json.loads(answer.read())
            except TimeoutError as error:
                _kill(place)
                raise TooSlow(f"reading took more than {seconds:.0f} seconds") from error
            except (OSError, ValueError) as error:
                _kill(place)
                raise NoReader("the reader that waited has ended on the way") from error
            except BaseException:
                # We are being ended: what is read now, nobody will fetch.
                _kill(place)
                raise
    return int(code), str(said)


def _check(folder: Path) -> None:
    """Nobody but us may put a socket there: it would be given customers' papers."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        found = folder.lstat()
    except OSError as error:
        raise NoReader(f"{folder}: {error.strerror}") from error
    private = stat.S_ISDIR(found.st_mode) and found.st_uid == os.geteuid() and not found.st_mode & 0o077
    if not private or len(os.fsencode(folder)) > _LONGEST - 20:
        raise NoReader(f"{folder} is not a folder of our own, or its path is too long")


@contextlib.contextmanager
def _slot(keeping: Keeping) -> Iterator[Path]:
    """The place of a reader that nobody else uses, for as long as this lasts."""
    for number in range(_MOST):
        place = keeping.folder / f"{keeping.kind}{number:x}"
        with place.with_suffix(".lock").open("a") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                continue
            yield place
            return
    raise NoReader("all readers are at work")


def _connected(keeping: Keeping, place: Path) -> socket.socket:
    address = str(place.with_suffix(".sock"))
    connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    try:
        connection.connect(address)
    except OSError:
        try:
            _start(keeping, place, address)
            connection.connect(address)
        except OSError as error:
            connection.close()
            raise NoReader(f"no reader can be started: {error.strerror}") from error
    return connection


def _start(keeping: Keeping, place: Path, address: str) -> None:
    """Start a reader on a socket that listens already, so that whoever connects waits for it."""
    Path(address).unlink(missing_ok=True)
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as listening:
        listening.bind(address)
        listening.listen()
        said = place.with_suffix(".said")
        with said.open("wb") as errors:
            reader = subprocess.Popen(
                [
                    keeping.program,
                    "-P",
                    "-m",
                    MODULE,
                    str(listening.fileno()),
                    str(place),
                    str(keeping.seconds),
                ],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=errors,
                cwd=keeping.folder,
                env=dict(keeping.environment),
                pass_fds=(listening.fileno(),),
                process_group=0,
            )
    place.with_suffix(".pid").write_text(str(reader.pid), encoding="ascii")
    # It is meant to outlive us: that we never wait for it is no oversight.
    reader.returncode = 0


def _kill(place: Path) -> None:
    """End the reader at that place, and nothing else that may have got its number since."""
    with contextlib.suppress(OSError, ValueError):
        number = int(place.with_suffix(".pid").read_text(encoding="ascii"))
        if MODULE.encode() in Path(f"/proc/{number}/cmdline").read_bytes().split(b"\0"):
            os.killpg(number, signal.SIGKILL)
