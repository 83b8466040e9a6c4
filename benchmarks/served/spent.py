"""CPU seconds of a server, whose processes somebody has to name: nothing in its API tells them."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from benchmarks.measure.processes import cpu_seconds

VARIABLE = "PAPERLESS_SERVER_PIDS"


class UnknownProcess(Exception):
    """A process that was named is not there."""


def named(told: list[str], environment: Mapping[str, str]) -> tuple[int, ...]:
    """The processes that `--server-pid` names, else the environment's, each by its number or by a file that holds it.

    Each stands for itself and all that it has started. Raises UnknownProcess.
    """
    words = told or environment.get(VARIABLE, "").replace(",", " ").split()
    found = []
    for word in words:
        number = word if word.isdecimal() else _written(Path(word))
        if not (number.isdecimal() and Path(f"/proc/{number}").is_dir()):
            raise UnknownProcess(
                f"{word}: no such process, nor a file that holds the number of one; name those of the web server and of "
                "the worker (celery) by --server-pid, once each"
            )
        found.append(int(number))
    return tuple(found)


def spent(processes: tuple[int, ...]) -> float:
    """Their CPU seconds so far, with those of their descendants, also of dead ones that were waited for."""
    return sum(cpu_seconds(process) for process in processes)


def _written(path: Path) -> str:
    try:
        return path.read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError):
        return ""


def ours() -> Mapping[str, str]:
    """The environment for a program of ours: this one's, without settings that speak of another archive."""
    return {
        name: value for name, value in os.environ.items() if not name.startswith(("DOSSIER_", "PAPERLESS_"))
    }
