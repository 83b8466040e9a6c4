"""From a Query to its Hits. Filters and clearance stand in the statement itself, before the limit."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from itertools import islice

from plugins.backends.local.bigrams import sought
from plugins.backends.local.rows import card_of, keys_of, pages_of, storable
from plugins.searching.answer import answer
from plugins.searching.score import KEYS, TEXT, TITLE
from plugins.searching.words import words_of
from retention.dms import Clearance, Hit, Query
from retention.record import Record

_MOST_HITS = 1 << 31
_FILTERS = ("category", "kind", "confidentiality", "dossier")

Value = str | bytes | int


def found(connection: sqlite3.Connection, query: Query, clearance: Clearance) -> tuple[Hit, ...]:
    """The best hits first and, among equals, the newest; without words the newest first, with score 0."""
    words = words_of(query)
    if query.limit <= 0:
        return ()
    statement, values = _statement(query, clearance, words)
    with closing(connection.execute(statement, values)) as rows:
        proven = (hit for row in rows if (hit := _hit(connection, row, words)) is not None)
        hits = list(islice(proven, min(query.limit, _MOST_HITS)))
    return tuple(sorted(hits, key=lambda hit: -hit.score))


def _statement(query: Query, clearance: Clearance, words: tuple[str, ...]) -> tuple[str, list[Value]]:
    conditions = _conditions(query, clearance)
    source, order = "document", "filed_on DESC, id DESC"
    if words:
        conditions.append(("found MATCH ?", " AND ".join(map(sought, words))))
        source = "found CROSS JOIN document ON document.id = found.rowid"
        order = f"bm25(found, {TITLE}, {KEYS}, {TEXT}), {order}"
    told = " AND ".join(condition for condition, _ in conditions)
    # Only words of this module are put together here; every value is bound.
    statement = f"SELECT id, document.card, document.keys FROM {source} WHERE {told}"  # noqa: S608
    statement += f" ORDER BY {order} LIMIT ?"
    # The index knows runs of characters alone, and numbers must stand as `plugins.searching` says: not every row is a hit.
    numbered = any(sign.isdigit() for word in words for sign in word)
    most = _MOST_HITS if numbered else min(query.limit, _MOST_HITS)
    return statement, [*(value for _, value in conditions), most]


def _conditions(query: Query, clearance: Clearance) -> list[tuple[str, Value]]:
    levels = json.dumps(sorted(clearance.levels))
    conditions: list[tuple[str, Value]] = [("confidentiality IN (SELECT value FROM json_each(?))", levels)]
    conditions.append(("quarantined = ?", 0))
    asked = [(name, getattr(query, name)) for name in _FILTERS]
    conditions += [(f"{name} = ?", storable(value)) for name, value in asked if value]
    if query.dated_from is not None:
        conditions.append(("document_date >= ?", query.dated_from.isoformat()))
    if query.dated_to is not None:
        conditions.append(("document_date <= ?", query.dated_to.isoformat()))
    if query.needs_review is not None:
        conditions.append(("needs_review = ?", int(query.needs_review)))
    if query.unassigned is not None:
        conditions.append(("unassigned = ?", int(query.unassigned)))
    return conditions


def _hit(connection: sqlite3.Connection, row: tuple[int, str, str], words: tuple[str, ...]) -> Hit | None:
    number, stored_card, stored_keys = row
    pages = pages_of(connection, number) if words else ()
    return answer(Record(str(number), card_of(stored_card)), keys_of(stored_keys), pages, words)
