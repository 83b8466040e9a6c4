"""Starting and stopping a server that a test needs."""

from __future__ import annotations

import contextlib
import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest


def free_port() -> int:
    """A port of the loopback address that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def program(name: str, *folders: str) -> str:
    """Where a program is; skips the test where it is not installed (`./run test` installs it)."""
    found = shutil.which(name, path=os.pathsep.join([*folders, os.environ.get("PATH", "")]))
    if found is None:
        pytest.skip(f"{name} is not installed here; ./run setup does that")
    return found


@contextlib.contextmanager
def scratch(account: str = "") -> Iterator[Path]:
    """A folder for a server's data, which belongs to that account where there is one and we are root."""
    folder = Path(tempfile.mkdtemp(prefix="dossier-server-"))
    try:
        if account and os.geteuid() == 0:
            owner = pwd.getpwnam(account)
            os.chown(folder, owner.pw_uid, owner.pw_gid)
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def as_account(account: str, words: Sequence[str]) -> list[str]:
    """The command, run by that account where we are root: some servers refuse to be started by root."""
    if os.geteuid() != 0:
        return list(words)
    return [program("setpriv"), f"--reuid={account}", f"--regid={account}", "--clear-groups", *words]


class Server:
    """A server that can be stopped and started again on the same data; `url` is where it answers."""

    def __init__(
        self,
        words: Sequence[str],
        folder: Path,
        url: str,
        answers: Callable[[], bool],
        environment: dict[str, str] | None = None,
    ) -> None:
        self.url = url
        self._words = list(words)
        self._folder = folder
        self._answers = answers
        self._environment = environment
        self._process: subprocess.Popen[bytes] | None = None

    def start(self, seconds: float = 180.0) -> None:
        """Start it, and wait until it answers."""
        with (self._folder / "output").open("ab") as output:
            self._process = subprocess.Popen(
                self._words,
                cwd=self._folder,
                env=self._environment,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                start_new_session=True,
            )
        deadline = time.monotonic() + seconds
        while not self._answers():
            if self._process.poll() is not None or time.monotonic() > deadline:
                said = (self._folder / "output").read_text(errors="replace")[-2000:]
                self.stop(signal.SIGKILL)
                raise RuntimeError(f"{self._words[0]} did not start: {said}")
            time.sleep(0.1)

    def stop(self, how: signal.Signals = signal.SIGINT) -> None:
        """Stop it, with all that it started, by the number of its session."""
        if self._process is None:
            return
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self._process.pid, how)
        try:
            self._process.wait(60)
        except subprocess.TimeoutExpired:
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()
        self._process = None


def listens(port: int) -> bool:
    """Whether somebody answers at that port of the loopback address."""
    with socket.socket() as probe:
        probe.settimeout(0.5)
        return probe.connect_ex(("127.0.0.1", port)) == 0
