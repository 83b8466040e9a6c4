"""Items as rows of a batch: entered by the thousand, straight through the database's driver. What SQLAlchemy does for each row
of its own takes longer than what the database does.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import fields
from typing import Any

from sqlalchemy import Connection

from retention.appraising.appraisal import Item
from retention.blocking.block import Block
from retention.disposing.disposing_tables import appraisal_item

COLUMNS = tuple(field.name for field in fields(Item))
"""The columns of an item: as its fields, in their order."""
Row = tuple[str | int | None, ...]
"""An item as texts and numbers in the order of COLUMNS: days as either database reads them, blocks as JSON."""

_DMS_ID, _BLOCKS = COLUMNS.index("dms_id"), COLUMNS.index("blocks")
_NO_BLOCKS = "[]"


def row_of(one: Item) -> Row:
    """The item as a row."""
    values = {**vars(one), "decision": one.decision or "", "blocks": _json(one.blocks)}
    values["cutoff_on"], values["retain_until"] = one.cutoff_on.isoformat(), one.retain_until.isoformat()
    if one.kept_until:
        values["kept_until"] = one.kept_until.isoformat()
    return tuple(values.values())


def id_of(row: Row) -> str:
    """The DMS id of the row's record."""
    return str(row[_DMS_ID])


def codes_of(row: Row) -> frozenset[str]:
    """The codes of what stood in its way; mostly none."""
    blocks = row[_BLOCKS]
    return frozenset(one["code"] for one in json.loads(str(blocks))) if blocks != _NO_BLOCKS else frozenset()


def write(connection: Connection, number: int, rows: Iterable[Row]) -> None:
    """Write these rows into that batch."""
    mark = "?" if connection.dialect.name == "sqlite" else "%s"
    names = ("appraisal_id", *COLUMNS)
    marks = ", ".join([mark] * len(names))
    sql = f"INSERT INTO {appraisal_item.name} ({', '.join(names)}) VALUES ({marks})"  # noqa: S608 - names of ours
    connection.exec_driver_sql(sql, [(number, *row) for row in rows])


def read(row: Mapping[str, Any]) -> Item:
    """The item that a row is, as SQLAlchemy gives it: by column, days as days."""
    blocks = tuple(Block(**block) for block in json.loads(row["blocks"]))
    return Item(**{**row, "blocks": blocks, "decision": row["decision"] or None})


def _json(blocks: tuple[Block, ...]) -> str:
    return json.dumps([vars(block) for block in blocks], ensure_ascii=False) if blocks else _NO_BLOCKS
