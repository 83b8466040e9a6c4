"""Documents: uploading them, reading them, and the few things that are ever changed on one."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from plugins.paperless.client.connection import Connection
from plugins.paperless.client.named import EVERYTHING
from plugins.paperless.client.paging import Params
from plugins.paperless.client.rights import Rights, rights_of

_RESOURCE = "documents"
_FIRST_VERSION = "root"
_BATCH = 100


@dataclass(frozen=True)
class Document:
    """A document as the server shows it. `fields` are the values of its custom fields by their ids, `created` is the
    day on the paper as ISO date, `serial` its archive serial number; `content` and `notes` are empty, and `rights` None,
    where they were not asked for."""

    id: int
    title: str
    created: str
    document_type: int | None
    storage_path: int | None
    content: str
    tags: frozenset[int]
    fields: Mapping[int, object]
    rights: Rights | None = None
    notes: tuple[str, ...] = ()
    serial: int | None = None


@dataclass(frozen=True)
class Version:
    """One file of a document: the id of its own row, and its SHA-256 in small letters, empty where it is not told."""

    id: int
    sha256: str


@dataclass(frozen=True)
class Upload:
    """What is sent with a file. `created` is the day on the paper, as ISO date; `serial` the archive serial number."""

    name: str
    media_type: str
    content: bytes
    title: str
    created: str
    document_type: int | None
    storage_path: int | None
    tags: tuple[int, ...]
    fields: Mapping[int, object]
    serial: int | None = None


class Documents:
    """The documents that this account sees; those in the trash are not among them."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def count(self) -> int:
        """How many there are."""
        return int(self._connection.get(f"{_RESOURCE}/", [("fields", "id"), ("page_size", "1")])["count"])

    def ids(self, conditions: Params = ()) -> list[int]:
        """The ids of those that meet every condition, ascending, from one look.

        Conditions that the server does not know are silently left out by it, and all documents come.
        """
        rows = self._connection.rows(f"{_RESOURCE}/", [*conditions, ("fields", "id"), EVERYTHING])
        return sorted({int(row["id"]) for row in rows})

    def meeting(self, conditions: Params) -> list[Document]:
        """Those that meet every condition, the oldest first, from one look; see `ids`."""
        rows = self._connection.rows(f"{_RESOURCE}/", [*conditions, *_shown(False, False), EVERYTHING])
        return sorted(map(_document, rows), key=lambda document: document.id)

    def each(
        self, ids: Sequence[int], *, content: bool = False, rights: bool = False, notes: bool = False
    ) -> Iterator[Document]:
        """Those of `ids` that are still there, in that order."""
        for first in range(0, len(ids), _BATCH):
            batch = ids[first : first + _BATCH]
            wanted = [("id__in", ",".join(map(str, batch))), *_shown(content, rights, notes), EVERYTHING]
            found = {int(row["id"]): row for row in self._connection.rows(f"{_RESOURCE}/", wanted)}
            yield from (_document(found[number]) for number in batch if number in found)

    def one(self, number: int, *, content: bool = False, rights: bool = False) -> Document:
        """The document with this id; raises NoSuchRecord."""
        path = f"{_RESOURCE}/{number}/"
        row = self._connection.get(path, _shown(content, rights))
        if content and len(row.get("versions") or ()) > 1:
            # To ask for the first version at once takes the server half as long again, and next to no document has two.
            row |= self._connection.get(path, [("fields", "content"), _first_version(number)])
        return _document(row)

    def versions(self, number: int) -> tuple[Version, ...]:
        """The document's versions, the oldest first: the one that was uploaded, then those that people have put over it.
        Raises NoSuchRecord, also for one in the trash."""
        row = self._connection.get(f"{_RESOURCE}/{number}/", [("fields", "id,versions")])
        found = [Version(int(one["id"]), str(one["checksum"] or "").lower()) for one in row["versions"]]
        return tuple(sorted(found, key=lambda one: (one.id != number, one.id)))

    def is_known(self, number: int) -> bool:
        """Whether the server has it at all: among its documents, in its trash, or where this account may not see it."""
        # The list, the document itself and the trash say nothing of what belongs to others; this does, with 403.
        return self._connection.knows(f"{_RESOURCE}/{number}/{_FIRST_VERSION}/")

    def original(self, number: int) -> Iterator[bytes]:
        """The bytes that were uploaded, piece by piece; raises NoSuchRecord.

        Ask for the document first: the server still gives out files that are in the trash.
        """
        wanted = [("original", "true"), _first_version(number)]
        return self._connection.bytes_of(f"{_RESOURCE}/{number}/download/", wanted)

    def upload(self, upload: Upload) -> str:
        """Send a file; gives back the id of the task that takes it in."""
        values = {str(field): value for field, value in upload.fields.items()}
        form = [
            ("title", upload.title),
            ("created", upload.created),
            # One field for each tag: a list in one is refused. Custom fields the other way round.
            *(("tags", str(tag)) for tag in upload.tags),
            ("custom_fields", json.dumps(values)),
        ]
        if upload.document_type is not None:
            form.append(("document_type", str(upload.document_type)))
        if upload.storage_path is not None:
            form.append(("storage_path", str(upload.storage_path)))
        if upload.serial is not None:
            form.append(("archive_serial_number", str(upload.serial)))
        file = (upload.name, upload.content, upload.media_type)
        return str(self._connection.upload(f"{_RESOURCE}/post_document/", form, file))

    def set_shown(self, number: int, values: Mapping[str, object]) -> None:
        """Set these fields of the document itself; tags and custom fields have calls of their own."""
        self._connection.send("PATCH", f"{_RESOURCE}/{number}/", dict(values))

    def complete(self, number: int, values: Mapping[str, object], fields: Mapping[int, object]) -> None:
        """The same, and all custom fields with it; those that `fields` does not name go. For a document that nobody
        else can have changed yet: it spares the server a task of its own. The fields are written in their order,
        after all else, so the last one stands for the whole."""
        listed = [{"field": field, "value": value} for field, value in fields.items()]
        # Never with `?fields=id`, to get a shorter answer: 3.0.5 then writes only these as well, and says 200.
        self.set_shown(number, {**values, "custom_fields": listed})

    def change_tags(self, number: int, *, add: Iterable[int], remove: Iterable[int]) -> None:
        """Put on and take off these tags and leave the others."""
        parameters = {"add_tags": sorted(add), "remove_tags": sorted(remove)}
        body = {"documents": [number], "method": "modify_tags", "parameters": parameters}
        self._connection.send("POST", f"{_RESOURCE}/bulk_edit/", body)

    def add_fields(self, number: int, values: Mapping[int, object], *, remove: Iterable[int] = ()) -> None:
        """Set these custom fields, take off those to `remove`, and leave the others: a PATCH would drop them."""
        parameters = {
            "add_custom_fields": {str(field): value for field, value in values.items()},
            "remove_custom_fields": sorted(remove),
        }
        body = {"documents": [number], "method": "modify_custom_fields", "parameters": parameters}
        self._connection.send("POST", f"{_RESOURCE}/bulk_edit/", body)

    def to_trash(self, number: int) -> None:
        """Put a document into the trash, from where people can restore it."""
        self._connection.delete(f"{_RESOURCE}/{number}/")


