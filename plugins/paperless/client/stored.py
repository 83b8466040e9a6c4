"""The files that the server keeps of a document, by their names below its media folder."""

from __future__ import annotations

from dataclasses import dataclass

from plugins.paperless.client.connection import Connection


@dataclass(frozen=True)
class Stored:
    """Of one version: the id of its row, the checksum of its file, and the names below the media folder's `documents`."""

    id: int
    sha256: str
    names: tuple[str, ...]


def stored(connection: Connection, number: int, version: int) -> Stored:
    """What is kept of that version of the document; raises NoSuchRecord, also for one in the trash."""
    told = connection.get(f"documents/{number}/metadata/", [("version", str(version))])
    places = {"originals": told["media_filename"], "archive": told["archive_media_filename"]}
    names = tuple(f"{folder}/{name}" for folder, name in places.items() if name)
    sha256 = str(told["original_checksum"] or "").lower()
    return Stored(version, sha256, (*names, f"thumbnails/{version:07}.webp"))
