"""A process that files one document and is killed (SIGKILL) at its n-th step: run by test_crash.

A step is every call that reaches the disk: opening, flushing, renaming, removing a file, making a
folder, and each statement of SQL; the process may die before it and behind it.
Arguments: root, original, number of the step. Prints the id when it came through.
"""

from __future__ import annotations

import functools
import hashlib
import os
import signal
import sqlite3
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from plugins.backends.local import LocalDms
from tests.contract.deposits import deposit


def main(root: Path, original: Path, fatal: int) -> None:
    """File `original`, unless the step number `fatal` comes first."""
    count = 0

    def step() -> None:
        nonlocal count
        count += 1
        if count == fatal:
            os.kill(os.getpid(), signal.SIGKILL)

    def deadly(call: Callable[..., Any]) -> Callable[..., Any]:
        def stepping(*args: Any, **kwargs: Any) -> Any:
            step()
            result = call(*args, **kwargs)
            step()
            return result

        return stepping

    class Connection(sqlite3.Connection):
        execute = deadly(sqlite3.Connection.execute)
        executemany = deadly(sqlite3.Connection.executemany)
        close = deadly(sqlite3.Connection.close)

    patched: list[tuple[Any, str]] = [(os, name) for name in ("open", "fsync", "replace", "unlink", "mkdir")]
    for module, name in patched:
        setattr(module, name, deadly(getattr(module, name)))
    database: Any = sqlite3
    database.connect = functools.partial(sqlite3.connect, factory=Connection)
    content = original.read_bytes()
    paper = deposit(original.parent, content, ("认购书",), sha256=hashlib.sha256(content).hexdigest())
    print(LocalDms(root).file(paper))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]))
