"""What filing has cost: pages, and seconds by stage, summed up by the very transaction that confirms a file.

To count a million files at each look would cost more than the work does. A worker's sums go into rows of its own shard,
so that no two workers wait for each other; whoever asks adds the shards up. Each row holds the files that took up to one of
`BOUNDS`, so that sums and spread are written at once.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import accumulate
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from consumers.intake import Event

STAGES = ("wait", "read", "label", "file")
"""Nobody worked on it; reading processes did; facts, labels and dossier were found; the DMS took it and it was read back."""

BOUNDS = (0.1, 0.3, 1.0, 3.0, 10.0, 30.0, 60.0, 180.0, 600.0)
"""Seconds up to which files are counted together; what took longer is counted apart."""
_BEYOND = 0
"""Stands for the bound of what took longer than the last, and of what was summed up before bounds were kept."""

metadata = sa.MetaData()

intake_stage = sa.Table(
    "intake_stage",
    metadata,
    sa.Column("stage", sa.String(16), primary_key=True),
    sa.Column("shard", sa.String(2), primary_key=True),
    sa.Column("up_to_ms", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("files", sa.BigInteger, nullable=False),
    sa.Column("pages", sa.BigInteger, nullable=False),
    sa.Column("seconds", sa.Float, nullable=False),
)


@dataclass(frozen=True)
class Stage:
    """So many files went through a stage, with so many pages, in so many seconds.

    `within` counts, for each of `BOUNDS`, the files that took no longer; only sums know it.
    """

    stage: str
    files: int
    pages: int
    seconds: float
    within: tuple[int, ...] = ()


def stages_of(events: Sequence[Event], pages: int, reading: float) -> list[Stage]:
    """What one file has cost that has just been confirmed, by its events from its claim on, in their order.

    `reading` is for how many seconds reading processes worked on it, summed over them. What is left of the time from the
    claim to the end was waiting: for its turn, or for a DMS that was away. A clock that was set back gives no time back.
    """
    label, file = _last(events, "read", "labelled"), _last(events, "sent", events[-1].state)
    whole = _seconds(events[0].at, events[-1].at)
    wait = max(0.0, whole - reading - label - file)
    spent = dict(zip(STAGES, (wait, reading, label, file), strict=True))
    return [
        Stage(stage, 1, pages if stage == "read" else 0, seconds) for stage, seconds in sorted(spent.items())
    ]


def add(connection: sa.Connection, owner: str, told: Sequence[Stage]) -> None:
    """Add to the sums of that owner's shard."""
    rows = [
        {
            "stage": one.stage,
            "shard": owner[:2],
            "up_to_ms": _bound_of(one.seconds / one.files),
            "files": one.files,
            "pages": one.pages,
            "seconds": one.seconds,
        }
        for one in told
    ]
    connection.execute(_ADD[connection.dialect.name], rows)


def sums(connection: sa.Connection) -> list[Stage]:
    """Every stage with its sums, those of which nothing is known yet with zeros."""
    kept = intake_stage.c
    columns = (sa.func.sum(one) for one in (kept.files, kept.pages, kept.seconds))
    keys = (kept.stage, kept.up_to_ms)
    rows = connection.execute(sa.select(*keys, *columns).group_by(*keys)).all()
    return [
        _summed(stage, {key: tuple(told) for name, key, *told in rows if name == stage}) for stage in STAGES
    ]


def _summed(stage: str, rows: dict[int, tuple[Any, ...]]) -> Stage:
    files, pages, seconds = (sum(row[place] for row in rows.values()) for place in range(3))
    counts = (int(rows[key][0]) if key in rows else 0 for key in (round(1000 * one) for one in BOUNDS))
    return Stage(stage, int(files), int(pages), float(seconds), tuple(accumulate(counts)))


def _bound_of(seconds: float) -> int:
    """The first bound, in milliseconds, that is not less."""
    return next((round(1000 * bound) for bound in BOUNDS if seconds <= bound), _BEYOND)


def _last(events: Sequence[Event], first: str, then: str) -> float:
    """The seconds from the last change to `first` to the last one to `then` after it; 0.0 where there are none."""
    ends = [number for number, event in enumerate(events) if event.state == then]
    begins = [
        number for number, event in enumerate(events) if event.state == first and ends and number < ends[-1]
    ]
    return _seconds(events[begins[-1]].at, events[ends[-1]].at) if begins else 0.0


def _seconds(begun: str, ended: str) -> float:
    return max(0.0, (datetime.fromisoformat(ended) - datetime.fromisoformat(begun)).total_seconds())


def _adding(insert: Any) -> Any:
    kept = intake_stage.c
    new = insert(intake_stage)
    added = {name: kept[name] + new.excluded[name] for name in ("files", "pages", "seconds")}
    return new.on_conflict_do_update(index_elements=[kept.stage, kept.shard, kept.up_to_ms], set_=added)


# Rows come in the order of their stages: no two transactions then wait for each other in a ring.
_ADD = {"sqlite": _adding(sqlite.insert), "postgresql": _adding(postgresql.insert)}
