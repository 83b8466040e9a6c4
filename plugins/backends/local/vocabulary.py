"""The office's vocabulary as the local DMS knows it: what is missing is made, nothing is ever changed."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

from plugins.backends.local.rows import storable
from retention.dms import Change, Term


def adopt(connection: sqlite3.Connection, terms: Iterable[Term], *, dry_run: bool) -> tuple[Change, ...]:
    """What was made and what was there, in the order of `terms`; with `dry_run` nothing is written."""
    changes: dict[tuple[str, str], Change] = {}
    for term in terms:
        key = (term.sort, term.name)
        if key not in changes:
            changes[key] = _adopt(connection, term, dry_run=dry_run)
    return tuple(changes.values())


def _adopt(connection: sqlite3.Connection, term: Term, *, dry_run: bool) -> Change:
    key = (storable(term.sort), storable(term.name))
    if connection.execute("SELECT 1 FROM vocabulary WHERE sort = ? AND name = ?", key).fetchone():
        return Change("keep", term.sort, term.name)
    if not dry_run:
        connection.execute(
            "INSERT INTO vocabulary (sort, name, parent) VALUES (?, ?, ?)", (*key, storable(term.parent))
        )
    return Change("create", term.sort, term.name)
