"""Outlines of the documents, read from an index that holds nothing else: cards are long, and few of them matter."""

from __future__ import annotations

import sqlite3
from datetime import date

from plugins.backends.local.rows import card_of
from retention.outline import Outline
from retention.record import Record

_AT_ONCE = 5_000
PAGE = """
SELECT id, sha256, category, dossier, document_date, filed_on, odd, title, retention_rule, retain_until, part_of
FROM document INDEXED BY document_outline WHERE quarantined = 0 AND id > ? AND id <= ? AND
    (odd OR coalesce(retain_until, '') < ? OR coalesce(part_of, '') <> '')
ORDER BY id LIMIT ?
"""
"""The next documents in sight: after which id, up to which, due before which day, how many."""
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
    before = ended_before.isoformat() if ended_before else _NEVER
    found = connection.execute(PAGE, (at, last, before, _AT_ONCE)).fetchall()
    day = date.fromisoformat
    outlines = [
        Outline(
            str(number),
            sha256,
            category,
            dossier,
            title,
            rule,
            day(dated) if dated else None,
            day(filed),
            day(until) if until else None,
            part_of or "",
        )
        if not odd
        else _of_card(connection, number)
        for number, sha256, category, dossier, dated, filed, odd, title, rule, until, part_of in found
    ]
    return outlines, found[-1][0] if len(found) == _AT_ONCE else last


def _of_card(connection: sqlite3.Connection, number: int) -> Outline:
    (card,) = connection.execute("SELECT card FROM document WHERE id = ?", (number,)).fetchone()
    return Outline.of(Record(str(number), card_of(card)))
