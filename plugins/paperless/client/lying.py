"""A document as it lies on the server, whoever has put it there: all that a sweep looks at, in one answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from plugins.paperless.client.connection import Connection

_SHOWN = (
    "id,title,content,added,document_type,tags,custom_fields,original_file_name,mime_type,page_count,versions,"
    "owner,user_can_change"
)


@dataclass(frozen=True)
class Lying:
    """`sha256` is that of the file that was uploaded first, in small letters, and empty where the server does not tell;
    `added` the day on which that was, in the server's own time zone; `pages` is 0 where it counts none."""

    id: int
    title: str
    content: str
    added: date
    document_type: int | None
    tags: frozenset[int]
    fields: Mapping[int, object]
    name: str
    media_type: str
    pages: int
    sha256: str
    owner: int | None
    may_change: bool


def lying(connection: Connection, number: int) -> Lying:
    """The document with this id; raises NoSuchRecord, also for one in the trash."""
    # No `version`: what is labelled is the text that people see, that of the newest version.
    return _lying(connection.get(f"documents/{number}/", [("fields", _SHOWN)]))


def set_document_type(connection: Connection, number: int, document_type: int | None) -> None:
    """Set the document type and nothing else: a PATCH would write all columns as they were a moment ago, and undo
    what somebody else sets at the same time."""
    body = {
        "documents": [number],
        "method": "set_document_type",
        "parameters": {"document_type": document_type},
    }
    connection.send("POST", "documents/bulk_edit/", body)


def _lying(row: Any) -> Lying:
    first: Any = next((version for version in row["versions"] if version["is_root"]), {})
    return Lying(
        id=int(row["id"]),
        title=str(row["title"]),
        content=row["content"] or "",
        added=datetime.fromisoformat(row["added"]).date(),
        document_type=row["document_type"],
        tags=frozenset(map(int, row["tags"])),
        fields={int(value["field"]): value["value"] for value in row["custom_fields"]},
        name=row["original_file_name"] or row["title"] or str(row["id"]),
        media_type=row["mime_type"] or "",
        pages=row["page_count"] or 0,
        sha256=str(first.get("checksum") or "").lower(),
        owner=row["owner"],
        may_change=bool(row["user_can_change"]),
    )
