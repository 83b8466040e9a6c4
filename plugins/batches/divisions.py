"""Divisions that were decided: where the documents of a file lie that is filed in parts.

Written down before the first part is entered, so that a restart, with another model or other rules, goes on with
the same parts.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from classifiers.labels import Reason
from classifiers.parts import Range
from classifiers.parts.cover import Cover
from consumers.intake import stamp

metadata = sa.MetaData()

division = sa.Table(
    "division",
    metadata,
    sa.Column("intake_id", sa.String(32), primary_key=True),
    sa.Column("at", sa.String(32), nullable=False),
    sa.Column("ranges", sa.Text, nullable=False),
)


def keep(connection: sa.Connection, intake_id: str, ranges: Iterable[Range], at: datetime) -> None:
    """Write it down. Quotes are left out: a title line may name a person, and this row outlives the record."""
    told = [
        {
            "first": one.first,
            "last": one.last,
            "separator": one.separator,
            "sheet": one.sheet,
            "cover": asdict(one.cover) if one.cover else None,
            "signs": [[reason.rule, reason.page, reason.weight] for reason in one.reasons],
        }
        for one in ranges
    ]
    row = {"intake_id": intake_id, "at": stamp(at), "ranges": json.dumps(told, ensure_ascii=False)}
    connection.execute(division.insert().values(row))


def of(connection: sa.Connection, intake_id: str) -> tuple[Range, ...]:
    """The ranges that were decided for this file; empty where nothing was."""
    told = connection.execute(sa.select(division.c.ranges).where(division.c.intake_id == intake_id)).scalar()
    return tuple(
        Range(
            one["first"],
            one["last"],
            tuple(Reason(rule, "", page, weight) for rule, page, weight in one["signs"]),
            one["separator"],
            one.get("sheet", False),
            _cover(one.get("cover")),
        )
        for one in json.loads(told or "[]")
    )


def _cover(told: dict[str, Any] | None) -> Cover | None:
    return Cover(**{**told, "troubles": tuple(told["troubles"])}) if told else None


def forget(connection: sa.Connection, intake_id: str) -> None:
    """Take it back: the file can not be cut after all, and is filed whole. Only before a part is entered."""
    connection.execute(division.delete().where(division.c.intake_id == intake_id))
