"""A Deposit as rows of the database, and rows as the Card and the text that they were."""

from __future__ import annotations

import json
import sqlite3
from contextlib import suppress
from dataclasses import asdict, fields
from datetime import date
from pathlib import Path
from typing import Any

from pydantic_core import from_json

from plugins.backends.local.bigrams import indexed
from plugins.searching.evened import even_out
from retention.dms import Deposit
from retention.errors import NoSuchRecord
from retention.frozen import frozen
from retention.record import Card, FactValue

_DATES = ("document_date", "filed_on", "retain_until")
_ID_PLACES = 18
_FIELDS = tuple(field.name for field in fields(Card))
_FACT_FIELDS = tuple(field.name for field in fields(FactValue))
PAGE_BREAK = "\n"


def storable(text: str) -> str | bytes:
    """`text` as SQLite takes it: file names and text layers may hold half surrogates, which are no
    UTF-8; such a text is stored as bytes."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-8", "surrogatepass")
    return text


def restored(stored: str | bytes) -> str:
    """The text that `storable` was given."""
    return stored if isinstance(stored, str) else stored.decode("utf-8", "surrogatepass")


def insert(connection: sqlite3.Connection, deposit: Deposit, search_entry: tuple[str, str, str]) -> str:
    """Write all of `deposit` but its bytes, and give back its id."""
    card = deposit.card
    day = card.document_date.isoformat() if card.document_date else None
    labels = (card.category, card.kind, card.confidentiality, card.dossier)
    json_card = json.dumps(asdict(card), ensure_ascii=False, default=date.isoformat)
    json_keys = json.dumps(deposit.keys, ensure_ascii=False)
    number = connection.execute(
        "INSERT INTO document (sha256, category, kind, confidentiality, dossier, document_date, filed_on,"
        " needs_review, unassigned, card, keys) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            card.sha256,
            *map(storable, labels),
            day,
            card.filed_on.isoformat(),
            card.needs_review,
            card.unassigned,
            storable(json_card),
            storable(json_keys),
        ),
    ).lastrowid
    pages = [(number, count, storable(text)) for count, text in enumerate(deposit.pages, start=1)]
    connection.executemany("INSERT INTO page (document, number, text) VALUES (?, ?, ?)", pages)
    connection.execute(
        "INSERT INTO found (rowid, title, keys, text) VALUES (?, ?, ?, ?)", (number, *search_entry)
    )
    return str(number)


def replace_card(connection: sqlite3.Connection, number: int, was: Card, card: Card) -> None:
    """Put `card` in the place of `was`, in the index too."""
    (stored_keys,) = connection.execute("SELECT keys FROM document WHERE id = ?", (number,)).fetchone()
    keys, pages = keys_of(stored_keys), pages_of(connection, number)
    day = card.document_date.isoformat() if card.document_date else None
    labels = (card.category, card.kind, card.confidentiality, card.dossier)
    json_card = json.dumps(asdict(card), ensure_ascii=False, default=date.isoformat)
    connection.execute(
        "UPDATE document SET category = ?, kind = ?, confidentiality = ?, dossier = ?, document_date = ?,"
        " needs_review = ?, unassigned = ?, card = ? WHERE id = ?",
        (*map(storable, labels), day, card.needs_review, card.unassigned, storable(json_card), number),
    )
    # The index holds no text of its own (content=''): what is taken out must be said as it was put in.
    old, new = (search_entry(Deposit(Path(), one, pages, keys)) for one in (was, card))
    connection.execute(
        "INSERT INTO found (found, rowid, title, keys, text) VALUES ('delete', ?, ?, ?, ?)", (number, *old)
    )
    connection.execute("INSERT INTO found (rowid, title, keys, text) VALUES (?, ?, ?, ?)", (number, *new))


def remove(connection: sqlite3.Connection, number: int, card: Card) -> None:
    """Take the document `number` out, with its text and its entry in the index."""
    (stored_keys,) = connection.execute("SELECT keys FROM document WHERE id = ?", (number,)).fetchone()
    entry = search_entry(Deposit(Path(), card, pages_of(connection, number), keys_of(stored_keys)))
    connection.execute(
        "INSERT INTO found (found, rowid, title, keys, text) VALUES ('delete', ?, ?, ?, ?)", (number, *entry)
    )
    # Its pages go with it: ON DELETE CASCADE.
    connection.execute("DELETE FROM document WHERE id = ?", (number,))


def search_entry(deposit: Deposit) -> tuple[str, str, str]:
    """What the index holds of title, keys and text. The pages are one text; no word runs over from
    one key to the next."""
    text = even_out(PAGE_BREAK.join(deposit.pages))
    return indexed([even_out(deposit.card.title)]), indexed(map(even_out, deposit.keys)), indexed([text])


def number_of(dms_id: str) -> int:
    """The row that `dms_id` names; raises NoSuchRecord for what never was an id of ours."""
    if not is_number(dms_id):
        raise NoSuchRecord(f"没有文件 {dms_id[:40]}。the local DMS holds no document {dms_id[:40]!r}")
    return int(dms_id)


def is_number(dms_id: str) -> bool:
    """Whether `dms_id` could be an id of ours."""
    return dms_id.isascii() and dms_id.isdecimal() and len(dms_id) <= _ID_PLACES and dms_id[0] != "0"


def card_of(stored: str | bytes) -> Card:
    """The Card in the column `card`."""
    values = _values(stored)
    for name in _DATES:
        if values[name]:
            values[name] = date.fromisoformat(values[name])
    values["review_reasons"] = tuple(values["review_reasons"])
    values["dossier_evidence"] = tuple(values.get("dossier_evidence", ()))
    values["facts"] = tuple(
        [
            frozen(FactValue, fact) if tuple(fact) == _FACT_FIELDS else FactValue(**fact)
            for fact in values["facts"]
        ]
    )
    # A card that was written by an older version knows less.
    return frozen(Card, values) if tuple(values) == _FIELDS else Card(**values)


def _values(stored: str | bytes) -> dict[str, Any]:
    if isinstance(stored, str):
        # It holds each text once that a thousand cards share, and so takes less memory and time; half surrogates it refuses.
        with suppress(ValueError):
            found: dict[str, Any] = from_json(stored)
            return found
    old: dict[str, Any] = json.loads(restored(stored))
    return old


def keys_of(stored: str | bytes) -> tuple[str, ...]:
    """The strings in the column `keys`."""
    return tuple(json.loads(restored(stored)))


def pages_of(connection: sqlite3.Connection, number: int) -> tuple[str, ...]:
    """The text of each page of the document `number`."""
    rows = connection.execute("SELECT text FROM page WHERE document = ? ORDER BY number", (number,))
    return tuple(restored(text) for (text,) in rows)
