"""Our side: `dossier watch` or `dossier file` as a person starts them, with the server as their DMS."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Mapping
from pathlib import Path
from queue import Empty, Queue
from types import TracebackType
from typing import Any, Self

from benchmarks.measure.processes import cpu_seconds

_PATIENCE = 900.0
_PROGRAM = (sys.executable, "-m", "plugins")


class NotFiled(Exception):
    """Our program ended, or was silent, where it should have filed."""


def settings(
    folder: Path, url: str, token: str, workers: int, environment: Mapping[str, str]
) -> dict[str, str]:
    """What our program is told; a file that lies in the inbox counts as finished at once."""
    return {
        **environment,
        "DOSSIER_HOME": str(folder / "home"),
        "DOSSIER_INBOX": str(folder / "inbox"),
        "DOSSIER_DMS": "paperless",
        "DOSSIER_WORKERS": str(workers),
        "DOSSIER_SETTLE_SECONDS": "0",
        "DOSSIER_POLL_SECONDS": "0.5",
        "PAPERLESS_URL": url,
        "PAPERLESS_TOKEN": token,
    }


class Watch:
    """`dossier watch`, running for as long as the context lasts, as it does beside a scanner."""

    def __init__(self, folder: Path, told: dict[str, str]) -> None:
        self._folder = folder
        self._told = told
        self._lines: Queue[str | None] = Queue()

    def __enter__(self) -> Self:
        call = [*_PROGRAM, "watch", "--json"]
        # The reading processes get no signal of their own: the main process ends them.
        with (self._folder / "watch.log").open("w") as log:
            self._process = subprocess.Popen(
                call,
                cwd=self._folder,
                env=self._told,
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
                start_new_session=True,
            )
        self._listener = threading.Thread(target=self._listen)
        self._listener.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.send_signal(signal.SIGTERM)
        self._process.wait(_PATIENCE)
        self._listener.join()

    def cpu(self) -> float:
        """CPU seconds of the program and its reading processes so far."""
        return cpu_seconds(self._process.pid)

    def file(self, path: Path) -> dict[str, Any]:
        """Put the scan into the inbox, and give back what the program says of its end."""
        inbox = self._folder / "inbox"
        inbox.mkdir(exist_ok=True)
        ready = self._folder / path.name
        shutil.copyfile(path, ready)
        os.replace(ready, inbox / path.name)
        return self.told(path.name)

    def told(self, name: str = "a scan") -> dict[str, Any]:
        """What the program says next of a file's end; `name` is for the error."""
        try:
            line = self._lines.get(timeout=_PATIENCE)
        except Empty:
            line = None
        if line is None:
            log = (self._folder / "watch.log").read_text("utf-8", "replace")
            raise NotFiled(f"{name} was not filed; the program's last words:\n{log[-2000:]}")
        told: dict[str, Any] = json.loads(line)
        return told

    def _listen(self) -> None:
        assert self._process.stdout is not None
        with self._process.stdout as lines:
            for line in lines:
                self._lines.put(line)
        self._lines.put(None)


def prepare(folder: Path, told: dict[str, str]) -> None:
    """Run `dossier init`, which is done once in an archive's life."""
    done = subprocess.run(
        [*_PROGRAM, "init"], cwd=folder, env=told, capture_output=True, text=True, check=False
    )
    if done.returncode != 0:
        raise NotFiled(f"the archive was not prepared; the program's last words:\n{done.stderr[-2000:]}")


def file_all(folder: Path, told: dict[str, str], paths: list[Path]) -> dict[str, dict[str, Any]]:
    """What one call of `dossier file` says of each scan, by its name."""
    call = [*_PROGRAM, "file", "--json", *map(str, paths)]
    done = subprocess.run(call, cwd=folder, env=told, capture_output=True, text=True, check=False)
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    if len(rows) < len(paths):
        raise NotFiled(
            f"{len(rows)} of {len(paths)} were filed; the program's last words:\n{done.stderr[-2000:]}"
        )
    return {Path(row["file"]).name: row for row in rows}
