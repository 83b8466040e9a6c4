"""What people have written on a document in the web interface: notes, fields of their own, and ours with another value."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from plugins.paperless import custom_fields as field
from plugins.paperless.client.connection import Connection
from plugins.paperless.client.documents import Document
from plugins.paperless.client.named import EVERYTHING
from plugins.paperless.labelled import fields_of
from retention.record import Card

_TEXT = ("string", "longtext", "url")
_CORRECTED = (field.UNIT, field.CUSTOMER, field.CONTRACT, field.CASE, field.DOSSIER)
"""Those of our fields that hold words of the paper. The value that we have set is none of a person's."""


@dataclass(frozen=True)
class WordFields:
    """The custom fields whose values are words: names by id, and of those with a choice what each option is called.
    Dates, numbers and sums are no words, and of our own fields only those count that a person may correct."""

    names: Mapping[int, str]
    options: Mapping[int, Mapping[str, str]]

    def on(self, document: Document, card: Card) -> Iterator[str]:
        """Every value that a person has set on the document, in the order of the fields."""
        ours = fields_of(card)
        for number, name in self.names.items():
            value = document.fields.get(number)
            if value and value != ours.get(name):
                yield self.options.get(number, {}).get(str(value), str(value))


def word_fields(connection: Connection) -> WordFields:
    """The fields of the server as they are now."""
    names: dict[int, str] = {}
    options: dict[int, dict[str, str]] = {}
    for row in connection.rows("custom_fields/", [EVERYTHING]):
        if row["name"] in field.TYPES and row["name"] not in _CORRECTED:
            continue
        number = int(row["id"])
        if row["data_type"] in _TEXT:
            names[number] = row["name"]
        elif row["data_type"] == "select":
            names[number] = row["name"]
            told = (row.get("extra_data") or {}).get("select_options") or ()
            options[number] = {str(option["id"]): str(option["label"]) for option in told}
    return WordFields(names, options)


def written_on(document: Document, card: Card, fields: WordFields) -> tuple[str, ...]:
    """The notes, then the values."""
    return (*document.notes, *fields.on(document, card))
