"""Asking a table for many keys at once, with one bound value however many they are: a statement with a thousand values costs
more to write than to answer.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import lru_cache

from sqlalchemy import ARRAY, ColumnElement, Connection, Text, func, literal, select


def among(connection: Connection, column: ColumnElement[str], keys: Iterable[str]) -> ColumnElement[bool]:
    """The condition that the column is one of these texts."""
    wanted = tuple(keys)
    if connection.dialect.name == "postgresql":
        # Not "= ANY (array)": prepared, that is looked through from its first value on for each row of a table that has grown
        # since the server last counted it.
        return column.in_(select(func.unnest(literal(list(wanted), ARRAY(Text)))))
    return column.in_(select(func.json_each(_text(wanted)).table_valued("value").c.value))


@lru_cache(maxsize=8)
def _text(keys: tuple[str, ...]) -> str:
    # The same thousand keys are asked of a dozen tables, one after the other.
    return json.dumps(keys)