def having(field: int) -> tuple[str, str]:
    """The condition that a document has the custom field."""
    return _where([field, "exists", True])


def with_value(field: int, value: str) -> tuple[str, str]:
    """The condition that a document has this very value in the custom field."""
    return _where([field, "exact", value])


def with_serial(number: int) -> tuple[str, str]:
    """The condition that a document has this archive serial number."""
    return ("archive_serial_number", str(number))


def _first_version(number: int) -> tuple[str, str]:
    # Without it the server gives the newest version that a person has put over ours.
    return ("version", str(number))


def _where(condition: Iterable[object]) -> tuple[str, str]:
    return ("custom_field_query", json.dumps(list(condition)))


def _shown(content: bool, rights: bool, notes: bool = False) -> list[tuple[str, str]]:
    names = "id,title,created,document_type,storage_path,tags,custom_fields,archive_serial_number"
    names += ",content,versions" * content + ",notes" * notes
    return (
        [("fields", f"{names},owner,permissions"), ("full_perms", "true")] if rights else [("fields", names)]
    )


def _document(row: Any) -> Document:
    return Document(
        id=int(row["id"]),
        title=str(row["title"]),
        created=str(row["created"]),
        document_type=row["document_type"],
        storage_path=row["storage_path"],
        content=row.get("content") or "",
        tags=frozenset(map(int, row["tags"])),
        fields={int(value["field"]): value["value"] for value in row["custom_fields"]},
        rights=rights_of(row) if "permissions" in row else None,
        notes=tuple(str(note["note"]) for note in row.get("notes") or ()),
        serial=row.get("archive_serial_number"),
    )
