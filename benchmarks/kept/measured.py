"""One thing done on a made-up archive, in a process of its own: how long it took, and the most memory that it had.

python -m benchmarks.kept.measured HOME DATABASE_URL propose|report|verify
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from benchmarks.kept.papers import TODAY
from plugins.keeping import appraising
from plugins.settings import Settings
from plugins.wiring import Archive, open_archive
from retention import register
from retention.reviewing.reviewing import Reviewing

_MOST = 1_000


@dataclass(frozen=True)
class Measured:
    """Seconds by the clock and of CPU, MB at the most, and how many it was done for: items, listed records, entries."""

    part: str
    seconds: float
    cpu_seconds: float
    mb: float
    count: int


def measured(home: Path, url: str, part: str) -> Measured:
    """Do it in a child process."""
    words = [sys.executable, "-m", "benchmarks.kept.measured", str(home), url, part]
    done = subprocess.run(words, check=True, capture_output=True, text=True)
    return Measured(**json.loads(done.stdout.splitlines()[-1]))


def opened(home: Path, url: str) -> Archive:
    """The archive, on the day of all measuring."""
    return open_archive(
        Settings(home=home, database_url=url),
        lambda: datetime(TODAY.year, TODAY.month, TODAY.day, 9, tzinfo=UTC),
    )


def _propose(archive: Archive) -> int:
    found = appraising.put_up(archive, "李静")
    return found.items if found else 0


def _report(archive: Archive) -> int:
    """The review of this year, with the first rows of each list."""
    span = date(TODAY.year, 1, 1), date(TODAY.year, 12, 31)
    looked = Reviewing(archive.engine.begin, archive.dms, archive.rules.schedule, *span, TODAY)
    totals = looked.review(_MOST).totals
    return totals.overdue + totals.due + totals.upcoming + totals.no_cutoff + totals.no_rule


def _verify(archive: Archive) -> int:
    with archive.engine.begin() as connection:
        return register.verify(connection)


PARTS: dict[str, Callable[[Archive], int]] = {"verify": _verify, "report": _report, "propose": _propose}
"""What is measured, in an order in which nothing changes what comes later."""


def _main() -> None:
    home, url, part = sys.argv[1:]
    with opened(Path(home), url) as archive:
        began, worked = time.monotonic(), time.process_time()
        count = PARTS[part](archive)
        seconds, cpu = time.monotonic() - began, time.process_time() - worked
    print(json.dumps(asdict(Measured(part, round(seconds, 2), round(cpu, 2), round(_most_memory()), count))))


def _most_memory() -> float:
    """The most that this process ever had in memory, in MB: what getrusage tells is also that of who started it."""
    rows = Path("/proc/self/status").read_text("ascii").splitlines()
    return next(int(row.split()[1]) for row in rows if row.startswith("VmHWM")) / 1024


if __name__ == "__main__":
    _main()
