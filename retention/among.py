"""Asking a table for many keys at once, with one bound value however many they are: a statement with a thousand values costs
more to write than to answer.
"""

from __future__ import annotations

import json
from collections.abc import Iterable

from sqlalchemy import ARRAY, ColumnElement, Connection, Text, func, literal, select


def among(connection: Connection, column: ColumnElement[str], keys: Iterable[str]) -> ColumnElement[bool]:
    """The condition that the column is one of these texts."""
    wanted = list(dict.fromkeys(keys))
    if connection.dialect.name == "postgresql":
        # Not "= ANY (array)": prepared, that is looked through from its first value on for each row of a table that has grown
        # since the server last counted it.
        return column.in_(select(func.unnest(literal(wanted, ARRAY(Text)))))
    return column.in_(select(func.json_each(json.dumps(wanted)).table_valued("value").c.value))
