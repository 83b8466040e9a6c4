"""Outlines of the documents, read from their columns: SQLite takes apart the JSON of a card faster than we do."""

from __future__ import annotations

import sqlite3
from datetime import date
from typing import Any

from plugins.backends.local.rows import card_of
from retention.outline import Outline
from retention.record import Record

_AT_ONCE = 5_000
# What SQLite's JSON can not give back as it was (half surrogates, stored as bytes, and the sign 0) is taken apart here.
_PAGE = """
SELECT id, sha256, category, dossier, document_date, filed_on,
    CASE WHEN typeof(card) <> 'text' OR instr(card, '\\u0000') THEN card END,
    CASE WHEN typeof(card) = 'text' THEN json_extract(card, '$.title') END,
    CASE WHEN typeof(card) = 'text' THEN json_extract(card, '$.retention_rule') END,
    CASE WHEN typeof(card) = 'text' THEN json_extract(card, '$.retain_until') END,
    CASE WHEN typeof(card) = 'text' THEN json_extract(card, '$.part_of') END
FROM document WHERE id > ? AND id <= ? AND quarantined = 0 AND
    CASE WHEN typeof(card) <> 'text' THEN 1
    ELSE coalesce(json_extract(card, '$.retain_until'), '') < ? OR coalesce(json_extract(card, '$.part_of'), '') <> '' END
ORDER BY id LIMIT ?
"""
_NEVER = "9999-12-32"
"""Behind the last day that there is."""


def top(connection: sqlite3.Connection) -> int:
    """The highest id that there is."""
    (last,) = connection.execute("SELECT coalesce(max(id), 0) FROM document").fetchone()
    return int(last)


def outlines_after(
    connection: sqlite3.Connection, at: int, last: int, ended_before: date | None
) -> tuple[list[Outline], int]:
    """The next documents that are seen, behind the id `at` and up to `last`, and from where to go on; not those whose
    cards give `ended_before` or a later day as the last, unless they are parts of a batch."""
    day = ended_before.isoformat() if ended_before else _NEVER
    found = connection.execute(_PAGE, (at, last, day, _AT_ONCE)).fetchall()
    return [_outline(row) for row in found], found[-1][0] if len(found) == _AT_ONCE else last


def _outline(row: tuple[Any, ...]) -> Outline:
    number, sha256, category, dossier, dated, filed, odd, title, rule, until, part_of = row
    if odd is not None:
        return Outline.of(Record(str(number), card_of(odd)))
    return Outline(
        str(number),
        sha256,
        category,
        dossier,
        title,
        rule,
        date.fromisoformat(dated) if dated else None,
        date.fromisoformat(filed),
        date.fromisoformat(until) if until else None,
        part_of or "",
    )
