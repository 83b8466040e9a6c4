"""Processes: the CPU seconds and the memory of a process and all that it has started, from Linux' /proc."""

from __future__ import annotations

import os
import threading
from dataclasses import dataclass, field
from pathlib import Path

_TICK = os.sysconf("SC_CLK_TCK")


def family(root: int) -> list[int]:
    """The process and its living descendants."""
    found, at = [root], 0
    while at < len(found):
        for task in _threads(found[at]):
            found += [int(child) for child in _text(found[at], f"task/{task}/children").split()]
        at += 1
    return list(dict.fromkeys(found))


def cpu_seconds(root: int) -> float:
    """CPU seconds of the family so far, those of dead members that were waited for included."""
    ticks = 0
    for pid in family(root):
        # The command in brackets may hold blanks; behind it, state is the first field, utime the twelfth.
        parts = _text(pid, "stat").rpartition(")")[2].split()
        ticks += sum(int(part) for part in parts[11:15])
    return ticks / _TICK


@dataclass
class Memory:
    """Looks at the memory of a process' descendants now and then, in MB, while it is open.

    Looking costs CPU itself; the highest mark of a process is kept by the system, so that seldom is enough.
    """

    root: int
    every: float = 2.0
    """Seconds between two looks."""
    highest: float = 0.0
    """The most that one descendant has ever had in memory (VmHWM)."""
    _done: threading.Event = field(default_factory=threading.Event)

    def __enter__(self) -> Memory:
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._done.set()
        self._thread.join()

    def look(self) -> dict[str, float]:
        """The greatest descendant at this moment: `mb` in memory (VmRSS), `data_mb` that it has for itself and may
        write to (VmData), used or not: that is what DOSSIER_MAX_MEMORY_MB bounds.
        """
        rows = self._rows()
        self.highest = max([self.highest, *(row["VmHWM"] for row in rows)])
        most = max(rows, key=lambda row: row["VmRSS"], default={"VmRSS": 0.0, "VmData": 0.0})
        return {"mb": round(most["VmRSS"]), "data_mb": round(most["VmData"])}

    def of_root(self) -> float:
        """What the process itself, without its descendants, has in memory at this moment."""
        rows = dict(row.split(":", 1) for row in _text(self.root, "status").splitlines() if ":" in row)
        return round(_megabytes(rows.get("VmRSS")))

    def _watch(self) -> None:
        while not self._done.wait(self.every):
            self.look()

    def _rows(self) -> list[dict[str, float]]:
        found = []
        for pid in family(self.root)[1:]:
            rows = dict(row.split(":", 1) for row in _text(pid, "status").splitlines() if ":" in row)
            found.append({name: _megabytes(rows.get(name)) for name in ("VmHWM", "VmRSS", "VmData")})
        return found


def available_mb() -> float:
    """What the machine can still give."""
    rows = dict(row.split(":", 1) for row in Path("/proc/meminfo").read_text("ascii").splitlines())
    return _megabytes(rows["MemAvailable"])


def _megabytes(row: str | None) -> float:
    return int(row.split()[0]) / 1024 if row else 0.0


def _threads(pid: int) -> list[str]:
    try:
        return [task.name for task in Path(f"/proc/{pid}/task").iterdir()]
    except OSError:
        return []


def _text(pid: int, name: str) -> str:
    """What /proc says; nothing of a process that has just ended."""
    try:
        return Path(f"/proc/{pid}/{name}").read_text("utf-8", errors="replace")
    except OSError:
        return ""
