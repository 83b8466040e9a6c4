"""Items as rows of a batch: entered by the thousand, straight through the database's driver. What SQLAlchemy does for each row
of its own takes longer than what the database does.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import fields
from operator import itemgetter
from typing import Any

from sqlalchemy import Connection

from retention.appraising.appraisal import Item
from retention.blocking.block import Block, BlockCode
from retention.disposing.disposing_tables import appraisal_item

COLUMNS = tuple(field.name for field in fields(Item))
"""The columns of an item: as its fields, in their order."""
Row = tuple[str | int | None, ...]
"""An item as texts and numbers in the order of COLUMNS: days as either database reads them, blocks as JSON."""

_DMS_ID, _BLOCKS = COLUMNS.index("dms_id"), COLUMNS.index("blocks")
_NO_BLOCKS = "[]"
_AS_THEY_ARE = itemgetter(*COLUMNS[: COLUMNS.index("cutoff_on")])
"""The values of an item that are texts and numbers already: all before its days."""
_json = json.JSONEncoder(ensure_ascii=False).encode


def row_of(one: Item) -> Row:
    """The item as a row."""
    return (
        *_AS_THEY_ARE(vars(one)),
        one.cutoff_on.isoformat(),
        one.retain_until.isoformat(),
        one.why_zh,
        one.why_en,
        _json([vars(block) for block in one.blocks]) if one.blocks else _NO_BLOCKS,
        one.decision or "",
        one.kept_until.isoformat() if one.kept_until else None,
        one.decided_by,
        one.decided_at,
        one.reason,
    )


def id_of(row: Row) -> str:
    """The DMS id of the row's record."""
    return str(row[_DMS_ID])


def is_blocked(row: Row) -> bool:
    """Whether anything stood in its way."""
    return row[_BLOCKS] != _NO_BLOCKS


def codes_of(row: Row) -> frozenset[str]:
    """The codes of what stood in its way; mostly none."""
    return frozenset(one["code"] for one in json.loads(str(row[_BLOCKS]))) if is_blocked(row) else frozenset()


def is_blocked_by(row: Row, code: BlockCode) -> bool:
    """Whether a block with that code stood in its way."""
    # Hardly any has it: the others' blocks need not be read.
    return f'"{code}"' in str(row[_BLOCKS]) and code in codes_of(row)


def write(connection: Connection, number: int, rows: Iterable[Row]) -> None:
    """Write these rows into that batch."""
    mark = "?" if connection.dialect.name == "sqlite" else "%s"
    names, marks = ", ".join(COLUMNS), ", ".join([mark] * len(COLUMNS))
    sql = f"INSERT INTO {appraisal_item.name} (appraisal_id, {names}) VALUES ({number:d}, {marks})"  # noqa: S608 - names and a number of ours
    connection.exec_driver_sql(sql, list(rows))


def read(row: Mapping[str, Any]) -> Item:
    """The item that a row is, as SQLAlchemy gives it: by column, days as days."""
    blocks = tuple(Block(**block) for block in json.loads(row["blocks"]))
    return Item(**{**row, "blocks": blocks, "decision": row["decision"] or None})
