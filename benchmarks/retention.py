"""What an archive of decades costs: proposing all that is due, the retention review, checking the register; and how that grows.

    python -m benchmarks.retention [--records N ...] [--only propose report verify] [--on sqlite postgresql] [--database-url URL] [--quick] [--json FILE]

Each archive is made up from a seed (`benchmarks/kept`): five records a dossier, three events for four dossiers, one hold for a hundred,
some by query, open cases, mergers, two versions of the schedule, an earlier appraisal, and one register entry a record. A fifth of the records is
due, and all of them are proposed at once. The records lie in the embedded DMS; our database is SQLite, and PostgreSQL, which is
started for the run and stopped, or is at `--database-url` (an empty database). Every figure is that of a process of its own, its memory
the most that it ever had. Seconds of CPU tell more than seconds where the machine has other work.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from benchmarks.kept.enter import Entered, enter
from benchmarks.kept.measured import PARTS, Measured, measured, opened
from tests.servers import postgresql

_SEED = 7
_DATABASES = ("sqlite", "postgresql")


def main() -> None:
    """Measure, print, write."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.retention",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--records", type=int, nargs="+", default=[10_000, 100_000, 1_000_000])
    parser.add_argument(
        "--only", choices=list(PARTS), nargs="+", default=list(PARTS), help="these parts alone"
    )
    parser.add_argument("--on", choices=_DATABASES, nargs="+", default=list(_DATABASES), help="our database")
    parser.add_argument("--database-url", default="", help="an empty PostgreSQL database, for one size")
    parser.add_argument("--quick", action="store_true", help="10,000 records alone")
    parser.add_argument("--json", type=Path, help="write the figures to this file")
    told = parser.parse_args()
    sizes = [10_000] if told.quick else told.records
    rows: list[dict[str, Any]] = []
    for database in told.on:
        for records in sizes:
            with tempfile.TemporaryDirectory() as folder, _url(database, told.database_url) as url:
                made = _made(Path(folder), url, records)
                found = [measured(Path(folder), url, part) for part in PARTS if part in told.only]
            rows += [{"database": database, **asdict(made), **asdict(one)} for one in found]
            _print(database, made, found)
    if told.json:
        told.json.write_text(json.dumps(rows, indent=2) + "\n", encoding="utf-8")


@contextmanager
def _url(database: str, given: str) -> Iterator[str]:
    if database == "sqlite":
        yield ""
    elif given:
        yield given
    else:
        with postgresql.running() as server:
            yield postgresql.fresh_database(server)


def _made(home: Path, url: str, records: int) -> Entered:
    with opened(home, url) as archive:
        made = enter(archive, home / "dms", records, _SEED)
        if archive.engine.dialect.name == "postgresql":
            with archive.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
                # What the server does by itself some minutes later: it has to know how much lies in its tables.
                connection.exec_driver_sql("VACUUM ANALYZE")
    return made


def _print(database: str, made: Entered, found: list[Measured]) -> None:
    console = Console(width=None if Console().is_terminal else 140)
    told = (
        f"{made.records:,} records, {made.dossiers:,} dossiers, {made.events:,} events, {made.holds:,} holds"
    )
    grid = Table(title=f"{database}: {told}")
    for column in ("part", "seconds", "CPU seconds", "MB", "of", "of it a second"):
        grid.add_column(column, justify="right")
    for one in found:
        cells = (one.part, f"{one.seconds:.1f}", f"{one.cpu_seconds:.1f}", f"{one.mb:.0f}", f"{one.count:,}")
        grid.add_row(*cells, f"{one.count / one.seconds:,.0f}")
    console.print(grid)


if __name__ == "__main__":
    main()
