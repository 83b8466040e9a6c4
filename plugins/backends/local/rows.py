"""A Deposit as rows of the database, and rows as the Card and the text that they were."""

from __future__ import annotations

import json
import sqlite3
from contextlib import suppress
from dataclasses import asdict
from datetime import date
from functools import cache
from pathlib import Path

from pydantic import TypeAdapter
from pydantic_core import CoreConfig, SchemaValidator

from plugins.backends.local.bigrams import indexed
from plugins.searching.evened import even_out
from retention.dms import Deposit
from retention.errors import NoSuchRecord
from retention.record import Card, FactValue

_DATES = ("document_date", "filed_on", "retain_until")
_ID_PLACES = 18
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
    if isinstance(stored, str):
        # What it refuses may be a card all the same: half surrogates, for one, it does not know.
        with suppress(ValueError):
            found: Card = _reader().validate_json(stored, strict=True, extra="forbid")
            return found
    values = json.loads(restored(stored))
    for name in _DATES:
        if values[name]:
            values[name] = date.fromisoformat(values[name])
    values["review_reasons"] = tuple(values["review_reasons"])
    values["dossier_evidence"] = tuple(values.get("dossier_evidence", ()))
    values["facts"] = tuple([FactValue(**fact) for fact in values["facts"]])
    return Card(**values)


@cache
def _reader() -> SchemaValidator:
    """Makes a Card of JSON at once, its facts and days too, where all is as it is written here: a proposal reads some hundred
    thousand."""
    # Texts by the hundred thousand that no two cards share are not worth looking up.
    return SchemaValidator(TypeAdapter(Card).core_schema, CoreConfig(cache_strings="keys"))


def keys_of(stored: str | bytes) -> tuple[str, ...]:
    """The strings in the column `keys`."""
    return tuple(json.loads(restored(stored)))


def pages_of(connection: sqlite3.Connection, number: int) -> tuple[str, ...]:
    """The text of each page of the document `number`."""
    rows = connection.execute("SELECT text FROM page WHERE document = ? ORDER BY number", (number,))
    return tuple(restored(text) for (text,) in rows)
